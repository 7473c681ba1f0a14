package org.studygate.order;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.studygate.json.BadJson;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.study.OrderId;
import org.studygate.study.SeriesUid;

/// The facts of an order as JSON: in the table as in the message.
public final class OrderJson {
  private static final int MOST_LISTED = 100;
  private static final int MOST_COPIES = 50;
  private static final int LONGEST_TEXT = 256;
  private static final int LONGEST_LANGUAGE = 35; // BCP 47's longest usual tag

  /// An item holds 400 kB, and this is not all that lies in an order's.
  private static final int LARGEST = 150_000;

  private OrderJson() {}

  public static Order read(OrderId id, String version, Instant placedAt, JsonObject json) {
    var studies = json.objects("studies").stream().map(OrderJson::listed).toList();
    if (studies.size() > MOST_LISTED) {
      throw BadJson.tooLong("studies", MOST_LISTED, "entries");
    }
    var copies = json.objects("copiesTo");
    if (copies.size() > MOST_COPIES) {
      throw BadJson.tooLong("copiesTo", MOST_COPIES, "entries");
    }
    var order =
        new Order(
            id,
            json.optionalString("accession").orElse(id.accession()),
            version,
            placedAt,
            patient(json.object("patient")),
            json.optionalObject("requestedBy").map(OrderJson::person),
            copies.stream().map(OrderJson::person).toList(),
            studies);
    if (Json.bytes(order).length > LARGEST) {
      throw BadJson.tooLong("the order as a whole", LARGEST, "bytes");
    }
    return order;
  }

  private static Order.Patient patient(JsonObject json) {
    var patient =
        new Order.Patient(
            text(json, "id"),
            text(json, "issuer"),
            familyName(json),
            text(json, "givenName"),
            birthDate(json),
            text(json, "sex"),
            language(json),
            text(json, "mobile"),
            text(json, "email"));
    json.done();
    return patient;
  }

  /// Must be there, though it may be blank.
  private static String familyName(JsonObject json) {
    json.string("familyName");
    return text(json, "familyName").orElse("");
  }

  /// Of an order or a report, as BCP 47 has it.
  public static Optional<String> language(JsonObject json) {
    return json.optionalText("language", LONGEST_LANGUAGE);
  }

  private static BirthDate birthDate(JsonObject json) {
    return BirthDate.parse(json.string("birthDate"))
        .orElseThrow(() -> new BadJson("patient.birthDate must be a date YYYY-MM-DD"));
  }

  /// A person as in `requestedBy`, `copiesTo` and a report's `author`.
  public static Order.Physician person(JsonObject json) {
    var person =
        new Order.Physician(
            text(json, "number"), text(json, "familyName"), text(json, "givenName"));
    json.done();
    return person;
  }

  private static Order.Listed listed(JsonObject json) {
    var listed =
        new Order.Listed(
            json.optionalString("uid"),
            text(json, "description"),
            date(json),
            text(json, "modality"),
            json.optionalInt("expectedInstances"));
    json.done();
    if (!listed.uid().map(SeriesUid::isUid).orElse(true)) {
      throw new BadJson("studies.uid must be a DICOM UID");
    }
    if (listed.expectedInstances().orElse(1) < 1) {
      throw new BadJson("studies.expectedInstances must be at least 1");
    }
    return listed;
  }

  private static Optional<LocalDate> date(JsonObject json) {
    var date = json.optionalDate("date");
    if (date.filter(day -> day.getYear() < 1900 || day.getYear() > 9999).isPresent()) {
      throw new BadJson("studies.date has a year from 1900 to 9999");
    }
    return date;
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.optionalText(name, LONGEST_TEXT);
  }
}
