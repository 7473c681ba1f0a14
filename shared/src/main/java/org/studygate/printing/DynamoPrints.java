package org.studygate.printing;

import static org.studygate.dynamo.Item.s;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.DynamoBuckets;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.DynamoCopies;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Transaction;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.notice.Seal;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.References;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `act_id=5f… | digest=9a… | sealed=… | made_at | purge_at`: what one act came to, once for its
/// key; what its letter says is sealed, for the number is in it.
///
/// Beside an account `item=remembered | verification | prefix? | language`.
public final class DynamoPrints implements Prints {
  private static final String REMEMBERED = "remembered";

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoAuditTrail trail;
  private final Seal seal;

  public record Tables(
      String acts, String buckets, String references, String accounts, String studies) {}

  public DynamoPrints(DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail, Seal seal) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.trail = trail;
    this.seal = seal;
  }

  @Override
  public Optional<Act> find(String id) {
    var found =
        dynamo.getItem(
            request ->
                request.tableName(tables.acts()).key(Map.of("act_id", s(id))).consistentRead(true));
    return found.hasItem() ? Optional.of(act(id, Item.of(found.item()))) : Optional.empty();
  }

  private Act act(String id, Item item) {
    return new Act(
        item.text("digest"), item.time("made_at"), printed(seal.open(id, item.text("sealed"))));
  }

  @Override
  public boolean write(Writing writing) {
    var bucket = writing.bucket();
    var at = writing.act().at();
    var printed = writing.act().printed();
    var act =
        Item.write()
            .put("act_id", printed.id())
            .put("digest", writing.act().digest())
            .put("sealed", seal.close(printed.id(), Json.text(printed)))
            .put("made_at", at)
            .purgeAt(at.plus(KEPT))
            .attributes();
    var entry = new References.Entry(bucket.id(), writing.birthHash(), writing.birthKnown());
    var all =
        new Transaction()
            .step("act", new NewItem(tables.acts(), act, "act_id").step())
            .step(
                "number",
                DynamoReferences.claiming(
                    tables.references(), writing.referenceHash(), entry, DynamoAuditTrail.time(at)))
            .step(
                "bucket",
                DynamoBuckets.giving(
                    tables.buckets(),
                    bucket,
                    writing.given(),
                    writing.referenceHash(),
                    writing.birthHash()))
            .put("remembered", tables.accounts(), remembered(printed.by(), writing.remembered()));
    if (bucket.origin().anonymised()) {
      all.step(
          "copies", DynamoCopies.beginning(tables.studies(), bucket.id(), bucket.department(), at));
    }
    var events = writing.events();
    all.step("event", trail.recording(events.getFirst(), writing.given().reason()));
    for (var i = 1; i < events.size(); i++) {
      all.step("event " + i, trail.recording(events.get(i)));
    }
    return all.commit(dynamo).done();
  }

  private static Map<String, AttributeValue> remembered(String account, Remembered remembered) {
    return Item.write()
        .put("account_id", account)
        .put("item", REMEMBERED)
        .put("verification", remembered.verification())
        .putIfPresent("prefix", remembered.prefix())
        .put("language", remembered.language())
        .attributes();
  }

  @Override
  public Optional<Remembered> remembered(String account) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.accounts())
                    .key(Map.of("account_id", s(account), "item", s(REMEMBERED))));
    return found.hasItem()
        ? Optional.of(Item.of(found.item()))
            .map(
                item ->
                    new Remembered(
                        item.text("verification"),
                        item.optionalText("prefix"),
                        item.text("language")))
        : Optional.empty();
  }

  private static Printed printed(String text) {
    var json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    return new Printed(
        json.string("id"),
        json.string("by"),
        json.string("bucket"),
        json.string("department"),
        json.string("number"),
        json.string("patient"),
        json.objects("exams").stream().map(DynamoPrints::exam).toList(),
        json.string("verification"),
        json.optionalString("sentTo"),
        json.bool("report", false),
        json.bool("anonymized", false),
        json.string("language"),
        json.date("validUntil"),
        json.optionalString("message"));
  }

  private static Exam exam(JsonObject json) {
    return new Exam(
        json.string("id"),
        json.optionalDate("date"),
        json.optionalString("description").orElse(""));
  }
}
