package org.studygate.dicom.guard;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What we let pass as a UID: digits and dots, so that no key made of it can ever climb out of its
/// folder.
public final class Uids {
  /// Numbers with something else between: not so short that two objects may well share it, nor so
  /// long that it is something else.
  private static final Pattern WRITTEN =
      Pattern.compile("(?=.*\\d.*\\d.*\\d)[!-~][ -~]{6,126}[!-~]");

  private static final int BITS = 128;

  private Uids() {}

  /// In place of a text that is no UID, always the same one for the same text: `2.25.` and 128 bits
  /// of its hash. Empty where nobody would have meant it as one.
  static Optional<String> made(String text) {
    if (!WRITTEN.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var hash = sha256.digest(text.getBytes(StandardCharsets.US_ASCII));
      return Optional.of("2.25." + new BigInteger(1, Arrays.copyOf(hash, BITS / 8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// `[0-9]+(\.[0-9]+)*`, at most 64 characters.
  public static boolean valid(String uid) {
    if (uid.isEmpty() || uid.length() > 64) {
      return false;
    }
    var afterDot = true;
    for (var i = 0; i < uid.length(); i++) {
      var c = uid.charAt(i);
      if (c == '.') {
        if (afterDot) {
          return false;
        }
        afterDot = true;
      } else if (c >= '0' && c <= '9') {
        afterDot = false;
      } else {
        return false;
      }
    }
    return !afterDot;
  }
}
