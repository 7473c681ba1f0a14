package org.studygate.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Opaque secrets for cookies: 256 bits, told once, stored as their SHA-256.
public final class Tokens {
  private static final int BYTES = 32;

  private final SecureRandom random;

  public Tokens(SecureRandom random) {
    this.random = random;
  }

  public Token next() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Six or eight decimal digits, each equally likely.
  public String digits(int count) {
    var digits = new StringBuilder();
    for (var i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  public String id() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// A secret value on its way to the browser or back.
  public record Token(String secret) {
    public String hash() {
      try {
        var digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public String toString() {
      return "Token[…]";
    }
  }
}
