package org.studygate.local.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// @param timeout after how many seconds Lambda ends it, its own or what all have
public record Function(String name, Value properties, int timeout) {
  static Function of(Resource resource, int commonTimeout) {
    var properties = resource.properties();
    return new Function(
        resource.name(), properties, properties.at("Timeout").number(commonTimeout));
  }

  /// The class.
  public String handler() {
    return properties.at("Handler").text();
  }

  /// Under `functions/`.
  public String folder() {
    return properties.at("CodeUri").text().split("/", -1)[1];
  }

  public String role() {
    return properties.at("Role").text();
  }

  public Map<String, String> variables(BinaryOperator<String> names) {
    var variables = new TreeMap<String, String>();
    properties
        .at("Environment", "Variables")
        .entries()
        .forEach((name, value) -> variables.put(name, value.text(names)));
    return variables;
  }

  /// What calls it, of one kind: `HttpApi`, `SQS`, `Schedule`, `DynamoDB`.
  public List<Value> events(String kind) {
    return properties.at("Events").entries().values().stream()
        .filter(event -> event.at("Type").text().equals(kind))
        .map(event -> event.at("Properties"))
        .toList();
  }
}
