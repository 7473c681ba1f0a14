package org.studygate.order;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// In the item of the study itself, so that who reads it reads at the same moment where the study
/// belongs: `study_id=4k… | item=study | card (JSON) | card_stamp`. Of one that came as a report
/// alone there is nothing else in it. Beside it:
/// - `term#patient`, `term#accession | term=patient#P-4711 | sorted=2026-11-20`: GSI `ByTerm`
///   (`term`, `sorted`, keys only), sparse
///
/// Card and terms are one transaction: who looks by a term that a card does not say any more finds
/// nothing.
public final class DynamoCards implements Cards {
  private static final String STUDY = "study";
  private static final String CARD = "card";

  /// Sorts before every day.
  private static final String UNDATED = "-";

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoCards(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Map<StudyId, Shown> find(Collection<StudyId> studies) {
    var batch = new BatchRead();
    studies.forEach(study -> batch.get(table, key(study, STUDY)));
    var found = new HashMap<StudyId, Shown>();
    for (var item : batch.run(dynamo).getOrDefault(table, List.of())) {
      shown(item).ifPresent(one -> found.put(one.card().study(), one));
    }
    return found;
  }

  private static Optional<Shown> shown(Item item) {
    return Optional.of(item)
        .filter(one -> one.has(CARD))
        .map(DynamoCards::card)
        .flatMap(
            card ->
                DynamoStudies.study(item)
                    .or(() -> card.order().map(order -> Study.announced(card.study(), order)))
                    .map(study -> new Shown(study, card)));
  }

  @Override
  public Optional<Standing> standing(StudyId study) {
    var found =
        dynamo.getItem(read -> read.tableName(table).key(key(study, STUDY)).consistentRead(true));
    return Optional.of(Item.of(found.item()))
        .filter(item -> item.has(CARD))
        .map(item -> new Standing(card(item), item.number("card_stamp")));
  }

  @Override
  public boolean put(Card card, Optional<Standing> standing) {
    var written =
        Change.of(table, key(card.study(), STUDY))
            .set(CARD, Json.text(card))
            .add("card_stamp", 1)
            .when(
                standing
                    .map(former -> equal("card_stamp", n(former.stamp())))
                    .orElseGet(() -> absent("card_stamp")));
    var writing = new Transaction().change(CARD, written);
    term(writing, card, "term#patient", card.patient().id().map(Term::patient));
    term(writing, card, "term#accession", card.accession().map(Term::accession));
    return writing.commit(dynamo).done();
  }

  private void term(Transaction writing, Card card, String item, Optional<Term> term) {
    var sorted = card.date().map(day -> day.toString()).orElse(UNDATED);
    writing.change(
        item,
        Change.of(table, key(card.study(), item))
            .setOrRemove("term", term.map(one -> s(one.text())))
            .setOrRemove("sorted", term.map(_ -> s(sorted))));
  }

  @Override
  public List<StudyId> under(Term term, int most) {
    var found = new ArrayList<StudyId>();
    dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("ByTerm")
                    .keyConditionExpression("term = :term")
                    .expressionAttributeValues(Map.of(":term", s(term.text())))
                    .scanIndexForward(false)
                    .limit(most))
        .items()
        .forEach(item -> found.add(new StudyId(Item.of(item).text("study_id"))));
    return found;
  }

  private static Card card(Item item) {
    var json = JsonObject.parse(item.text(CARD).getBytes(StandardCharsets.UTF_8));
    var patient = json.object("patient");
    return new Card(
        new StudyId(item.text("study_id")),
        json.string("department"),
        json.optionalObject("order")
            .map(order -> new OrderId(order.string("department"), order.string("accession"))),
        json.optionalString("accession"),
        json.optionalDate("date"),
        json.string("description"),
        json.strings("modalities"),
        new About.Patient(
            patient.string("name"),
            patient.optionalString("birthDate").flatMap(BirthDate::parse),
            patient.optionalString("id"),
            patient.optionalString("issuer"),
            patient.optionalString("sex")),
        json.bool("images", false),
        json.optionalObject("report")
            .map(report -> new Card.Written(report.string("version"), report.string("state"))),
        json.optionalInstant("came"));
  }

  private static Map<String, AttributeValue> key(StudyId study, String item) {
    return Map.of("study_id", s(study.value()), "item", s(item));
  }
}
