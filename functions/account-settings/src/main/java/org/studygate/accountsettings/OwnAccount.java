package org.studygate.accountsettings;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Group;
import org.studygate.account.Groups;
import org.studygate.account.Mapping;
import org.studygate.accountsettings.AccountView.MappingView;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.settings.Attempt;
import org.studygate.settings.Browser;
import org.studygate.settings.Edit;
import org.studygate.settings.MailSwitches;
import org.studygate.settings.Settings;

/// An account, looked at and changed by whoever it is of.
final class OwnAccount {
  private static final int MOST_ATTEMPTS = 100;

  private final Accounts accounts;
  private final Groups groups;
  private final Settings settings;
  private final Clock clock;

  OwnAccount(Accounts accounts, Groups groups, Settings settings, Clock clock) {
    this.accounts = accounts;
    this.groups = groups;
    this.settings = settings;
    this.clock = clock;
  }

  AccountView look(String id) {
    var account = accounts.find(id).orElseThrow(Problem.SESSION_ENDED::refusal);
    var mappings =
        accounts.mappings(id).stream()
            .sorted(Comparator.comparing(Mapping::department).thenComparing(Mapping::name))
            .toList();
    return AccountView.of(account, groups(account), mappings);
  }

  private List<Group> groups(Account account) {
    return account.groups().stream()
        .map(groups::find)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(Group::name))
        .toList();
  }

  AccountView change(Call call, List<Edit> edits) {
    var what = edits.stream().map(Edit::what).distinct().sorted().collect(Collectors.joining("+"));
    var event = event(call, AuditAction.SETTINGS_CHANGED, what);
    if (!settings.change(call.account(), call.visit().session().epoch(), edits, event)) {
      throw Problem.SESSION_ENDED.refusal(); // locked or disabled a moment ago
    }
    return look(call.account());
  }

  /// The mapping as it is now.
  MappingView switchMails(Call call, MailSwitches mails) {
    var event = event(call, AuditAction.SETTINGS_CHANGED, "mapping");
    if (!settings.switchMails(call.account(), call.id(), mails, event)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return accounts.mappings(call.account()).stream()
        .filter(one -> one.id().equals(call.id()))
        .map(MappingView::of)
        .findFirst()
        .orElseThrow(Problem.NOT_FOUND::refusal);
  }

  List<Attempt> attempts(String account) {
    return settings.attempts(account, MOST_ATTEMPTS);
  }

  List<Browser> browsers(Call call) {
    return settings.browsers(call.account(), call.visit().session().epoch(), clock.instant());
  }

  HttpResponse forget(Call call) {
    var event = event(call, AuditAction.BROWSER_FORGOTTEN, "by-owner");
    if (!settings.forget(call.account(), call.id(), event)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return HttpResponse.noContent();
  }

  private AuditEvent event(Call call, AuditAction action, String outcome) {
    var who = call.visit().actor();
    return new AuditEvent(who.trail(), clock.instant(), who, action, outcome, call.requestId());
  }
}
