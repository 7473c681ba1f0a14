package org.studygate.printing;

/// Why a number is not printed, each with the field that it is about; its code is that of the
/// problem of the same name.
public enum Fault {
  NO_STUDY("studies"),
  TOO_MANY_STUDIES("studies"),
  SEVERAL_DEPARTMENTS("studies"),
  SEVERAL_PATIENTS("studies"),
  /// It belongs to no order, so nobody knows the patient by it.
  NO_ORDER("studies"),
  VERIFICATION_NOT_ALLOWED("verification"),
  NOT_A_MOBILE("destination"),
  COUNTRY_NOT_ALLOWED("destination"),
  NOT_AN_EMAIL("destination"),
  REPORT_NOT_ALLOWED("access"),
  REASON_MISSING("reason"),
  REASON_TOO_LONG("reason"),
  LANGUAGE_UNKNOWN("language"),
  VALID_UNTIL_PAST("validUntil"),
  VALID_UNTIL_TOO_LATE("validUntil"),
  AGREEMENT_MISSING("patientAgreed"),
  LABEL_WRONG("label"),
  /// It is for somebody who has nothing to do with the studies.
  LABEL_UNKNOWN("label"),
  MESSAGE_TOO_LONG("message"),
  ANONYMIZE_NOT_POSSIBLE("anonymize");

  private final String field;

  Fault(String field) {
    this.field = field;
  }

  public String field() {
    return field;
  }
}
