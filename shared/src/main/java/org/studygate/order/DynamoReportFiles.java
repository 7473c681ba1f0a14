package org.studygate.order;

import static org.studygate.dynamo.Condition.above;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Item.s;

import java.util.Map;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// In the Orders table, one partition a file: `order_id=file:<hash of its path> | item=`
/// - `pdf#<key> | rank`
/// - `named#<report>#<version>#<study> | of_order | report | version | study?`
///
/// A colon stands in no department's name, so that no order is called like a file.
public final class DynamoReportFiles implements ReportFiles {
  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoReportFiles(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public void arrived(String file, Report.Pdf pdf) {
    var key = Map.of("order_id", s("file:" + file), "item", s("pdf#" + pdf.key()));
    Change.of(table, key)
        .set("pdf_rank", pdf.rank())
        .when(any(absent("pdf_rank"), above("pdf_rank", s(pdf.rank()))))
        .run(dynamo); // refused: the same bytes came before, and their first time counts
  }

  @Override
  public void named(String file, Naming naming) {
    var study = naming.study().map(StudyId::value);
    var item =
        Item.write()
            .put("order_id", "file:" + file)
            .put(
                "item",
                "named#" + naming.report() + "#" + naming.version() + "#" + study.orElse(""))
            .put("of_order", naming.order().toString())
            .put("report", naming.report())
            .put("version", naming.version())
            .putIfPresent("study", study)
            .attributes();
    dynamo.putItem(request -> request.tableName(table).item(item));
  }

  @Override
  public Found find(String file) {
    var items =
        dynamo
            .queryPaginator(
                request ->
                    request
                        .tableName(table)
                        .keyConditionExpression("order_id = :file")
                        .expressionAttributeValues(Map.of(":file", s("file:" + file)))
                        .consistentRead(true))
            .items()
            .stream()
            .map(Item::of)
            .toList();
    return new Found(
        items.stream()
            .filter(item -> item.has("pdf_rank"))
            .map(item -> new Report.Pdf(item.text("item").substring(4), item.text("pdf_rank")))
            .toList(),
        items.stream()
            .filter(item -> item.has("of_order"))
            .map(DynamoReportFiles::naming)
            .toList());
  }

  private static Naming naming(Item item) {
    return new Naming(
        OrderId.parse(item.text("of_order")),
        item.optionalText("study").map(StudyId::new),
        item.text("report"),
        item.text("version"));
  }
}
