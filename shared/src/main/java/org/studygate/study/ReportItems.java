package org.studygate.study;

import static org.studygate.dynamo.Item.s;

import java.util.Map;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Versions of reports, kept alike below a study and below an order that has no study yet:
/// `item=report#<id>#<version> | state | at | of_order | language | text | author | pdf |
/// pdf_rank | person | held`
public final class ReportItems {
  private ReportItems() {}

  public static Report.Version version(Item item) {
    var parts = item.text("item").split("#", 3);
    return new Report.Version(
        parts[1],
        parts[2],
        Report.State.valueOf(item.text("state")),
        item.time("at"),
        item.optionalText("of_order").map(OrderId::parse),
        item.text("language"),
        item.text("text"),
        item.text("author"),
        item.optionalText("pdf").map(pdf -> new Report.Pdf(pdf, item.text("pdf_rank"))),
        item.flag("pdf_disputed"));
  }

  private static String key(Report.Version version) {
    return "report#" + version.report() + "#" + version.version();
  }

  public static Map<String, AttributeValue> key(
      String hashName, String hash, Report.Version version) {
    return Map.of(hashName, s(hash), "item", s(key(version)));
  }

  /// Two arrivals of one version leave the earlier time, whichever is written first.
  public static void put(
      DynamoDbClient dynamo,
      String table,
      Map<String, AttributeValue> key,
      Report.Version version) {
    var values =
        Item.write()
            .put(":state", version.state().name())
            .put(":at", version.at())
            .put(":language", version.language())
            .put(":text", version.text())
            .put(":author", version.author());
    version.order().ifPresent(order -> values.put(":order", order.toString()));
    var order = version.order().isPresent() ? ", of_order = :order" : "";
    attempt(
        () ->
            dynamo.updateItem(
                request ->
                    request
                        .tableName(table)
                        .key(key)
                        .updateExpression(
                            "SET #state = :state, #at = :at, #language = :language, "
                                + "#text = :text, author = :author"
                                + order)
                        .conditionExpression("attribute_not_exists(#at) OR #at > :at")
                        .expressionAttributeNames(
                            Map.of(
                                "#state",
                                "state",
                                "#at",
                                "at",
                                "#language",
                                "language",
                                "#text",
                                "text"))
                        .expressionAttributeValues(values.attributes())));
  }

  /// Whom the version is about, as the file says that it came in: it counts only where the study
  /// shows that person.
  public static void about(
      DynamoDbClient dynamo, String table, Map<String, AttributeValue> key, Person person) {
    dynamo.updateItem(
        request ->
            request
                .tableName(table)
                .key(key)
                .updateExpression("SET person = :person")
                .expressionAttributeValues(Map.of(":person", s(person.text()))));
  }

  /// Nobody gets this version, even if it is written only later.
  public static void hold(DynamoDbClient dynamo, String table, Map<String, AttributeValue> key) {
    dynamo.updateItem(
        request ->
            request
                .tableName(table)
                .key(key)
                .updateExpression("SET held = :yes")
                .expressionAttributeValues(Map.of(":yes", Item.bool(true))));
  }

  static boolean counts(Item item) {
    return item.has("at") && !item.flag("held");
  }

  public static void attach(
      DynamoDbClient dynamo, String table, Map<String, AttributeValue> key, Report.Pdf pdf) {
    attempt(
        () ->
            dynamo.updateItem(
                request ->
                    request
                        .tableName(table)
                        .key(key)
                        .updateExpression("SET pdf = :pdf, pdf_rank = :rank")
                        .conditionExpression(
                            "attribute_exists(#at) AND "
                                + "(attribute_not_exists(pdf_rank) OR pdf_rank < :rank)")
                        .expressionAttributeNames(Map.of("#at", "at"))
                        .expressionAttributeValues(
                            Map.of(":pdf", s(pdf.key()), ":rank", s(pdf.rank())))));
  }

  /// Somebody else has claimed the same file for another order: nobody gets it.
  public static void dispute(DynamoDbClient dynamo, String table, Map<String, AttributeValue> key) {
    attempt(
        () ->
            dynamo.updateItem(
                request ->
                    request
                        .tableName(table)
                        .key(key)
                        .updateExpression("SET pdf_disputed = :yes")
                        .conditionExpression("attribute_exists(#at)")
                        .expressionAttributeNames(Map.of("#at", "at"))
                        .expressionAttributeValues(Map.of(":yes", Item.bool(true)))));
  }

  private static void attempt(Runnable write) {
    try {
      write.run();
    } catch (ConditionalCheckFailedException better) {
      // what is there counts more
    }
  }
}
