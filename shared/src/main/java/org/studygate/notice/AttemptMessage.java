package org.studygate.notice;

import java.util.LinkedHashMap;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// To somebody with an account: somebody wanted another one with the same mail address.
public record AttemptMessage(String to, String language) implements Message {
  @Override
  public MessageKind kind() {
    return MessageKind.ATTEMPT;
  }

  @Override
  public String channel() {
    return "email";
  }

  @Override
  public String department() {
    return CodeMessage.OF_ACCOUNT;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("to", to);
    fields.put("language", language);
    return Json.text(fields);
  }

  static AttemptMessage read(JsonObject object) {
    return new AttemptMessage(object.string("to"), object.string("language"));
  }

  @Override
  public String toString() {
    return "AttemptMessage[…]";
  }
}
