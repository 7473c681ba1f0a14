package org.studygate.receipt;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Item.purgeAt;

import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// `department_id=noord | item=receipt#20261123T100000Z-0f3c… | code | sentence | at | key? |
/// accession? | study_uid? | sop_uid? | purge_at`, beside the counts of the day in the same
/// table. The id begins with the time, so items lie in the order in which they came.
public final class DynamoReceiptNotes implements ReceiptNotes {
  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoReceiptNotes(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public boolean note(Receipt receipt, String id) {
    var about = receipt.about();
    return Change.of(table, DynamoReceiptBook.key(receipt.department(), id))
        .set("code", receipt.code())
        .set("sentence", receipt.sentence())
        .set("at", receipt.at())
        .set("purge_at", purgeAt(receipt.at().plus(ReceiptBook.KEPT)))
        .setOrRemove("key", receipt.key().map(Item::s))
        .setOrRemove("accession", about.accession().map(Item::s))
        .setOrRemove("study_uid", about.studyUid().map(Item::s))
        .setOrRemove("sop_uid", about.sopUid().map(Item::s))
        .when(absent("at"))
        .run(dynamo)
        .written();
  }
}
