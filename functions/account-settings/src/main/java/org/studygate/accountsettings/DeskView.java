package org.studygate.accountsettings;

import java.util.List;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Mapping;
import org.studygate.accountsettings.AccountView.MappingView;

/// An account as the service desk sees it, to know again whom it speaks to.
record DeskView(
    String id,
    String username,
    String name,
    String role,
    String state,
    boolean locked,
    Optional<String> department,
    List<String> physicianNumbers,
    Optional<String> mobile,
    Optional<String> workPhone,
    List<MappingView> mappings) {
  static DeskView of(Account account, List<Mapping> mappings) {
    return new DeskView(
        account.id(),
        account.username(),
        account.name().whole(),
        account.role().code(),
        account.state().code(),
        account.locked(),
        account.department(),
        account.physicianNumbers(),
        account.mobile(),
        account.workPhone(),
        mappings.stream().map(MappingView::of).toList());
  }

  @Override
  public String toString() {
    return "DeskView[" + id + "]";
  }
}
