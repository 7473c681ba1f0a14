package org.studygate.order;

import static org.studygate.dynamo.Item.s;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.department.IntakeRules;
import org.studygate.dynamo.Item;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads what [DynamoOrders] writes, by the rows of [OrderItems]. The index may be behind: it
/// says where to look, the order itself what there is.
public final class DynamoOrderDesk implements OrderDesk {
  private static final String ORDER = "order#";
  private static final String NAME = "name#";
  private static final String LAST = "\uffff";
  private static final int MOST_WORDS = 4;
  private static final int MOST_ALIKE = 500;

  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoOrders orders;

  public DynamoOrderDesk(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
    this.orders = new DynamoOrders(dynamo, table);
  }

  @Override
  public Page page(String department, Optional<String> before, int limit) {
    var found =
        query(
                department,
                ORDER,
                ORDER + before.orElse("~"),
                limit + 1 + (before.isPresent() ? 1 : 0))
            .filter(item -> !item.text("listed").equals(ORDER + before.orElse("")))
            .toList();
    var next =
        found.size() > limit
            ? Optional.of(found.get(limit - 1).text("listed").substring(ORDER.length()))
            : Optional.<String>empty();
    return new Page(found.stream().limit(limit).map(DynamoOrderDesk::order).toList(), next);
  }

  @Override
  public List<OrderId> search(String department, String sought, IntakeRules rules, int limit) {
    var found = new LinkedHashSet<OrderId>();
    OrderId.of(department, sought, rules).filter(this::there).ifPresent(found::add);
    beginning(department, "id#" + OrderItems.upper(sought.strip()) + "#", limit)
        .forEach(found::add);
    born(sought)
        .ifPresent(born -> beginning(department, "born#" + born, limit).forEach(found::add));
    bearing(department, Person.of("", "", "", sought).name()).forEach(found::add);
    return found.stream().limit(limit).toList();
  }

  private boolean there(OrderId order) {
    return orders.find(order).isPresent();
  }

  /// As a date is written here: the day first, or as in ISO 8601.
  private static Optional<String> born(String sought) {
    var parts = sought.strip().split("[-./ ]", -1);
    var iso =
        parts.length == 3 && parts[2].length() == 4
            ? parts[2] + "-" + two(parts[1]) + "-" + two(parts[0])
            : sought.strip();
    return Optional.of(Person.of("", "", iso, "").born()).filter(born -> !born.isEmpty());
  }

  private static String two(String digits) {
    return digits.length() == 1 ? "0" + digits : digits;
  }

  /// The family name stands in front there, and anywhere in what is typed; of one that very many
  /// bear, the whole of what was typed is looked for first.
  private List<OrderId> bearing(String department, String name) {
    var words = List.of(name.split(" ", -1));
    if (name.isEmpty() || words.size() > MOST_WORDS) {
      return List.of();
    }
    return Stream.concat(Stream.of(name), words.stream())
        .distinct()
        .map(first -> NAME + OrderItems.cut(first))
        .flatMap(from -> query(department, from, from + LAST, MOST_ALIKE))
        .filter(item -> bears(item.text("listed"), words))
        .map(DynamoOrderDesk::order)
        .toList();
  }

  private static boolean bears(String listed, List<String> words) {
    var name = List.of(listed.substring(NAME.length()).split("#", 2)[0].split(" ", -1));
    return words.stream().allMatch(word -> name.stream().anyMatch(one -> one.startsWith(word)));
  }

  @Override
  public Optional<OrderId> named(String department, String name) {
    var itself = OrderItems.itself(name);
    return query(department, itself, itself, 1).findFirst().map(DynamoOrderDesk::order);
  }

  @Override
  public Optional<Line> line(OrderId order) {
    return orders
        .find(order)
        .map(contents -> new Line(OrderItems.name(order), order, contents, orders.bucket(order)));
  }

  private Stream<OrderId> beginning(String department, String prefix, int limit) {
    return query(department, prefix, prefix + LAST, limit).map(DynamoOrderDesk::order);
  }

  private Stream<Item> query(String department, String from, String to, int limit) {
    Map<String, AttributeValue> values =
        Map.of(":department", s(department), ":from", s(from), ":to", s(to));
    return dynamo
        .query(
            request ->
                request
                    .tableName(table)
                    .indexName("ByDepartment")
                    .keyConditionExpression(
                        "department = :department AND listed BETWEEN :from AND :to")
                    .expressionAttributeValues(values)
                    .scanIndexForward(false)
                    .limit(limit))
        .items()
        .stream()
        .map(Item::of);
  }

  private static OrderId order(Item item) {
    return OrderId.parse(item.text("order_id"));
  }
}
