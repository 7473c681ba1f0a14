package org.studygate.settings;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.bool;
import static org.studygate.dynamo.Item.s;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.account.Account;
import org.studygate.account.Account.State;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoFound;
import org.studygate.account.Mapping;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Together;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.DynamoOutbox;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The same items as those of `DynamoAccounts`. Names are looked up in `ByState`, whose keys are
/// the state and the name in plain letters: so those who wait and those who are called so are each
/// found by a query that reads no more than it shows.
public final class DynamoAccountDesk implements AccountDesk {
  private static final String PROFILE = "profile";

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoAuditTrail trail;

  public record Tables(String accounts, String buckets, String outbox) {}

  public DynamoAccountDesk(DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.trail = trail;
  }

  @Override
  public List<Account> in(State state, int most) {
    return find(ids(state, "", most));
  }

  @Override
  public List<Account> called(String beginning, int most) {
    var key = Account.Name.key(beginning);
    var asked =
        Stream.of(State.values())
            .map(state -> (Callable<List<String>>) () -> ids(state, key, most))
            .toList();
    var found = Together.ask(asked).stream().flatMap(List::stream).toList();
    return find(found).stream().limit(most).toList();
  }

  private List<String> ids(State state, String key, int most) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":state", s(state.code()));
    if (!key.isEmpty()) {
      values.put(":key", s(key));
    }
    var holds = "#state = :state" + (key.isEmpty() ? "" : " AND begins_with(name_key, :key)");
    return dynamo
        .query(
            request ->
                request
                    .tableName(tables.accounts())
                    .indexName("ByState")
                    .keyConditionExpression(holds)
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(values)
                    .limit(most))
        .items()
        .stream()
        .map(item -> Item.of(item).text("account_id"))
        .toList();
  }

  @Override
  public List<Account> find(List<String> accounts) {
    var keys = accounts.stream().map(account -> DynamoAccounts.key(account, PROFILE)).toList();
    return new BatchRead()
            .get(tables.accounts(), keys)
            .run(dynamo)
            .getOrDefault(tables.accounts(), List.of())
            .stream()
            .map(DynamoAccounts::account)
            .sorted(
                Comparator.comparing((Account one) -> one.name().key()).thenComparing(Account::id))
            .toList();
  }

  @Override
  public boolean verify(String account, String physicianNumber, List<Mapping> mappings, Act act) {
    var read = read(account).filter(found -> found.state() == State.REGISTERED);
    if (read.isEmpty()) {
      return false;
    }
    var verified =
        profile(account)
            .set("state", State.ACTIVE.code())
            .set("physician_numbers", Item.ss(Set.of(physicianNumber)))
            .when(DynamoAccounts.asShown(read.get()));
    var transaction =
        found(read.get(), State.ACTIVE, List.of(physicianNumber)).change(PROFILE, verified);
    for (var mapping : mappings) {
      transaction.step(
          "mapping " + mapping.id(), DynamoAccounts.mapping(tables.accounts(), mapping));
    }
    return told(transaction, act);
  }

  @Override
  public boolean done(String account, Deed deed, Act act) {
    return switch (deed) {
      case REFUSE -> told(closed(account, true, is(State.REGISTERED)), act);
      case DISABLE -> read(account).filter(read -> disabled(read, act)).isPresent();
      case UNLOCK ->
          told(
              profile(account)
                  .set("locked", false)
                  .remove("password_failures", "code_failures")
                  .add("epoch", 1)
                  .when(equal("locked", bool(true))),
              act);
      case ENABLE ->
          read(account).filter(read -> enabled(read, act)).isPresent()
              || told(opened(account, State.REGISTERED, exists("refused")), act);
    };
  }

  private boolean disabled(Account read, Act act) {
    var closed = closed(read.id(), false, any(is(State.ACTIVE), is(State.REGISTERED)));
    var found = found(read, State.DISABLED, read.physicianNumbers());
    return told(found.change(PROFILE, closed), act);
  }

  private boolean enabled(Account read, Act act) {
    var opened =
        opened(read.id(), State.ACTIVE, all(absent("refused"), DynamoAccounts.asShown(read)));
    var found = found(read, State.ACTIVE, read.physicianNumbers());
    return told(found.change(PROFILE, opened), act);
  }

  private Optional<Account> read(String account) {
    return new DynamoAccounts(dynamo, tables.accounts()).find(account);
  }

  /// Under what others find an account from now on, or no more.
  private Transaction found(Account read, State state, List<String> numbers) {
    var after = read.with(state, numbers, read.privacy());
    return DynamoFound.changing(tables.accounts(), read, after, new Transaction());
  }

  private Change closed(String account, boolean refused, Condition holds) {
    var change = profile(account).set("state", State.DISABLED.code()).add("epoch", 1).when(holds);
    return refused ? change.set("refused", true) : change;
  }

  private Change opened(String account, State to, Condition holds) {
    return profile(account)
        .set("state", to.code())
        .remove("refused")
        .when(all(is(State.DISABLED), holds));
  }

  @Override
  public boolean map(Mapping mapping, Act act) {
    return told(
        new Transaction()
            .check(
                PROFILE,
                tables.accounts(),
                DynamoAccounts.key(mapping.account(), PROFILE),
                is(State.ACTIVE))
            .step("mapping", DynamoAccounts.mapping(tables.accounts(), mapping)),
        act);
  }

  @Override
  public boolean unmap(Mapping mapping, Act act) {
    return told(
        new Transaction()
            .step("mapping", DynamoAccounts.unmapping(tables.accounts(), mapping))
            .step(
                "bucket",
                DynamoBuckets.withdrawing(tables.buckets(), Bucket.ofMapping(mapping.id()))),
        act);
  }

  private boolean told(Change change, Act act) {
    return told(new Transaction().change(PROFILE, change), act);
  }

  private boolean told(Transaction transaction, Act act) {
    transaction.step("event", trail.recording(act.event(), act.reason()));
    act.ofDepartment()
        .ifPresent(event -> transaction.step("department", trail.recording(event, act.reason())));
    act.mail()
        .ifPresent(
            mail ->
                transaction.step(
                    "mail", DynamoOutbox.putting(tables.outbox(), mail, act.event().at())));
    return transaction.commit(dynamo).done();
  }

  private Change profile(String account) {
    return DynamoAccounts.changing(tables.accounts(), account);
  }

  private static Condition is(State state) {
    return equal("state", s(state.code()));
  }
}
