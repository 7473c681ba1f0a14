package org.studygate.credential;

import static org.studygate.dynamo.Condition.above;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atLeast;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Condition.not;
import static org.studygate.dynamo.Item.bool;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Change.Result.Written;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.limit.Tries;
import org.studygate.notice.Outgoing;
import org.studygate.notice.Seal;
import org.studygate.platform.Tokens;
import org.studygate.session.DynamoSessions;
import org.studygate.signin.Challenge;
import org.studygate.signin.Challenges.Code;
import org.studygate.signin.Challenges.Sending;
import org.studygate.signin.DynamoChallenges;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// On the profile of an account `password_failures=1 | code_failures=2 | failed_at`; beside it
/// `item=login#2026-11-23T10:00:00.000Z#5f… | from | outcome | purge_at` and
/// `item=browser#9f… | device | epoch | since | expires | purge_at`. Whom a provider signs in is
/// led to an account by `account_id=federated#<provider>#<subject> | item=door | account`. A step
/// is an item among the challenges, with `stage=TOTP | sealed=…`.
///
/// Failures live on the account and not on a step: beginning again refills nothing.
public final class DynamoSignIns implements SignIns {
  private static final String PROFILE = "profile";
  private static final String LOGIN = "login#";
  private static final String BROWSER = "browser#";
  private static final String FEDERATED = "door";
  private static final String STEP = "step";
  private static final String ACCOUNT = "account";
  private static final Duration LOGINS_KEPT = Duration.ofDays(396); // 13 months
  private static final Duration NOBODYS_KEPT = Duration.ofDays(1);

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoChallenges challenges;
  private final DynamoAccounts accounts;
  private final DynamoAuditTrail trail;
  private final Seal seal;
  private final Tokens tokens;

  /// @param limits and outbox for a function that sends codes
  public record Tables(
      String accounts, String challenges, String sessions, String limits, String outbox) {
    /// For a function that counts and judges, and opens nothing.
    public static Tables ofTries(String accounts) {
      return new Tables(accounts, "", "", "", "");
    }
  }

