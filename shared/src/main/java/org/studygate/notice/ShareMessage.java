package org.studygate.notice;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.studygate.department.Verification;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// Somebody has shared exams with the reader. Of a patient it says initials alone, of anonymised
/// exams only how many there are; why they were shared it does not say.
///
/// @param channel `sms` only to a mobile that has no account
/// @param by who shared them, by name
/// @param with the group or department of the reader, where it was shared with all of one
/// @param count how many exams there are
/// @param exams none where they are anonymised
/// @param text what whoever shared them wrote
/// @param lastDay empty where they are shared without an end
public record ShareMessage(
    String channel,
    String to,
    String language,
    String department,
    String by,
    Optional<String> with,
    boolean urgent,
    int count,
    List<Exam> exams,
    Optional<String> text,
    Optional<LocalDate> lastDay,
    Way way)
    implements Message {
  public ShareMessage {
    exams = List.copyOf(exams);
  }

  /// @param initials of its patient
  public record Exam(String initials, String description, Optional<LocalDate> date) {
    static Exam read(JsonObject object) {
      return new Exam(
          object.string("initials"), object.string("description"), object.optionalDate("date"));
    }

    LinkedHashMap<String, Object> fields() {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("initials", initials);
      fields.put("description", description);
      fields.put("date", date);
      return fields;
    }

    @Override
    public String toString() {
      return "Exam[…]";
    }
  }

  /// How the reader gets to them.
  public sealed interface Way {
    /// By the own account.
    ///
    /// @param study where there is one alone
    /// @param code whether a code is asked for before they open
    record SignedIn(Optional<String> study, boolean code) implements Way {}

    /// By a number on the page for patients.
    ///
    /// @param code what is asked for besides number and date of birth
    record ByNumber(String number, Verification code) implements Way {
      @Override
      public String toString() {
        return "ByNumber[…]";
      }
    }
  }

  @Override
  public MessageKind kind() {
    return MessageKind.SHARE;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("channel", channel);
    fields.put("to", to);
    fields.put("language", language);
    fields.put("department", department);
    fields.put("by", by);
    fields.put("with", with);
    fields.put("urgent", urgent);
    fields.put("count", count);
    fields.put("exams", exams.stream().map(Exam::fields).toList());
    fields.put("text", text);
    fields.put("lastDay", lastDay);
    switch (way) {
      case Way.SignedIn(var study, var code) -> {
        fields.put("study", study);
        fields.put("code", code);
      }
      case Way.ByNumber(var number, var code) -> {
        fields.put("number", number);
        fields.put("verification", code.name());
      }
    }
    return Json.text(fields);
  }

  static ShareMessage read(JsonObject object) {
    return new ShareMessage(
        object.string("channel"),
        object.string("to"),
        object.string("language"),
        object.string("department"),
        object.string("by"),
        object.optionalString("with"),
        object.optionalBool("urgent").orElse(false),
        object.optionalInt("count").orElseThrow(),
        object.objects("exams").stream().map(Exam::read).toList(),
        object.optionalString("text"),
        object.optionalDate("lastDay"),
        way(object));
  }

  private static Way way(JsonObject object) {
    var number = object.optionalString("number");
    return number.isPresent()
        ? new Way.ByNumber(number.get(), Verification.valueOf(object.string("verification")))
        : new Way.SignedIn(
            object.optionalString("study"), object.optionalBool("code").orElse(false));
  }

  @Override
  public String toString() {
    return "ShareMessage[" + channel + "]";
  }
}
