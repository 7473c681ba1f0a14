package org.studygate.order;

import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.Grant;
import org.studygate.access.NameKey;
import org.studygate.access.Reason;
import org.studygate.dynamo.Batch;
import org.studygate.dynamo.Item;
import org.studygate.json.Json;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Studies as lists find them, many at once: what roll-up leaves of a complete one, by batch writes
/// and without their files.
public final class MadeStudies {
  private final DynamoDbClient dynamo;
  private final Map<String, Map<String, AttributeValue>> studies = new LinkedHashMap<>();
  private final Map<String, Map<String, AttributeValue>> rows = new LinkedHashMap<>();

  public MadeStudies(DynamoDbClient dynamo) {
    this.dynamo = dynamo;
  }

  /// What is different from study to study.
  ///
  /// @param born as ISO 8601
  public record Made(
      String department,
      String uid,
      String accession,
      String family,
      String given,
      String born,
      String patientId,
      LocalDate day,
      String time,
      String modality,
      Optional<String> report,
      Instant came) {
    /// A CT of An Peeters that came on its day.
    public static Made of(String department, String uid, LocalDate day, Instant came) {
      return new Made(
          department,
          uid,
          "A" + uid,
          "Peeters",
          "An",
          "1958-03-07",
          "P-1",
          day,
          "10:15:00",
          "CT",
          Optional.empty(),
          came);
    }

    public Made named(String family, String given, String born) {
      return new Made(
          department,
          uid,
          accession,
          family,
          given,
          born,
          patientId,
          day,
          time,
          modality,
          report,
          came);
    }

    public Made numbered(String patientId, String accession) {
      return new Made(
          department,
          uid,
          accession,
          family,
          given,
          born,
          patientId,
          day,
          time,
          modality,
          report,
          came);
    }

    public Made as(String modality) {
      return new Made(
          department,
          uid,
          accession,
          family,
          given,
          born,
          patientId,
          day,
          time,
          modality,
          report,
          came);
    }

    public Made reported(String version) {
      return new Made(
          department,
          uid,
          accession,
          family,
          given,
          born,
          patientId,
          day,
          time,
          modality,
          Optional.of(version),
          came);
    }

    public StudyId id() {
      return StudyId.of(department, uid);
    }

    public OrderId order() {
      return new OrderId(department, accession);
    }

    public Grant.Place place() {
      return new Grant.Place(day + "T" + time + "#" + id(), NameKey.of(family, born));
    }

    Card card() {
      return new Card(
          id(),
          department,
          Optional.of(order()),
          Optional.of(accession),
          Optional.of(day),
          modality + " " + uid,
          List.of(modality),
          new About.Patient(
              given + " " + family,
              BirthDate.parse(born),
              Optional.of(patientId),
              Optional.empty(),
              Optional.of("F")),
          true,
          report.map(version -> new Card.Written(version, "final")),
          Optional.of(came));
    }
  }

  public MadeStudies study(Made made) {
    studies.put(
        made.id().value(),
        Item.write()
            .put("study_id", made.id().value())
            .put("item", "study")
            .put("department", made.department())
            .put("uid", made.uid())
            .put("order_id", made.order().toString())
            .put("complete", true)
            .put("first_at", made.came())
            .put("first_complete_at", made.came())
            .put("instances", 1)
            .put("card", Json.text(made.card()))
            .put("card_stamp", 1)
            .attributes());
    term(made, "term#patient", Term.patient(made.patientId()));
    term(made, "term#accession", Term.accession(made.accession()));
    return this;
  }

  private void term(Made made, String item, Term term) {
    studies.put(
        made.id() + item,
        Map.of(
            "study_id",
            s(made.id().value()),
            "item",
            s(item),
            "term",
            s(term.text()),
            "sorted",
            s(made.day().toString())));
  }

  public MadeStudies row(
      Made made, String principal, String bucket, Reason.Kind kind, Optional<String> by) {
    rows.put(
        made.id() + principal + bucket,
        Item.write()
            .put("study_id", made.id().value())
            .put("holder", principal + '#' + bucket)
            .put("principal", principal)
            .put("bucket_id", bucket)
            .put("reason", kind.code())
            .putIfPresent("by", by)
            .put("order_id", made.order().toString())
            .put("listed", made.place().listed())
            .put("name_key", made.place().nameKey())
            .attributes());
    return this;
  }

  /// Writes what was made since the last time.
  public void write() {
    Batch.put(dynamo, "StudiesTable", studies.values());
    Batch.put(dynamo, "GrantsTable", rows.values());
    studies.clear();
    rows.clear();
  }
}
