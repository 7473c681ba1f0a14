package org.studygate.notice;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A study, or its report, is there for somebody with an account. Of the patient it says initials
/// alone; its link leads to whoever is signed in and to nobody else.
///
/// @param images how many pictures the study has; none where it came as a report
public record NewsMessage(
    String to,
    String language,
    String department,
    What what,
    String study,
    String initials,
    String description,
    Optional<LocalDate> date,
    int images)
    implements Message {
  public enum What {
    STUDY("study"),
    REPORT("report");

    private final String code;

    What(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  @Override
  public String channel() {
    return "email";
  }

  @Override
  public MessageKind kind() {
    return MessageKind.NEWS;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("what", what.name());
    fields.put("study", study);
    fields.put("initials", initials);
    fields.put("description", description);
    fields.put("date", date);
    fields.put("images", images);
    return Json.text(fields);
  }

  static NewsMessage read(JsonObject object) {
    return new NewsMessage(
        object.string("to"),
        object.string("language"),
        object.string("department"),
        What.valueOf(object.string("what")),
        object.string("study"),
        object.string("initials"),
        object.string("description"),
        object.optionalDate("date"),
        object.optionalInt("images").orElse(0));
  }

  @Override
  public String toString() {
    return "NewsMessage[…]";
  }
}
