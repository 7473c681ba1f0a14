package org.studygate.messageingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.inbox.InboxObject;
import org.studygate.inbox.Quarantine;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.objects.Objects;
import org.studygate.platform.Deadline;
import org.studygate.platform.TimedStream;
import org.studygate.study.SeriesUid;

/// One object of the inbox that is no image: told by its content, handled, or put into quarantine
/// with its reason. Only faults of our own are tried again.
final class Intake {
  private static final int LARGEST = 50 << 20;
  private static final int LARGEST_JSON = 4 << 20;

  private final Objects inbox;
  private final Departments departments;
  private final Quarantine quarantine;
  private final OrderMessages orders;
  private final ReportMessages reports;
  private final DoneMessages dones;

  Intake(
      Objects inbox,
      Departments departments,
      Quarantine quarantine,
      OrderMessages orders,
      ReportMessages reports,
      DoneMessages dones) {
    this.inbox = inbox;
    this.departments = departments;
    this.quarantine = quarantine;
    this.orders = orders;
    this.reports = reports;
    this.dones = dones;
  }

  void take(InboxObject object, Deadline deadline) throws IOException {
    try {
      read(object, deadline);
    } catch (Refused refused) {
      quarantine.keep(object, refused.reason(), refused.sentence(), -1, refused.about());
    }
  }

  private void read(InboxObject object, Deadline deadline) throws IOException, Refused {
    var department =
        object
            .department()
            .flatMap(departments::find)
            .orElseThrow(
                () ->
                    new Refused(
                        "unknown-department", "The key names no department of this environment."));
    if (object.size() > LARGEST) {
      throw new Refused("too-large", "A message or a PDF may hold 50 MB.");
    }
    var found = inbox.open(object.key());
    if (found.isEmpty()) {
      quarantine.gone(object);
      return;
    }
    byte[] bytes;
    try (var stream = new TimedStream(found.get().stream(), deadline)) {
      bytes = stream.readNBytes(LARGEST + 1);
    }
    var start = new String(bytes, 0, Math.min(64, bytes.length), StandardCharsets.UTF_8);
    var text = start.startsWith("\uFEFF") ? start.substring(1) : start;
    if (text.startsWith("%PDF")) {
      reports.pdf(object, department, bytes);
    } else if (text.startsWith("MSH|")) {
      throw new Refused("hl7-not-yet", "HL7 messages are not read yet: send the same as JSON.");
    } else if (text.stripLeading().startsWith("{")) {
      json(object, department, bytes);
    } else {
      throw new Refused(
          "unknown-content", "This is neither DICOM, JSON, PDF nor HL7, told by its content.");
    }
  }

  private void json(InboxObject object, Department department, byte[] bytes)
      throws IOException, Refused {
    if (bytes.length > LARGEST_JSON) {
      throw new Refused("too-large", "A JSON message may hold 4 MB.");
    }
    JsonObject json;
    try {
      json = JsonObject.parse(bytes);
    } catch (BadJson malformed) {
      throw refused(malformed);
    }
    try {
      switch (json.string("type")) {
        case "order" -> orders.take(object, department, json);
        case "report" -> reports.take(object, department, json);
        case "done" -> dones.take(object, department, json);
        default -> throw new Refused("unknown-type", "The type is none of order, report, done.");
      }
    } catch (BadJson malformed) {
      throw refused(malformed).about(accession(json), studyUid(json));
    } catch (Refused refused) {
      throw refused.about(accession(json), studyUid(json));
    }
  }

  private static Refused refused(BadJson malformed) {
    return new Refused(
        malformed.code(),
        "The message cannot be used: "
            + malformed.getMessage()
            + ". Correct it and send it again.");
  }

  /// What the hospital finds the message by, as far as it can be told.
  private static Optional<String> accession(JsonObject json) {
    return named(json, "accession");
  }

  private static Optional<String> studyUid(JsonObject json) {
    return named(json, "studyUid").filter(SeriesUid::isUid);
  }

  private static Optional<String> named(JsonObject json, String name) {
    try {
      return json.optionalText(name, 64);
    } catch (BadJson unusable) {
      return Optional.empty();
    }
  }
}
