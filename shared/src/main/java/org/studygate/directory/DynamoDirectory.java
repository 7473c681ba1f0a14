package org.studygate.directory;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.studygate.dynamo.Item.s;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Found;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The indexes `ByFound` of accounts (items of [Found]) and of groups, the door of a mail address,
/// and what stands behind them. Each question is one request, whatever it finds.
public final class DynamoDirectory implements Directory {
  /// Enough for a page, for oneself and for some who are locked.
  static final int MOST = 50;

  private static final int MOST_ALIKE = 500;

  private final DynamoDbClient dynamo;
  private final Tables tables;

  public record Tables(String accounts, String groups) {}

  public DynamoDirectory(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.tables = tables;
  }

  @Override
  public List<String> called(String name) {
    return accounts(named(tables.accounts(), name));
  }

  @Override
  public List<String> withWords(String name) {
    return accounts(wordy(tables.accounts(), name));
  }

  @Override
  public List<String> numbered(String beginning) {
    var key = Found.number(beginning);
    return accounts(found(tables.accounts(), Found.NUMBER, key, MOST));
  }

  @Override
  public List<String> reachedAt(String mobile) {
    var key = Found.mobile(mobile);
    return accounts(
        found(tables.accounts(), Found.MOBILE, key, MOST)
            .filter(item -> item.text("found_key").equals(key)));
  }

  @Override
  public Optional<String> addressed(String email) {
    var door =
        dynamo.getItem(
            get ->
                get.tableName(tables.accounts())
                    .key(DynamoAccounts.door(email))
                    .consistentRead(true));
    return door.hasItem() ? Optional.of(Item.of(door.item()).text("account")) : Optional.empty();
  }

  @Override
  public List<String> groupsCalled(String name) {
    return groups(named(tables.groups(), name));
  }

  @Override
  public List<String> groupsWithWords(String name) {
    return groups(wordy(tables.groups(), name));
  }

  private static List<String> accounts(Stream<Item> items) {
    return ids(items, "account_id");
  }

  private static List<String> groups(Stream<Item> items) {
    return ids(items, "group_id");
  }

  private static List<String> ids(Stream<Item> items, String id) {
    return items.map(item -> item.text(id)).distinct().limit(MOST).toList();
  }

  private Stream<Item> named(String table, String name) {
    var key = Account.Name.key(name);
    return found(table, Found.name(key), key, MOST);
  }

  private Stream<Item> wordy(String table, String name) {
    var longest =
        Stream.of(Account.Name.key(name).split(" "))
            .max(Comparator.comparingInt(String::length))
            .orElse("");
    return found(table, Found.name(longest), longest, MOST_ALIKE)
        .filter(item -> Found.begins(name, item.text("found_key")));
  }

  private Stream<Item> found(String table, String found, String key, int most) {
    return dynamo
        .query(
            request ->
                request
                    .tableName(table)
                    .indexName("ByFound")
                    .keyConditionExpression("#found = :found AND begins_with(found_key, :key)")
                    .expressionAttributeNames(Map.of("#found", "found"))
                    .expressionAttributeValues(Map.of(":found", s(found), ":key", s(key)))
                    .limit(most))
        .items()
        .stream()
        .map(Item::of);
  }

  @Override
  public Standing read(Collection<String> accounts, Collection<String> groups) {
    var read =
        new BatchRead()
            .get(tables.accounts(), accounts.stream().map(DynamoAccounts::profile).toList())
            .get(tables.groups(), groups.stream().map(DynamoGroups::group).toList())
            .run(dynamo);
    return new Standing(
        read.getOrDefault(tables.accounts(), List.of()).stream()
            .map(DynamoAccounts::account)
            .collect(toMap(Account::id, identity())),
        read.getOrDefault(tables.groups(), List.of()).stream()
            .map(item -> new Practice(item.text("group_id"), item.text("name"), item.has("found")))
            .collect(toMap(Practice::id, identity())));
  }
}
