package org.studygate.notice;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import org.studygate.department.Price;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// What was paid, to whom and when; nothing of the exam.
///
/// @param number by which the department finds the payment at the provider
public record ReceiptMessage(
    String to, String language, String department, Price price, LocalDate paid, String number)
    implements Message {
  @Override
  public String channel() {
    return "email";
  }

  @Override
  public MessageKind kind() {
    return MessageKind.RECEIPT;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("value", price.value());
    fields.put("currency", price.currency().getCurrencyCode());
    fields.put("paid", paid);
    fields.put("number", number);
    return Json.text(fields);
  }

  static ReceiptMessage read(JsonObject object) {
    return new ReceiptMessage(
        object.string("to"),
        object.string("language"),
        object.string("department"),
        Price.of(object.optionalLong("value").orElseThrow(), object.string("currency")),
        object.date("paid"),
        object.string("number"));
  }

  @Override
  public String toString() {
    return "ReceiptMessage[…]";
  }
}
