package org.studygate.credential;

/// Where somebody stands on the way in. What was shown before, in this order, led there.
public enum Stage {
  /// A name was given.
  PASSWORD,
  /// The password was right; an authenticator app is asked.
  TOTP,
  /// The password was right; a code was sent.
  OTP,
  /// The password was right, and no second factor is there: one is to be chosen.
  CHOOSE_FACTOR,
  /// An app has the new secret and owes its first code.
  ENROL_TOTP,
  /// The password was right, and somebody else has chosen it.
  FIRST_PASSWORD,
  /// It was said that a password is forgotten; a code was sent to whoever it is.
  FORGOTTEN,
  /// Somebody wants an account and owes the code that was sent to the mobile.
  REGISTER,
  /// Sent to who signs a domain's people in, and not back yet.
  PROVIDER
}
