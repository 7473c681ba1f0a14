package org.studygate.notice;

import java.util.LinkedHashMap;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A one-time code on its way to a person.
///
/// @param channel `sms` or `email`
/// @param department whose patient it is for; none for somebody with an account
public record CodeMessage(
    String channel, String to, String language, String department, String code) implements Message {
  /// Whoever signs in with an account does so at no department.
  static final String OF_ACCOUNT = "";

  @Override
  public MessageKind kind() {
    return MessageKind.CODE;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("channel", channel);
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("code", code);
    return Json.text(fields);
  }

  static CodeMessage read(JsonObject object) {
    return new CodeMessage(
        object.string("channel"),
        object.string("to"),
        object.string("language"),
        object.string("department"),
        object.string("code"));
  }

  @Override
  public String toString() {
    return "CodeMessage[" + channel + "]";
  }
}
