package org.studygate.directory;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.studygate.dynamo.Item.s;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.account.DynamoAccounts;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `account_id=a1… | item=favourite#user#a2…`, beside the profile. A star that is set twice is one.
public final class DynamoFavourites implements Favourites {
  private static final String FAVOURITE = "favourite#";

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoFavourites(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Set<Favourite> of(String account) {
    return dynamo
        .query(
            request ->
                request
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("account_id = :account AND begins_with(#item, :begin)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(
                        Map.of(":account", s(account), ":begin", s(FAVOURITE)))
                    .limit(MOST))
        .items()
        .stream()
        .map(item -> favourite(Item.of(item)))
        .collect(toUnmodifiableSet());
  }

  private static Favourite favourite(Item item) {
    var parts = item.text("item").split("#", 3);
    return new Favourite(Kind.of(parts[1]).orElseThrow(), parts[2]);
  }

  @Override
  public boolean keep(String account, Favourite favourite) {
    var kept = of(account);
    if (!kept.contains(favourite)) {
      if (kept.size() >= MOST) {
        return false;
      }
      var item = item(account, favourite);
      dynamo.putItem(put -> put.tableName(table).item(item));
    }
    return true;
  }

  /// One more, as a step of the transaction that it belongs to. It cannot refuse: whoever puts the
  /// transaction together looks first how many there are.
  public static TransactWriteItem keeping(String table, String account, Kind kind, String id) {
    var item = item(account, new Favourite(kind, id));
    return TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build();
  }

  @Override
  public void drop(String account, String id) {
    var together = new Transaction();
    Stream.of(Kind.values())
        .map(kind -> item(account, new Favourite(kind, id)))
        .forEach(item -> together.delete("favourite", table, item));
    together.commit(dynamo);
  }

  /// The key is all that there is.
  private static Map<String, AttributeValue> item(String account, Favourite favourite) {
    return DynamoAccounts.key(account, FAVOURITE + favourite.kind().code() + '#' + favourite.id());
  }
}
