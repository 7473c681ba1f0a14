package org.studygate.accountsettings;

import java.util.List;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Group;
import org.studygate.account.Mapping;

/// What an account's owner is told of it: everything that is kept and no secret.
///
/// @param passwordWith who keeps the password of a federated account; empty where it is changed
///     here
record AccountView(
    String username,
    String name,
    String familyName,
    String givenName,
    Optional<String> gender,
    Optional<String> mobile,
    Optional<String> workPhone,
    List<String> physicianNumbers,
    String language,
    String factor,
    String role,
    String state,
    Optional<String> department,
    Optional<String> passwordWith,
    List<GroupView> groups,
    PrivacyView privacy,
    List<MappingView> mappings,
    MailDefaultsView mailDefaults) {

  record GroupView(String id, String name) {}

  record PrivacyView(boolean contact, boolean email, boolean mobile) {}

  record MailDefaultsView(boolean mailOnStudy, boolean mailOnReport) {}

  record MappingView(
      String id,
      String department,
      String name,
      String physicianNumber,
      Optional<String> group,
      boolean mailOnStudy,
      boolean mailOnReport) {
    static MappingView of(Mapping mapping) {
      return new MappingView(
          mapping.id(),
          mapping.department(),
          mapping.name(),
          mapping.physicianNumber(),
          mapping.group(),
          mapping.mailOnStudy(),
          mapping.mailOnReport());
    }
  }

  static AccountView of(Account account, List<Group> groups, List<Mapping> mappings) {
    var privacy = account.privacy();
    var mails = account.mailDefaults();
    return new AccountView(
        account.username(),
        account.name().whole(),
        account.name().family(),
        account.name().given(),
        account.gender(),
        account.mobile(),
        account.workPhone(),
        account.physicianNumbers(),
        account.language(),
        account.factor().code(),
        account.role().code(),
        account.state().code(),
        account.department(),
        account.provider(),
        groups.stream().map(group -> new GroupView(group.id(), group.name())).toList(),
        new PrivacyView(privacy.contact(), privacy.email(), privacy.mobile()),
        mappings.stream().map(MappingView::of).toList(),
        new MailDefaultsView(mails.onStudy(), mails.onReport()));
  }

  @Override
  public String toString() {
    return "AccountView[…]";
  }
}
