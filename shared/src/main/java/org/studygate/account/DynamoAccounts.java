package org.studygate.account;

import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.bool;
import static org.studygate.dynamo.Item.s;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `account_id=a1… | item=profile | username | state | epoch | groups | …`, `item=mapping#m1…` with
/// `physician=noord#10012345004` in the index `ByPhysician`, and
/// `account_id=login#an@example.org | item=door | account=a1…`, which keeps names unique. Under
/// what others find somebody stands in items of [DynamoFound].
public final class DynamoAccounts implements Accounts {
  private static final String PROFILE = "profile";
  private static final String DOOR = "door";
  private static final String MAPPING = "mapping#";

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoAccounts(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Account> find(String id) {
    return item(id, PROFILE).map(DynamoAccounts::account);
  }

  @Override
  public Optional<Account> named(String username) {
    return item(opening(username), DOOR).flatMap(door -> find(door.text("account")));
  }

  @Override
  public boolean create(Account account) {
    return creating(account, new Transaction()).commit(dynamo).done();
  }

  /// An account with its name, as steps of a transaction that does more.
  public Transaction creating(Account account, Transaction together) {
    var door =
        Item.write()
            .put("account_id", opening(account.username()))
            .put("item", DOOR)
            .put("account", account.id())
            .attributes();
    return DynamoFound.writing(
        table,
        account,
        together
            .putNew("door", table, door, "account_id")
            .putNew("profile", table, profile(account), "account_id"));
  }

  @Override
  public Map<String, Account> each(Set<String> accounts) {
    var all = new HashMap<String, Account>();
    profiles(accounts).stream()
        .map(DynamoAccounts::account)
        .forEach(account -> all.put(account.id(), account));
    return all;
  }

  private List<Item> profiles(Set<String> accounts) {
    var keys = accounts.stream().map(account -> key(account, PROFILE)).toList();
    return new BatchRead().get(table, keys).run(dynamo).getOrDefault(table, List.of());
  }

  @Override
  public Map<String, Account.Name> names(Set<String> accounts) {
    var names = new HashMap<String, Account.Name>();
    for (var item : profiles(accounts)) {
      names.put(
          item.text("account_id"),
          new Account.Name(item.text("family_name"), item.text("given_name")));
    }
    return names;
  }

  @Override
  public List<Mapping> mappings(String account) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression(
                        "account_id = :account AND begins_with(#item, :mapping)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(
                        Map.of(":account", s(account), ":mapping", s(MAPPING))))
        .items()
        .stream()
        .map(Item::of)
        .map(DynamoAccounts::mapping)
        .toList();
  }

  @Override
  public List<Mapping> mapped(String department, String physicianNumber) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .indexName("ByPhysician")
                    .keyConditionExpression("physician = :physician")
                    .expressionAttributeValues(
                        Map.of(":physician", s(physician(department, physicianNumber)))))
        .items()
        .stream()
        .map(Item::of)
        .map(DynamoAccounts::mapping)
        .toList();
  }

  @Override
  public void map(Mapping mapping) {
    var item = item(mapping);
    dynamo.putItem(put -> put.tableName(table).item(item));
  }

  /// A new mapping, as a step of somebody else's transaction.
  public static TransactWriteItem mapping(String table, Mapping mapping) {
    return new NewItem(table, item(mapping), "account_id").step();
  }

  /// The end of one that is there, likewise.
  public static TransactWriteItem unmapping(String table, Mapping mapping) {
    return Transaction.deleting(
        table, key(mapping.account(), MAPPING + mapping.id()), Condition.exists("account_id"));
  }

  private static Map<String, AttributeValue> item(Mapping mapping) {
    return Item.write()
        .put("account_id", mapping.account())
        .put("item", MAPPING + mapping.id())
        .put("physician", physician(mapping.department(), mapping.physicianNumber()))
        .put("department", mapping.department())
        .put("name", mapping.name())
        .put("physician_number", mapping.physicianNumber())
        .putIfPresent("group", mapping.group())
        .put("mail_on_study", mapping.mailOnStudy())
        .put("mail_on_report", mapping.mailOnReport())
        .attributes();
  }

  @Override
  public void unmap(Mapping mapping) {
    dynamo.deleteItem(
        delete -> delete.tableName(table).key(key(mapping.account(), MAPPING + mapping.id())));
  }

  @Override
  public void endVisits(String account) {
    Change.of(table, key(account, PROFILE))
        .add("epoch", 1)
        .when(Condition.exists("account_id"))
        .run(dynamo);
  }

  /// A group into the accounts of its members, as a step of the transaction that makes it.
  static Change joining(String table, String account, String group) {
    return Change.of(table, key(account, PROFILE))
        .add("groups", Item.ss(Set.of(group)))
        .when(Condition.exists("account_id"));
  }

  /// A change of a mapping, likewise.
  public static Change changingMapping(String table, String account, String mapping) {
    return Change.of(table, key(account, MAPPING + mapping));
  }

  /// A change of a profile that is there, as a step of somebody else's transaction.
  public static Change changing(String table, String account) {
    return Change.of(table, key(account, PROFILE));
  }

  /// Writes once more under what an account is found, as it stands at this moment: for others and
  /// for the desk. `false` if the account is not there.
  public boolean refind(String id) {
    while (true) {
      var account = find(id);
      if (account.isEmpty()) {
        return false;
      }
      var steady =
          new Transaction()
              .change(
                  "profile",
                  changing(table, id)
                      .set("name_key", account.get().name().key())
                      .when(asShown(account.get())));
      if (DynamoFound.writing(table, account.get(), found(id), steady).commit(dynamo).done()) {
        return true;
      }
    }
  }

  private List<String> found(String id) {
    return dynamo
        .query(
            request ->
                request
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("account_id = :account AND begins_with(#item, :found)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(
                        Map.of(":account", s(id), ":found", s(DynamoFound.ITEM))))
        .items()
        .stream()
        .map(item -> Item.of(item).text("item"))
        .toList();
  }

  /// That what others find follows from is as it was read: a condition of a profile.
  public static Condition asShown(Account read) {
    var privacy = read.privacy();
    return all(
        equal("state", s(read.state().code())),
        equal("public_contact", bool(privacy.contact())),
        equal("public_email", bool(privacy.email())),
        equal("public_mobile", bool(privacy.mobile())));
  }

  private Optional<Item> item(String account, String item) {
    var found =
        dynamo.getItem(
            request -> request.tableName(table).key(key(account, item)).consistentRead(true));
    return found.hasItem() ? Optional.of(Item.of(found.item())) : Optional.empty();
  }

  private static Map<String, AttributeValue> profile(Account account) {
    var item =
        Item.write()
            .put("account_id", account.id())
            .put("item", PROFILE)
            .put("username", small(account.username()))
            .put("family_name", account.name().family())
            .put("given_name", account.name().given())
            .put("name_key", account.name().key())
            .putIfPresent("gender", account.gender())
            .put("language", account.language())
            .put("role", account.role().code())
            .putIfPresent("department", account.department())
            .put("state", account.state().code())
            .put("locked", account.locked())
            .put("epoch", account.epoch())
            .put("factor", account.factor().code())
            .putIfPresent("mobile", account.mobile())
            .putIfPresent("work_phone", account.workPhone())
            .put("public_contact", account.privacy().contact())
            .put("public_email", account.privacy().email())
            .put("public_mobile", account.privacy().mobile())
            .put("mail_on_study", account.mailDefaults().onStudy())
            .put("mail_on_report", account.mailDefaults().onReport())
            .putIfPresent("provider", account.provider());
    account.failedAt().ifPresent(at -> item.put("failed_at", at));
    if (!account.groups().isEmpty()) {
      item.put("groups", Item.ss(account.groups()));
    }
    if (!account.physicianNumbers().isEmpty()) {
      item.put("physician_numbers", Item.ss(account.physicianNumbers()));
    }
    return item.attributes();
  }

  /// What stands in an item of this table, called `profile`.
  public static Account account(Item item) {
    return new Account(
        item.text("account_id"),
        item.text("username"),
        new Account.Name(item.text("family_name"), item.text("given_name")),
        item.optionalText("gender"),
        item.text("language"),
        Role.of(item.text("role")),
        item.optionalText("department"),
        Account.State.of(item.text("state")),
        item.flag("locked"),
        item.number("epoch"),
        Set.copyOf(item.texts("groups")),
        Factor.of(item.text("factor")),
        item.optionalText("mobile"),
        item.optionalText("work_phone"),
        item.texts("physician_numbers"),
        new Account.Privacy(
            item.flag("public_contact"), item.flag("public_email"), item.flag("public_mobile")),
        new Account.MailDefaults(item.flag("mail_on_study"), item.flag("mail_on_report")),
        item.optionalText("provider"),
        item.optionalTime("failed_at"));
  }

  private static Mapping mapping(Item item) {
    return new Mapping(
        item.text("item").substring(MAPPING.length()),
        item.text("account_id"),
        item.text("department"),
        item.text("name"),
        item.text("physician_number"),
        item.optionalText("group"),
        item.flag("mail_on_study"),
        item.flag("mail_on_report"));
  }

  private static String physician(String department, String number) {
    return department + '#' + number.strip();
  }

  /// The item that leads from a name to its account.
  public static Map<String, AttributeValue> door(String username) {
    return key(opening(username), DOOR);
  }

  private static String opening(String username) {
    return "login#" + small(username);
  }

  private static String small(String username) {
    return username.strip().toLowerCase(Locale.ROOT);
  }

  /// Of the item called `profile`.
  public static Map<String, AttributeValue> profile(String account) {
    return key(account, PROFILE);
  }

  /// Of one of the items of an account.
  public static Map<String, AttributeValue> key(String account, String item) {
    return Map.of("account_id", s(account), "item", s(item));
  }
}
