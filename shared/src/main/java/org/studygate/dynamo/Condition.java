package org.studygate.dynamo;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What must hold for a write to happen. Names and values find their places by themselves, so no
/// reserved word and no forgotten placeholder is in the way.
@FunctionalInterface
public interface Condition {
  /// The expression, with what it names put into `places`.
  String in(Places places);

  static Condition exists(String name) {
    return places -> "attribute_exists(" + places.name(name) + ")";
  }

  static Condition absent(String name) {
    return places -> "attribute_not_exists(" + places.name(name) + ")";
  }

  static Condition equal(String name, AttributeValue value) {
    return compare(name, "=", value);
  }

  static Condition below(String name, AttributeValue value) {
    return compare(name, "<", value);
  }

  static Condition atMost(String name, AttributeValue value) {
    return compare(name, "<=", value);
  }

  static Condition above(String name, AttributeValue value) {
    return compare(name, ">", value);
  }

  static Condition atLeast(String name, AttributeValue value) {
    return compare(name, ">=", value);
  }

  /// A set holds a value, or a text a part.
  static Condition contains(String name, AttributeValue value) {
    return places -> "contains(" + places.name(name) + ", " + places.value(value) + ")";
  }

  /// Two attributes of the item are alike.
  static Condition same(String name, String other) {
    return places -> places.name(name) + " = " + places.name(other);
  }

  /// A set or list has fewer elements than `most`; one that is not there has none.
  static Condition room(String name, long most) {
    return any(
        absent(name), places -> "size(" + places.name(name) + ") < " + places.value(Item.n(most)));
  }

  /// The element of a list at this place.
  static Condition elementEqual(String name, int index, AttributeValue value) {
    return places -> places.element(name, index) + " = " + places.value(value);
  }

  /// A list or set has more elements than one.
  static Condition several(String name) {
    return places -> "size(" + places.name(name) + ") > " + places.value(Item.n(1));
  }

  static Condition not(Condition condition) {
    return places -> "NOT (" + condition.in(places) + ")";
  }

  static Condition all(Condition... conditions) {
    return join(" AND ", conditions);
  }

  static Condition any(Condition... conditions) {
    return join(" OR ", conditions);
  }

  private static Condition compare(String name, String how, AttributeValue value) {
    return places -> places.name(name) + " " + how + " " + places.value(value);
  }

  private static Condition join(String with, Condition... conditions) {
    return places ->
        Arrays.stream(conditions)
            .map((Function<Condition, String>) one -> "(" + one.in(places) + ")")
            .collect(Collectors.joining(with));
  }
}
