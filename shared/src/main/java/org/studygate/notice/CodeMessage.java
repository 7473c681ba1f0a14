package org.studygate.notice;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A one-time code on its way to a person. It exists in memory and, sealed, in the outbox.
///
/// @param channel `sms` or `email`
public record CodeMessage(
    String channel, String to, String language, String department, String code) {
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("channel", channel);
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("code", code);
    return Json.text(fields);
  }

  public static CodeMessage parse(String json) {
    var object = JsonObject.parse(json.getBytes(StandardCharsets.UTF_8));
    var message =
        new CodeMessage(
            object.string("channel"),
            object.string("to"),
            object.string("language"),
            object.string("department"),
            object.string("code"));
    object.done();
    return message;
  }

  @Override
  public String toString() {
    return "CodeMessage[" + channel + "]";
  }
}
