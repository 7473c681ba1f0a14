package org.studygate.department;

import java.util.Arrays;
import java.util.Optional;
import org.studygate.limit.Tries;

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

  public static Optional<Verification> of(String code) {
    return Arrays.stream(values()).filter(value -> value.code.equals(code)).findFirst();
  }

  /// Whether a one-time code is sent.
  public boolean byCode() {
    return this == OTP_SMS || this == OTP_EMAIL;
  }

  /// How often in a row it may be wrong.
  public Tries tries() {
    return this == PAYMENT ? Tries.PINCODE : Tries.CODE;
  }

  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }
}
