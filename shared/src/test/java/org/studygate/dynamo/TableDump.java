package org.studygate.dynamo;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Everything in a table as text, without what counts changes instead of telling the state.
public final class TableDump {
  private static final Set<String> COUNTERS = Set.of("gen", "built", "revision", "came");

  private TableDump() {}

  public static String of(DynamoDbClient dynamo, String table, String... withoutPrefixes) {
    var lines = new TreeMap<String, String>();
    for (var item : dynamo.scanPaginator(scan -> scan.tableName(table)).items()) {
      var line = line(item);
      lines.put(line, line);
    }
    var all = String.join("\n", lines.values());
    for (var prefix : withoutPrefixes) {
      all = all.replace(prefix, "");
    }
    return all;
  }

  private static String line(Map<String, AttributeValue> item) {
    var shown = new TreeMap<>(item);
    shown.keySet().removeAll(COUNTERS);
    return shown.toString();
  }
}
