package org.studygate.dicom.deidentify;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The UIDs of the copies that one bucket shows: the same old one always becomes the same new one,
/// and nobody without the key can tell which was which, or that two buckets show the same study.
public final class NewUids {
  private static final int BITS = 128;

  private final SecretKeySpec key;

  public NewUids(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("too short a key");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /// `2.25.` and 128 bits of what the key makes of it.
  public String of(String old) {
    return "2.25." + new BigInteger(1, digest(old));
  }

  /// What stands in place of a PatientID.
  public String patient(String old) {
    return HexFormat.of().formatHex(digest("patient " + old)); // no UID begins so
  }

  private byte[] digest(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), BITS / 8);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
