package org.studygate.printing;

/// Why a number is not printed, each with the field that it is about.
public enum Fault {
  NO_STUDY("no-study", "studies"),
  TOO_MANY_STUDIES("too-many-studies", "studies"),
  SEVERAL_DEPARTMENTS("studies-of-several-departments", "studies"),
  SEVERAL_PATIENTS("studies-of-several-patients", "studies"),
  /// It belongs to no order, so nobody knows the patient by it.
  NO_ORDER("no-order", "studies"),
  VERIFICATION_NOT_ALLOWED("verification-not-allowed", "verification"),
  NOT_A_MOBILE("not-a-mobile", "destination"),
  COUNTRY_NOT_ALLOWED("country-not-allowed", "destination"),
  NOT_AN_EMAIL("not-an-email", "destination"),
  REPORT_NOT_ALLOWED("report-not-allowed", "access"),
  REASON_MISSING("reason-missing", "reason"),
  REASON_TOO_LONG("reason-too-long", "reason"),
  LANGUAGE_UNKNOWN("language-unknown", "language"),
  VALID_UNTIL_PAST("valid-until-past", "validUntil"),
  VALID_UNTIL_TOO_LATE("valid-until-too-late", "validUntil"),
  AGREEMENT_MISSING("agreement-missing", "patientAgreed"),
  LABEL_WRONG("label-wrong", "label"),
  /// It is for somebody who has nothing to do with the studies.
  LABEL_UNKNOWN("label-unknown", "label"),
  MESSAGE_TOO_LONG("message-too-long", "message"),
  ANONYMIZE_NOT_POSSIBLE("anonymize-not-possible", "anonymize");

  private final String code;
  private final String field;

  Fault(String code, String field) {
    this.code = code;
    this.field = field;
  }

  public String code() {
    return code;
  }

  public String field() {
    return field;
  }
}
