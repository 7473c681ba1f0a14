package org.studygate.notice;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// What of a hospital's objects of a day it should look at: how many of which code, and where they
/// are told one by one. Nothing of a patient.
///
/// @param where the receipts lie
public record DigestMessage(
    String to,
    String language,
    String department,
    LocalDate day,
    String where,
    SortedMap<String, Long> counts)
    implements Message {
  @Override
  public String channel() {
    return "email";
  }

  @Override
  public MessageKind kind() {
    return MessageKind.DIGEST;
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("day", day);
    fields.put("where", where);
    fields.put("counts", counts);
    return Json.text(fields);
  }

  static DigestMessage read(JsonObject object) {
    var read = object.object("counts");
    var counts = new TreeMap<String, Long>();
    read.names().forEach(code -> counts.put(code, read.optionalLong(code).orElseThrow()));
    return new DigestMessage(
        object.string("to"),
        object.string("language"),
        object.string("department"),
        object.date("day"),
        object.string("where"),
        counts);
  }

  @Override
  public String toString() {
    return "DigestMessage[…]";
  }
}
