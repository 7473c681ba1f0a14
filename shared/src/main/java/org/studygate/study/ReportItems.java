package org.studygate.study;

import static org.studygate.dynamo.Condition.above;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.util.Map;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Versions of reports, kept alike below a study and below an order that has no study yet:
/// `item=report#<id>#<version> | state | at | of_order | language | text | author | pdf |
/// pdf_rank | person | held | series, sop, title and readable of the document it came in`. A write
// that is refused finds what counts more.
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
        item.flag("pdf_disputed"),
        item.optionalText("sop")
            .map(
                sop ->
                    new Document(
                        new SeriesUid(item.text("series")),
                        sop,
                        DocumentKind.REPORT,
                        item.text("title"),
                        item.flag("readable"))));
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
    var change =
        Change.of(table, key)
            .set("state", version.state().name())
            .set("at", version.at())
            .set("language", version.language())
            .set("text", version.text())
            .set("author", version.author())
            .when(any(absent("at"), above("at", n(version.at()))));
    version.order().ifPresent(order -> change.set("of_order", order.toString()));
    version
        .document()
        .ifPresent(
            document ->
                change
                    .set("series", document.series().value())
                    .set("sop", document.uid())
                    .set("title", document.title())
                    .set("readable", document.readable()));
    change.run(dynamo);
  }

  /// Whom the version is about, as the file says that it came in: it counts only where the study
  /// shows that person.
  public static void about(
      DynamoDbClient dynamo, String table, Map<String, AttributeValue> key, Person person) {
    Change.of(table, key).set("person", person.text()).run(dynamo);
  }

  /// Nobody gets this version, even if it is written only later.
  public static void hold(DynamoDbClient dynamo, String table, Map<String, AttributeValue> key) {
    Change.of(table, key).set("held", true).run(dynamo);
  }

  static boolean counts(Item item) {
    return item.has("at") && !item.flag("held");
  }

  public static void attach(
      DynamoDbClient dynamo, String table, Map<String, AttributeValue> key, Report.Pdf pdf) {
    Change.of(table, key)
        .set("pdf", pdf.key())
        .set("pdf_rank", pdf.rank())
        .when(all(exists("at"), any(absent("pdf_rank"), below("pdf_rank", s(pdf.rank())))))
        .run(dynamo);
  }

  /// Somebody else has claimed the same file for another order: nobody gets it.
  public static void dispute(DynamoDbClient dynamo, String table, Map<String, AttributeValue> key) {
    Change.of(table, key).set("pdf_disputed", true).when(exists("at")).run(dynamo);
  }
}
