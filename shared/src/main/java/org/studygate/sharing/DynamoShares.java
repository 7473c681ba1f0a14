package org.studygate.sharing;

import static org.studygate.dynamo.Item.s;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.DynamoCopies;
import org.studygate.directory.DynamoFavourites;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Transaction;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import org.studygate.notice.Seal;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.References;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `act_id=5f… | digest=9a… | sealed=… | made_at | purge_at`: what one act came to, once for its
/// key; sealed, for it names a patient.
///
/// Beside an account `item=shared | two_factor | mail | tell_opened`.
public final class DynamoShares implements Shares {
  private static final String REMEMBERED = "shared";

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoAuditTrail trail;
  private final Seal seal;

  public record Tables(
      String acts,
      String buckets,
      String grants,
      String references,
      String outbox,
      String accounts,
      String studies) {}

  public DynamoShares(DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail, Seal seal) {
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
        item.text("digest"), item.time("made_at"), shared(seal.open(id, item.text("sealed"))));
  }

  /// The buckets' ids are new with each try, so no row of another one is touched.
  @Override
  public Outcome write(Writing writing) {
    DynamoGrants.give(dynamo, tables.grants(), writing.rows());
    var outcome = transaction(writing).commit(dynamo);
    if (outcome instanceof Transaction.Outcome.Refused refused) {
      DynamoGrants.takeBack(dynamo, tables.grants(), writing.rows());
      return refused.at("act") ? Outcome.DONE_BEFORE : Outcome.PARENT_GONE;
    }
    return Outcome.DONE;
  }

  private Transaction transaction(Writing writing) {
    var act = writing.act();
    var shared = act.shared();
    var item =
        Item.write()
            .put("act_id", shared.id())
            .put("digest", act.digest())
            .put("sealed", seal.close(shared.id(), Json.text(shared)))
            .put("made_at", act.at())
            .purgeAt(act.at().plus(KEPT))
            .attributes();
    var all = new Transaction().step("act", new NewItem(tables.acts(), item, "act_id").step());
    writing
        .parents()
        .forEach(
            (parent, below) ->
                all.step("parent", DynamoBuckets.passing(tables.buckets(), parent, below)));
    for (var bucket : writing.buckets()) {
      all.step("bucket", DynamoBuckets.sharing(tables.buckets(), bucket, writing.given()));
      copies(all, bucket, act.at());
    }
    for (var one : writing.numbers()) {
      number(all, one, writing);
      copies(all, one.bucket(), act.at());
    }
    for (var mail : writing.mails()) {
      all.step("mail", mail(mail, act));
    }
    for (var favourite : writing.favourites()) {
      all.step(
          "favourite",
          DynamoFavourites.keeping(
              tables.accounts(), shared.by(), favourite.kind(), favourite.id()));
    }
    all.put("remembered", tables.accounts(), remembered(shared.by(), writing.remembered()));
    var reason = writing.given().reason();
    all.step("event", trail.recording(writing.events().getFirst(), reason));
    writing.events().stream().skip(1).forEach(event -> all.step("event", trail.recording(event)));
    return all;
  }

  /// Of copies it waits until they are whole.
  private TransactWriteItem mail(Outgoing mail, Act act) {
    return act.shared().anonymized()
        ? DynamoRelease.keeping(tables.studies(), mail)
        : DynamoOutbox.putting(tables.outbox(), mail, act.at());
  }

  /// That copies are to be made, where it opens copies.
  private void copies(Transaction all, Bucket bucket, Instant at) {
    if (bucket.origin().anonymised()) {
      all.step(
          "copies", DynamoCopies.beginning(tables.studies(), bucket.id(), bucket.department(), at));
    }
  }

  private void number(Transaction all, Numbered one, Writing writing) {
    var entry = new References.Entry(one.bucket().id(), one.birthHash(), one.birthKnown());
    var version = DynamoAuditTrail.time(writing.act().at());
    all.step(
            "number",
            DynamoReferences.claiming(tables.references(), one.referenceHash(), entry, version))
        .step(
            "bucket",
            DynamoBuckets.giving(
                tables.buckets(),
                one.bucket(),
                writing.given(),
                one.referenceHash(),
                one.birthHash()));
  }

  private static Map<String, AttributeValue> remembered(String account, Remembered remembered) {
    return Item.write()
        .put("account_id", account)
        .put("item", REMEMBERED)
        .put("two_factor", remembered.twoFactor())
        .put("mail", remembered.mail())
        .put("tell_opened", remembered.tellOpened())
        .attributes();
  }

  @Override
  public Remembered remembered(String account) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.accounts())
                    .key(Map.of("account_id", s(account), "item", s(REMEMBERED))));
    if (!found.hasItem()) {
      return Remembered.FIRST;
    }
    var item = Item.of(found.item());
    return new Remembered(item.flag("two_factor"), item.flag("mail"), item.flag("tell_opened"));
  }

  private static Shared shared(String text) {
    var json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    return new Shared(
        json.string("id"),
        json.string("by"),
        json.string("department"),
        json.objects("shares").stream().map(DynamoShares::one).toList(),
        json.objects("exams").stream().map(DynamoShares::exam).toList(),
        json.bool("write", false),
        json.string("language"),
        json.optionalDate("validUntil"),
        json.bool("urgent", false),
        json.bool("anonymized", false),
        json.bool("further", false),
        json.bool("tellOpened", false),
        json.optionalString("message"));
  }

  private static Shared.One one(JsonObject json) {
    return new Shared.One(
        json.string("bucket"),
        json.string("kind"),
        json.optionalString("recipient"),
        json.string("name"),
        json.strings("studies"),
        json.bool("twoFactor", false),
        json.bool("mail", false));
  }

  private static Exam exam(JsonObject json) {
    return new Exam(
        json.string("id"),
        json.optionalDate("date"),
        json.optionalString("description").orElse(""),
        json.string("patient"));
  }
}
