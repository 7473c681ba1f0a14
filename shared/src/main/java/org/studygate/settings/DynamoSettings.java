package org.studygate.settings;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atLeast;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.bool;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoFound;
import org.studygate.account.DynamoGroups;
import org.studygate.account.GroupsDue;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import org.studygate.session.DynamoSessions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The same items as those of `DynamoAccounts`: an edit sets what it names and nothing else.
public final class DynamoSettings implements Settings {
  private static final String LOGIN = "login#";
  private static final String BROWSER = "browser#";
  private static final int MOST_BROWSERS = 100;
  private static final int MAX_TRIES = 10;

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoAuditTrail trail;

  public record Tables(String accounts, String groups, String sessions, String outbox) {}

  public DynamoSettings(DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.trail = trail;
  }

  /// What others find follows in the same write, and only from the switches that were read for it.
  @Override
  public boolean change(String account, long epoch, List<Edit> edits, AuditEvent event) {
    var now = equal("epoch", n(epoch));
    if (edits.stream().noneMatch(DynamoSettings::shows)) {
      return changed(account, now, edits, event, new Transaction());
    }
    var accounts = new DynamoAccounts(dynamo, tables.accounts());
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var read = accounts.find(account).filter(found -> found.epoch() == epoch);
      if (read.isEmpty()) {
        return false;
      }
      var found =
          DynamoFound.changing(
              tables.accounts(), read.get(), edited(read.get(), edits), new Transaction());
      var asRead = all(now, DynamoAccounts.asShown(read.get()));
      if (changed(account, asRead, edits, event, found)) {
        return true;
      }
    }
    throw new IllegalStateException("a profile kept changing");
  }

  private boolean changed(
      String account, Condition holds, List<Edit> edits, AuditEvent event, Transaction together) {
    var profile = DynamoAccounts.changing(tables.accounts(), account).when(holds);
    edits.forEach(edit -> made(profile, edit));
    return together
        .change("profile", profile)
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  private static boolean shows(Edit edit) {
    return switch (edit) {
      case Edit.Switched(var which, _) ->
          switch (which) {
            case PUBLIC_CONTACT, PUBLIC_EMAIL, PUBLIC_MOBILE -> true;
            case MAIL_ON_STUDY, MAIL_ON_REPORT -> false;
          };
      case Edit.Gender _, Edit.WorkPhone _, Edit.Language _ -> false;
    };
  }

  private static Account edited(Account account, List<Edit> edits) {
    var privacy = account.privacy();
    for (var edit : edits) {
      if (edit instanceof Edit.Switched(var which, var on)) {
        privacy = switched(privacy, which, on);
      }
    }
    return account.with(account.state(), account.physicianNumbers(), privacy);
  }

  private static Account.Privacy switched(Account.Privacy of, Edit.Switch which, boolean on) {
    return switch (which) {
      case PUBLIC_CONTACT -> new Account.Privacy(on, of.email(), of.mobile());
      case PUBLIC_EMAIL -> new Account.Privacy(of.contact(), on, of.mobile());
      case PUBLIC_MOBILE -> new Account.Privacy(of.contact(), of.email(), on);
      case MAIL_ON_STUDY, MAIL_ON_REPORT -> of;
    };
  }

  @Override
  public boolean switchMails(String account, String mapping, MailSwitches mails, AuditEvent event) {
    var change =
        DynamoAccounts.changingMapping(tables.accounts(), account, mapping)
            .when(exists("account_id"));
    mails.onStudy().ifPresent(on -> change.set("mail_on_study", on));
    mails.onReport().ifPresent(on -> change.set("mail_on_report", on));
    return new Transaction()
        .change("mapping", change)
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  @Override
  public List<Attempt> attempts(String account, int most) {
    return items(account, LOGIN, most).stream()
        .map(item -> new Attempt(at(item), item.text("from"), item.text("outcome")))
        .toList();
  }

  /// `login#2026-11-23T10:00:00.000Z#5f…`
  private static Instant at(Item item) {
    return Instant.parse(item.text("item").split("#", 3)[1]);
  }

  @Override
  public List<Browser> browsers(String account, long epoch, Instant now) {
    return items(account, BROWSER, MOST_BROWSERS).stream()
        .filter(item -> item.number("epoch") == epoch && now.isBefore(item.time("expires")))
        .map(
            item ->
                new Browser(
                    item.text("item").substring(BROWSER.length()),
                    item.text("device"),
                    item.time("since"),
                    item.time("expires")))
        .sorted(Comparator.comparing(Browser::since).reversed())
        .toList();
  }

  /// The items of an account that begin so, those with the latest names first.
  private List<Item> items(String account, String prefix, int most) {
    return dynamo
        .query(
            request ->
                request
                    .tableName(tables.accounts())
                    .consistentRead(true)
                    .keyConditionExpression("account_id = :account AND begins_with(#item, :prefix)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(Map.of(":account", s(account), ":prefix", s(prefix)))
                    .scanIndexForward(false)
                    .limit(most))
        .items()
        .stream()
        .map(Item::of)
        .toList();
  }

  @Override
  public boolean forget(String account, String browser, AuditEvent event) {
    return new Transaction()
        .delete(
            "browser",
            tables.accounts(),
            DynamoAccounts.key(account, BROWSER + browser),
            exists("account_id"))
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  @Override
  public boolean confirm(String account, String group, Instant now, AuditEvent event) {
    return new Transaction()
        .change(
            "member",
            DynamoGroups.changingMember(tables.groups(), group, account)
                .set("confirmed_at", now)
                .remove("disputed_at")
                .when(exists("group_id")))
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  @Override
  public boolean dispute(
      String account, String group, List<Outgoing> mails, Instant now, AuditEvent event) {
    var asked = now.atZone(ZoneOffset.UTC).minus(GroupsDue.EVERY).toInstant();
    var first =
        new Transaction()
            .change(
                "member",
                DynamoGroups.changingMember(tables.groups(), group, account)
                    .set("disputed_at", now)
                    .remove("confirmed_at")
                    .when(
                        all(
                            exists("group_id"),
                            any(absent("disputed_at"), atMost("disputed_at", n(asked))))))
            .step("event", trail.recording(event));
    for (var mail : mails) {
      first.step(mail.messageId(), DynamoOutbox.putting(tables.outbox(), mail, now));
    }
    return first.commit(dynamo).done() || disputedBefore(account, group, event);
  }

  private boolean disputedBefore(String account, String group, AuditEvent event) {
    return new Transaction()
        .change(
            "member",
            DynamoGroups.changingMember(tables.groups(), group, account)
                .remove("confirmed_at")
                .when(exists("group_id")))
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  @Override
  public boolean renew(Renewal renewal) {
    var profile =
        DynamoAccounts.changing(tables.accounts(), renewal.account())
            .add("epoch", 1)
            .add("password_failures", -renewal.passwords())
            .when(
                all(
                    equal("epoch", n(renewal.former().epoch())),
                    atLeast("password_failures", n(renewal.passwords())),
                    equal("locked", bool(false))));
    return new Transaction()
        .change("profile", profile)
        .step("former", DynamoSessions.ending(tables.sessions(), renewal.former()))
        .step("next", DynamoSessions.beginning(tables.sessions(), renewal.next()))
        .step("event", trail.recording(renewal.event()))
        .commit(dynamo)
        .done();
  }

  private static Change made(Change profile, Edit edit) {
    return switch (edit) {
      case Edit.Gender(var code) -> profile.setOrRemove("gender", code.map(Item::s));
      case Edit.WorkPhone(var number) -> profile.setOrRemove("work_phone", number.map(Item::s));
      case Edit.Language(var code) -> profile.set("language", code);
      case Edit.Switched(var which, var on) -> profile.set(attribute(which), on);
    };
  }

  private static String attribute(Edit.Switch which) {
    return switch (which) {
      case PUBLIC_CONTACT -> "public_contact";
      case PUBLIC_EMAIL -> "public_email";
      case PUBLIC_MOBILE -> "public_mobile";
      case MAIL_ON_STUDY -> "mail_on_study";
      case MAIL_ON_REPORT -> "mail_on_report";
    };
  }
}
