package org.studygate.accountsettings;

import java.util.List;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Group;
import org.studygate.account.Groups;
import org.studygate.notice.NoteMessage;
import org.studygate.notice.NoteMessage.About;
import org.studygate.notice.Notices;
import org.studygate.notice.Outgoing;

/// Who is told that a group is not as it is shown: its other admins, and the service desk where it
/// has none.
///
/// @param serviceDesk the mail address of the environment's, if it has one
record GroupMails(Accounts accounts, Groups groups, Notices notices, Optional<String> serviceDesk) {
  List<Outgoing> disputed(String member, String groupId) {
    var group = groups.find(groupId);
    var who = accounts.find(member);
    if (group.isEmpty() || who.isEmpty()) {
      return List.of();
    }
    var admins =
        group.get().members().stream()
            .filter(Group.Member::admin)
            .map(Group.Member::account)
            .filter(admin -> !admin.equals(member))
            .map(accounts::find)
            .flatMap(Optional::stream)
            .filter(Account::live)
            .map(admin -> note(group.get(), who.get(), admin.username(), admin.language()))
            .toList();
    return admins.isEmpty()
        ? serviceDesk.stream()
            .map(address -> note(group.get(), who.get(), address, who.get().language()))
            .toList()
        : admins;
  }

  private Outgoing note(Group group, Account who, String to, String language) {
    var note = new NoteMessage(to, language, About.GROUP, group.name(), who.name().whole());
    return notices.note(who.id(), note);
  }
}
