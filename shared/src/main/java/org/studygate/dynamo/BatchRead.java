package org.studygate.dynamo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// Items of several tables read together by their keys, as they stand. What the store has no room
/// for is asked for again a few times; what does not come then is not there to whoever asked.
public final class BatchRead {
  private static final int MOST = 100;
  private static final int TRIES = 4;

  private final Set<Wanted> wanted = new LinkedHashSet<>();

  private record Wanted(String table, Map<String, AttributeValue> key) {}

  public BatchRead get(String table, Map<String, AttributeValue> key) {
    wanted.add(new Wanted(table, key));
    return this;
  }

  public BatchRead get(String table, Collection<Map<String, AttributeValue>> keys) {
    keys.forEach(key -> get(table, key));
    return this;
  }

  /// What was found, by table. More than a hundred keys are several requests at once.
  public Map<String, List<Item>> run(DynamoDbClient dynamo) {
    var found = new ConcurrentHashMap<String, List<Item>>();
    var all = new ArrayList<>(wanted);
    var parts = new ArrayList<Callable<Boolean>>();
    for (var from = 0; from < all.size(); from += MOST) {
      var part = all.subList(from, Math.min(all.size(), from + MOST));
      parts.add(() -> some(dynamo, part, found));
    }
    Together.ask(parts);
    return found;
  }

  /// Whether everything was read.
  private static boolean some(
      DynamoDbClient dynamo, List<Wanted> part, Map<String, List<Item>> found) {
    var left = requests(part);
    for (var tries = 0; tries < TRIES && !left.isEmpty(); tries++) {
      var asked = left;
      var answer = dynamo.batchGetItem(get -> get.requestItems(asked));
      answer
          .responses()
          .forEach(
              (table, items) ->
                  found
                      .computeIfAbsent(table, _ -> new CopyOnWriteArrayList<>())
                      .addAll(items.stream().map(Item::of).toList()));
      left = answer.hasUnprocessedKeys() ? answer.unprocessedKeys() : Map.of();
    }
    return left.isEmpty();
  }

  private static Map<String, KeysAndAttributes> requests(List<Wanted> part) {
    var keys = new HashMap<String, Set<Map<String, AttributeValue>>>();
    part.forEach(one -> keys.computeIfAbsent(one.table(), _ -> new HashSet<>()).add(one.key()));
    var requests = new HashMap<String, KeysAndAttributes>();
    keys.forEach(
        (table, of) ->
            requests.put(table, KeysAndAttributes.builder().consistentRead(true).keys(of).build()));
    return requests;
  }
}
