package org.studygate.access;

import org.studygate.order.BirthDate;
import org.studygate.platform.Pepper;

/// How numbers and dates of birth are kept: keyed, and the date bound to its number.
final class Hashes {
  private Hashes() {}

  static String reference(Pepper pepper, ReferenceNumber number) {
    return pepper.hash("reference", number.normalised());
  }

  static String birth(Pepper pepper, String referenceHash, BirthDate dateOfBirth) {
    return pepper.hash("birth", referenceHash + '|' + dateOfBirth.text());
  }
}
