package org.studygate.limit;

/// How often in a row something typed may be wrong before access is blocked, until somebody unlocks
/// it (product.md 2.6). A try is counted before it is judged, so no more are ever judged; the last
/// one may still be right. The pages tell these numbers: `web/src/lib/rules.ts`.
public enum Tries {
  /// Dates of birth of one number, whether it exists or not.
  DATE(5),
  /// Passwords of one account (product.md 4).
  PASSWORD(5),
  /// One-time codes of one bucket, over all challenges; of one account, those of an app too.
  CODE(5),
  /// Pincodes of one bucket, over all visits.
  PINCODE(5);

  private final int max;

  Tries(int max) {
    this.max = max;
  }

  public int max() {
    return max;
  }
}
