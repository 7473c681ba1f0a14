package org.studygate.reference;

import org.studygate.order.BirthDate;
import org.studygate.platform.Pepper;

/// How numbers and dates of birth are kept: keyed, and the date bound to its number.
public final class Hashes {
  private Hashes() {}

  public static String reference(Pepper pepper, ReferenceNumber number) {
    return pepper.hash("reference", number.normalised());
  }

  public static String birth(Pepper pepper, String referenceHash, BirthDate dateOfBirth) {
    return pepper.hash("birth", referenceHash + '|' + dateOfBirth.text());
  }
}
