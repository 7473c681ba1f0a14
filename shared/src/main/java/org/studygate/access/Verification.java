package org.studygate.access;

/// What a patient shows besides number and date of birth.
public enum Verification {
  DATE_OF_BIRTH("date-of-birth"),
  OTP_SMS("otp-sms"),
  OTP_EMAIL("otp-email"),
  PAYMENT("payment");

  private final String code;

  Verification(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }
}
