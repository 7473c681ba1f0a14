package org.studygate.sharing;

/// Why something is not shared, each with the field that it is about. Every one is a problem of the
/// same name.
public enum Fault {
  NO_STUDY("studies"),
  TOO_MANY_STUDIES("studies"),
  SEVERAL_DEPARTMENTS("studies"),
  /// A number is opened by one date of birth.
  SEVERAL_PATIENTS("studies"),
  NO_ORDER("studies"),
  RECIPIENT_MISSING("recipients"),
  TOO_MANY_RECIPIENTS("recipients"),
  RECIPIENT_TWICE("recipients"),
  RECIPIENT_IS_ONESELF("recipients"),
  /// There is none, or none who may see anything.
  RECIPIENT_UNKNOWN("recipients"),
  /// No code can be sent to somebody without a mobile.
  RECIPIENT_WITHOUT_MOBILE("recipients"),
  /// What came with a code goes on with one.
  RECIPIENT_WITHOUT_CODE("recipients"),
  /// What was shared goes on to people with accounts alone.
  RECIPIENT_WITHOUT_ACCOUNT("recipients"),
  NOT_AN_EMAIL("recipients"),
  NOT_A_MOBILE("recipients"),
  COUNTRY_NOT_ALLOWED("recipients"),
  VERIFICATION_NOT_ALLOWED("recipients"),
  /// One act is one write, and that has an end.
  TOO_MUCH_AT_ONCE("recipients"),
  WRITE_NOT_HELD("access"),
  REASON_MISSING("reason"),
  REASON_TOO_LONG("reason"),
  LANGUAGE_UNKNOWN("language"),
  VALID_UNTIL_PAST("validUntil"),
  VALID_UNTIL_TOO_LATE("validUntil"),
  UNLIMITED_NOT_ALLOWED("unlimited"),
  AGREEMENT_MISSING("patientAgreed"),
  MESSAGE_TOO_LONG("message"),
  ANONYMIZE_NOT_POSSIBLE("anonymize");

  private final String field;

  Fault(String field) {
    this.field = field;
  }

  public String field() {
    return field;
  }

  Wrong wrong() {
    return new Wrong(this, field);
  }

  /// Of one recipient, counted from nought.
  Wrong of(int recipient) {
    return new Wrong(this, field + '.' + recipient);
  }

  /// With the field that shows it.
  public record Wrong(Fault fault, String field) {}
}
