package org.studygate.order;

import java.time.Instant;
import java.util.Optional;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.study.OrderId;
import org.studygate.study.SeriesUid;

/// The facts of an order as JSON: in the table as in the message.
public final class OrderJson {
  private static final int MOST_LISTED = 100;

  private OrderJson() {}

  public static Order read(OrderId id, String version, Instant placedAt, JsonObject json) {
    var studies = json.objects("studies").stream().map(OrderJson::listed).toList();
    if (studies.size() > MOST_LISTED) {
      throw new BadJson("studies has more than " + MOST_LISTED + " entries");
    }
    return new Order(
        id,
        version,
        placedAt,
        patient(json.object("patient")),
        json.optionalObject("requestedBy").map(OrderJson::person),
        json.objects("copiesTo").stream().map(OrderJson::person).toList(),
        studies);
  }

  private static Order.Patient patient(JsonObject json) {
    var patient =
        new Order.Patient(
            text(json, "id"),
            text(json, "issuer"),
            json.string("familyName"),
            text(json, "givenName"),
            birthDate(json),
            text(json, "sex"),
            text(json, "language"),
            text(json, "mobile"),
            text(json, "email"));
    json.done();
    return patient;
  }

  private static BirthDate birthDate(JsonObject json) {
    return BirthDate.parse(json.string("birthDate"))
        .orElseThrow(() -> new BadJson("patient.birthDate must be a date YYYY-MM-DD"));
  }

  /// A person as in `requestedBy`, `copiesTo` and a report's `author`.
  public static Order.Person person(JsonObject json) {
    var person =
        new Order.Person(text(json, "number"), text(json, "familyName"), text(json, "givenName"));
    json.done();
    return person;
  }

  private static Order.Listed listed(JsonObject json) {
    var listed =
        new Order.Listed(
            json.optionalString("uid"),
            text(json, "description"),
            json.optionalDate("date"),
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

  /// Text of at most 256 characters; blank reads as absent.
  private static Optional<String> text(JsonObject json, String name) {
    var text = json.optionalString(name).map(String::strip).filter(value -> !value.isEmpty());
    if (text.isPresent() && text.get().length() > 256) {
      throw new BadJson(name + " is longer than 256 characters");
    }
    return text;
  }
}
