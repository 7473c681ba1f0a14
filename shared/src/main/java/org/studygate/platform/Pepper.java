package org.studygate.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The deployment's secret key. What is stored of a reference number, a date of birth or a code is
/// a
/// keyed hash under it, so a copy of the tables alone opens nothing (NIST SP 800-63B, 3.1.2).
public final class Pepper {
  private static final String ALGORITHM = "HmacSHA256";

  private final Secrets secrets;
  private final String arn;
  private volatile @Nullable SecretKeySpec key;

  public Pepper(Secrets secrets, String arn) {
    this.secrets = secrets;
    this.arn = arn;
  }

  /// The purpose keeps hashes of equal texts apart.
  public String hash(String purpose, String text) {
    return HexFormat.of().formatHex(mac(purpose + '|' + text));
  }

  /// A key of 256 bits for one purpose.
  public byte[] derive(String purpose) {
    return mac("key|" + purpose);
  }

  private byte[] mac(String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key());
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private SecretKeySpec key() {
    var known = key;
    if (known == null) {
      known =
          new SecretKeySpec(
              secrets.current(arn, "pepper").getBytes(StandardCharsets.UTF_8), ALGORITHM);
      key = known;
    }
    return known;
  }

  /// After a restore nothing of the snapshot counts.
  public void forget() {
    key = null;
  }
}
