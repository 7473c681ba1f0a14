package org.studygate.notice;

import java.util.LinkedHashMap;
import java.util.Locale;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A one-time code on its way to a person.
///
/// @param channel `sms` or `email`
/// @param department whose patient it is for; none for somebody with an account
public record CodeMessage(
    String channel, String to, String language, String department, String code, Use use)
    implements Message {
  /// Whoever signs in with an account does so at no department.
  static final String OF_ACCOUNT = "";

  /// What a code is for.
  public enum Use {
    /// The images of a patient.
    CODE,
    /// An account.
    SIGNIN,
    /// What was shared with somebody who has signed in.
    OPENING;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CodeMessage(String channel, String to, String language, String department, String code) {
    this(
        channel,
        to,
        language,
        department,
        code,
        department.equals(OF_ACCOUNT) ? Use.SIGNIN : Use.CODE);
  }

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
    fields.put("use", use.name());
    return Json.text(fields);
  }

  static CodeMessage read(JsonObject object) {
    var bare =
        new CodeMessage(
            object.string("channel"),
            object.string("to"),
            object.string("language"),
            object.string("department"),
            object.string("code"));
    return object
        .optionalString("use")
        .map(Use::valueOf)
        .map(use -> bare.of(use))
        .orElse(bare); // of before it was told
  }

  private CodeMessage of(Use other) {
    return new CodeMessage(channel, to, language, department, code, other);
  }

  @Override
  public String toString() {
    return "CodeMessage[" + channel + "]";
  }
}