  public DynamoSignIns(
      DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail, Seal seal, Tokens tokens) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.challenges =
        new DynamoChallenges(
            dynamo,
            DynamoChallenges.Tables.ofSending(
                tables.challenges(), tables.limits(), tables.outbox()));
    this.accounts = new DynamoAccounts(dynamo, tables.accounts());
    this.trail = trail;
    this.seal = seal;
    this.tokens = tokens;
  }

  @Override
  public Optional<String> named(String username) {
    var door =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.accounts())
                    .key(DynamoAccounts.door(username))
                    .consistentRead(true));
    return Optional.of(Item.of(door.item())).flatMap(item -> item.optionalText("account"));
  }

  @Override
  public void begin(Step step) {
    dynamo.putItem(put -> put.tableName(tables.challenges()).item(item(step)));
  }

  @Override
  public Optional<Step> find(String stepHash, Instant now) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.challenges())
                    .key(Map.of("challenge_hash", s(stepHash)))
                    .consistentRead(true));
    return Optional.of(Item.of(found.item()))
        .filter(item -> item.optionalText("stage").isPresent())
        .map(this::step)
        .filter(step -> step.live(now));
  }

  private Step step(Item item) {
    var challenge = DynamoChallenges.challenge(item);
    var kept = JsonObject.parse(opened(challenge.hash(), item.text("sealed")));
    var texts = new HashMap<String, String>();
    kept.names().forEach(name -> texts.put(name, kept.string(name)));
    return new Step(
        challenge.hash(),
        challenge.subject().id(),
        challenge.epoch(),
        Stage.valueOf(item.text("stage")),
        texts,
        Optional.of(challenge).filter(one -> one.sends() > 0),
        challenge.expires());
  }

  private byte[] opened(String hash, String sealed) {
    return seal.open(hash, sealed).getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, AttributeValue> beside(Step step) {
    return Map.of(
        "stage",
        s(step.stage().name()),
        "sealed",
        s(seal.close(step.hash(), Json.text(step.kept()))));
  }

  private Map<String, AttributeValue> item(Step step) {
    var item =
        Item.write()
            .put("challenge_hash", step.hash())
            .put("subject", step.subject().text())
            .put("epoch", step.epoch())
            .put("expires", step.expires())
            .purgeAt(step.expires().plus(NOBODYS_KEPT))
            .attributes();
    item.putAll(beside(step));
    return item;
  }

  @Override
  public Charge charge(String account, Tries tries) {
    var counter = counter(tries);
    return switch (profile(account)
        .add(counter, 1)
        .when(
            all(exists("account_id"), any(absent(counter), below(counter, n(tries.max()))), open()))
        .run(dynamo)) {
      case Written(var item) ->
          new Charge.Charged(DynamoAccounts.account(item), (int) item.number(counter));
      case Refused(var standing) -> new Charge.Refused(standing.map(DynamoAccounts::account));
    };
  }

  private static String counter(Tries tries) {
    return tries == Tries.PASSWORD ? "password_failures" : "code_failures";
  }

  private Change profile(String account) {
    return Change.of(tables.accounts(), DynamoAccounts.key(account, PROFILE));
  }

  private static Condition open() {
    return all(equal("locked", bool(false)), not(equal("state", s(Account.State.DISABLED.code()))));
  }

  /// Right passwords and codes count no longer, as far as they were counted; and the account's last
  /// look at whether the step still holds.
  private Change forgiving(String account, long epoch, int passwords, int codes) {
    return profile(account)
        .add("password_failures", -passwords)
        .add("code_failures", -codes)
        .when(
            all(
                equal("epoch", n(epoch)),
                open(),
                counted("password_failures", passwords),
                counted("code_failures", codes)));
  }

  private static Condition counted(String counter, int most) {
    return most == 0 ? any(absent(counter), atLeast(counter, n(0))) : atLeast(counter, n(most));
  }

  @Override
  public void forgive(String account, int passwords) {
    profile(account)
        .add("password_failures", -passwords)
        .when(atLeast("password_failures", n(passwords)))
        .run(dynamo); // refused: somebody else's right one has cleared it
  }

  private Transaction leaving(Step from, Instant now) {
    return new Transaction()
        .delete(
            STEP,
            tables.challenges(),
            Map.of("challenge_hash", s(from.hash())),
            all(exists("challenge_hash"), above("expires", n(now))));
  }

  @Override
  public boolean advance(Step from, Step to, int passwords, Instant now) {
    return leaving(from, now)
        .change(ACCOUNT, forgiving(to.account(), to.epoch(), passwords, 0))
        .putNew("next", tables.challenges(), item(to), "challenge_hash")
        .commit(dynamo)
        .done();
  }

  @Override
  public Sending advance(
      Step from, Step to, int passwords, Code code, Optional<Outgoing> message, Instant now) {
    var together =
        leaving(from, now).change(ACCOUNT, forgiving(to.account(), to.epoch(), passwords, 0));
    return challenges.send(code, message, beside(to), together, now);
  }

  @Override
  public Sending begin(Step step, Code code, Optional<Outgoing> message, Instant now) {
    return challenges.send(code, message, beside(step), new Transaction(), now);
  }

  @Override
  public Sending again(Code code, Optional<Outgoing> message, Instant now) {
    return challenges.send(code, message, Map.of(), new Transaction(), now);
  }

  @Override
  public void refused(Refusal refusal) {
    var at = refusal.login().at();
    var noted = profile(refusal.known() ? refusal.account() : nobody(refusal.account()));
    noted.set("failed_at", at);
    if (refusal.known()) {
      noted.when(exists("account_id"));
      if (refusal.locks()) {
        noted.set("locked", true).add("epoch", 1);
      }
    } else {
      noted.set("purge_at", Item.purgeAt(at.plus(NOBODYS_KEPT)));
    }
    new Transaction()
        .change(ACCOUNT, noted)
        .step("login", login(refusal.account(), refusal.login(), refusal.known()))
        .step("event", trail.recording(refusal.event()))
        .commit(dynamo);
  }

  /// Where attempts on names that are nobody's are put; no account is called so.
  private static String nobody(String account) {
    return "nobody#" + account;
  }

  private TransactWriteItem login(String account, Login login, boolean known) {
    var kept = known ? LOGINS_KEPT : NOBODYS_KEPT;
    var item =
        Item.write()
            .put("account_id", known ? account : nobody(account))
            .put("item", LOGIN + DynamoAuditTrail.time(login.at()) + '#' + tokens.id())
            .put("from", login.from())
            .put("outcome", login.outcome().code())
            .purgeAt(login.at().plus(kept))
            .attributes();
    return Transaction.putting(tables.accounts(), item, absent("account_id"));
  }

  @Override
  public boolean open(Opening opening, Instant now) {
    var step = opening.step();
    var account =
        forgiving(step.account(), opening.session().epoch(), opening.passwords(), opening.codes())
            .remove("failed_at");
    opening.chosen().ifPresent(factor -> account.set("factor", factor.code()));
    var opens =
        ending(step, now)
            .change(ACCOUNT, account)
            .step("session", DynamoSessions.beginning(tables.sessions(), opening.session()))
            .step("login", login(step.account(), opening.login(), true))
            .step("event", trail.recording(opening.event()));
    opening.browser().ifPresent(browser -> opens.step("browser", remembering(step, browser)));
    return opens.commit(dynamo).done();
  }

  /// A step that was answered by a code ends only with that code.
  private Transaction ending(Step step, Instant now) {
    var code = step.code().map(Challenge::codeHash);
    return code.isEmpty()
        ? leaving(step, now)
        : new Transaction()
            .delete(
                STEP,
                tables.challenges(),
                Map.of("challenge_hash", s(step.hash())),
                all(equal("code_hash", s(code.get())), above("code_expires", n(now))));
  }

  private TransactWriteItem remembering(Step step, Browser browser) {
    var item =
        Item.write()
            .put("account_id", step.account())
            .put("item", BROWSER + browser.id())
            .put("device", browser.device())
            .put("epoch", browser.epoch())
            .put("since", browser.since())
            .put("expires", browser.expires())
            .purgeAt(browser.expires())
            .attributes();
    return Transaction.putting(tables.accounts(), item, absent("account_id"));
  }

  @Override
  public boolean reset(Step step, int codes, Login login, AuditEvent event, Instant now) {
    return ending(step, now)
        .change(ACCOUNT, forgiving(step.account(), step.epoch(), 0, codes).add("epoch", 1))
        .step("login", login(step.account(), login, true))
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  @Override
  public boolean register(Step step, Account account, AuditEvent event, Instant now) {
    return accounts
        .creating(account, ending(step, now))
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  @Override
  public boolean chargeStep(Step step, Tries tries) {
    return Change.of(tables.challenges(), Map.of("challenge_hash", s(step.hash())))
        .add("failures", 1)
        .when(
            all(
                exists("challenge_hash"),
                any(absent("failures"), below("failures", n(tries.max())))))
        .run(dynamo)
        .written();
  }

  @Override
  public boolean use(Step step, Instant now) {
    return Change.of(tables.challenges(), Map.of("challenge_hash", s(step.hash())))
        .set("used", true)
        .when(all(absent("used"), above("expires", n(now))))
        .run(dynamo)
        .written();
  }

  @Override
  public Optional<String> bound(String provider, String subject) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.accounts())
                    .key(DynamoAccounts.key(federated(provider, subject), FEDERATED))
                    .consistentRead(true));
    return Optional.of(Item.of(found.item())).flatMap(item -> item.optionalText("account"));
  }

  @Override
  public boolean bind(String account, String provider, String subject) {
    var item =
        Item.write()
            .put("account_id", federated(provider, subject))
            .put("item", FEDERATED)
            .put("account", account)
            .attributes();
    return new Transaction()
        .putNew("federated", tables.accounts(), item, "account_id")
        .change(
            ACCOUNT,
            profile(account)
                .set("provider", provider)
                .set("provider_subject", subject)
                .when(all(exists("account_id"), absent("provider_subject"))))
        .commit(dynamo)
        .done();
  }

  private static String federated(String provider, String subject) {
    return "federated#" + provider + '#' + subject;
  }

  @Override
  public Optional<Browser> browser(String account, String id) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.accounts())
                    .key(DynamoAccounts.key(account, BROWSER + id))
                    .consistentRead(true));
    return found.hasItem() ? Optional.of(browser(Item.of(found.item()))) : Optional.empty();
  }

  private static Browser browser(Item item) {
    return new Browser(
        item.text("item").substring(BROWSER.length()),
        item.text("device"),
        item.number("epoch"),
        item.time("since"),
        item.time("expires"));
  }
}
