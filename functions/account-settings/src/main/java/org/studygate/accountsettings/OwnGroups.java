package org.studygate.accountsettings;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Composition;
import org.studygate.account.GroupsDue;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;
import org.studygate.settings.Settings;

/// The groups of somebody, and what that one says of them.
final class OwnGroups {
  private static final int MOST = 100;

  private final Accounts accounts;
  private final GroupsDue groups;
  private final Settings settings;
  private final GroupMails mails;
  private final Clock clock;

  record View(List<Composition> groups) {}

  record Next(String next) {}

  /// What somebody says of the own groups, by their ids.
  record Word(List<String> right, List<String> wrong) {
    static Word read(JsonObject body) {
      var word = new Word(body.strings("right"), body.strings("wrong"));
      body.done();
      var all = new ArrayList<>(word.right);
      all.addAll(word.wrong);
      if (all.isEmpty() || all.size() > MOST || new HashSet<>(all).size() < all.size()) {
        throw Problem.BAD_REQUEST.refusal(); // of each group one thing
      }
      return word;
    }
  }

  OwnGroups(Accounts accounts, GroupsDue groups, Settings settings, GroupMails mails, Clock clock) {
    this.accounts = accounts;
    this.groups = groups;
    this.settings = settings;
    this.mails = mails;
    this.clock = clock;
  }

  View look(String account) {
    return new View(groups.all(account(account)));
  }

  /// Another's group is one that never was, and nothing is done then.
  Next say(Call call, Word word) {
    var mine = account(call.account()).groups();
    if (!mine.containsAll(word.right()) || !mine.containsAll(word.wrong())) {
      throw Problem.NOT_FOUND.refusal();
    }
    var now = clock.instant();
    for (var group : word.right()) {
      settings.confirm(call.account(), group, now, event(call, AuditAction.GROUP_CONFIRMED, group));
    }
    for (var group : word.wrong()) {
      var event = event(call, AuditAction.GROUP_DISPUTED, group);
      settings.dispute(call.account(), group, mails.disputed(call.account(), group), now, event);
    }
    return new Next("open");
  }

  private AuditEvent event(Call call, AuditAction action, String group) {
    var who = call.visit().actor();
    return new AuditEvent(who.trail(), clock.instant(), who, action, group, call.requestId());
  }

  private Account account(String id) {
    return accounts.find(id).orElseThrow(Problem.SESSION_ENDED::refusal);
  }
}
