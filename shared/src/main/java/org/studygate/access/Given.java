package org.studygate.access;

import java.time.Instant;

/// What is kept beside a bucket that a person gave, for whoever looks after it.
///
/// @param reason never told to whom it was given
/// @param agreedAt when somebody said that the patient agrees
/// @param agreedText the version of the sentence that was agreed to
public record Given(String reason, Instant agreedAt, String agreedText) {
  @Override
  public String toString() {
    return "Given[…]";
  }
}
