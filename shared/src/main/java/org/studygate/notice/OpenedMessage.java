package org.studygate.notice;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// To whoever shared exams: they were opened for the first time.
///
/// @param by who opened them, by name
/// @param exam that was opened first; of an anonymised one everything in it is empty
/// @param study to which its link leads; without one it leads to what one has shared
public record OpenedMessage(
    String to,
    String language,
    String department,
    String by,
    ShareMessage.Exam exam,
    Optional<String> study)
    implements Message {
  @Override
  public String channel() {
    return "email";
  }

  @Override
  public MessageKind kind() {
    return MessageKind.OPENED;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("by", by);
    fields.put("exam", exam.fields());
    fields.put("study", study);
    return Json.text(fields);
  }

  static OpenedMessage read(JsonObject object) {
    return new OpenedMessage(
        object.string("to"),
        object.string("language"),
        object.string("department"),
        object.string("by"),
        ShareMessage.Exam.read(object.object("exam")),
        object.optionalString("study"));
  }

  @Override
  public String toString() {
    return "OpenedMessage[…]";
  }
}
