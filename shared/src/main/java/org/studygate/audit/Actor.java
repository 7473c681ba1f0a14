package org.studygate.audit;

/// Who did something: a kind with an id of ours, never a name. In the trail it is one text,
/// `patient:b7…` for example.
public sealed interface Actor {
  String id();

  /// What a log of accesses may tell of somebody. Trails keep these words: they stay.
  default String kind() {
    return switch (this) {
      case Patient _ -> "patient";
      case Professional _ -> "professional";
      case Staff _ -> "staff";
      case Hospital _ -> "hospital";
      case Studygate _ -> "studygate";
      case Unknown _ -> "unknown";
    };
  }

  default String text() {
    return id().isEmpty() ? kind() : kind() + ':' + id();
  }

  static Actor parse(String text) {
    var at = text.indexOf(':');
    var kind = at < 0 ? text : text.substring(0, at);
    var id = text.substring(at + 1);
    return switch (kind) {
      case "patient" -> new Patient(id);
      case "professional" -> new Professional(id);
      case "staff" -> new Staff(id);
      case "hospital" -> new Hospital(id);
      case "studygate" -> new Studygate(id);
      case "unknown" -> new Unknown();
      default -> throw new IllegalArgumentException("no actor");
    };
  }

  /// Somebody with a visit. What is about no study is told in a trail of their own.
  sealed interface Visitor extends Actor {
    String trail();
  }

  /// Whoever holds the number of a bucket.
  record Patient(String id) implements Visitor {
    @Override
    public String trail() {
      return AuditEvent.bucket(id);
    }
  }

  record Professional(String id) implements Visitor {
    @Override
    public String trail() {
      return AuditEvent.account(id);
    }
  }

  /// At the service desk or in a department.
  record Staff(String id) implements Actor {}

  /// A department's system, by a message.
  record Hospital(String id) implements Actor {}

  /// A part of our own that acts by itself.
  record Studygate(String id) implements Actor {}

  /// Nobody whom we know: a number that was refused.
  record Unknown() implements Actor {
    @Override
    public String id() {
      return "";
    }
  }
}
