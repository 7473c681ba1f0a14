package org.studygate.dynamo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Items that are written together, without a condition: for what is the same whoever writes it.
/// Each costs what it costs alone, but they are one request.
public final class Batch {
  private static final int MOST = 25;

  private Batch() {}

  /// All of them, each under a key of its own.
  public static void put(
      DynamoDbClient dynamo, String table, Collection<Map<String, AttributeValue>> items) {
    var all = List.copyOf(items);
    for (var from = 0; from < all.size(); from += MOST) {
      some(dynamo, table, all.subList(from, Math.min(all.size(), from + MOST)));
    }
  }

  /// What the store had no room for just then is written one by one, with the client's patience.
  private static void some(
      DynamoDbClient dynamo, String table, List<Map<String, AttributeValue>> items) {
    if (items.size() == 1) {
      dynamo.putItem(put -> put.tableName(table).item(items.getFirst()));
      return;
    }
    var writes = new ArrayList<WriteRequest>();
    for (var item : items) {
      writes.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
    }
    var left = dynamo.batchWriteItem(write -> write.requestItems(Map.of(table, writes)));
    for (var write : left.unprocessedItems().getOrDefault(table, List.of())) {
      dynamo.putItem(put -> put.tableName(table).item(write.putRequest().item()));
    }
  }
}
