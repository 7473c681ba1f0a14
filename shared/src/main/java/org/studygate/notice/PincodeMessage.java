package org.studygate.notice;

import java.util.LinkedHashMap;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// The pincode, by SMS and in no other way (product.md 3.3).
public record PincodeMessage(String to, String language, String department, String pincode)
    implements Message {
  @Override
  public String channel() {
    return "sms";
  }

  @Override
  public MessageKind kind() {
    return MessageKind.PINCODE;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("pincode", pincode);
    return Json.text(fields);
  }

  static PincodeMessage read(JsonObject object) {
    return new PincodeMessage(
        object.string("to"),
        object.string("language"),
        object.string("department"),
        object.string("pincode"));
  }

  @Override
  public String toString() {
    return "PincodeMessage[…]";
  }
}
