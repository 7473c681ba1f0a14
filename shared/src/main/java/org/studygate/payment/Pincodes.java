package org.studygate.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.studygate.notice.Seal;
import org.studygate.payment.Tab.Pincode;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;

/// Makes, compares and opens pincodes. A pincode works for years, so it has eight digits and is
/// kept as a keyed hash; beside it, sealed, so that staff can have the same one sent again. Both
/// hold for their own bucket only.
public final class Pincodes {
  public static final int DIGITS = 8;

  private final Pepper pepper;
  private final Seal seal;
  private final Tokens tokens;

  public Pincodes(Pepper pepper, SecureRandom random) {
    this.pepper = pepper;
    this.seal = Seal.of("pincode", pepper, random);
    this.tokens = new Tokens(random);
  }

  /// The bucket's own, or a new one for a bucket that has none.
  Pincode of(Tab tab) {
    return tab.pincode().orElseGet(() -> make(tab.bucket()));
  }

  private Pincode make(String bucket) {
    var digits = tokens.digits(DIGITS);
    return new Pincode(hash(bucket, digits), seal.close(bucket, digits));
  }

  String digits(String bucket, Pincode pincode) {
    return seal.open(bucket, pincode.sealed());
  }

  public boolean matches(Tab tab, String typed) {
    var known = tab.pincode().map(Pincode::hash).orElse("");
    return MessageDigest.isEqual(
        known.getBytes(StandardCharsets.UTF_8),
        hash(tab.bucket(), typed).getBytes(StandardCharsets.UTF_8));
  }

  private String hash(String bucket, String digits) {
    return pepper.hash("pincode", bucket + '|' + digits);
  }
}
