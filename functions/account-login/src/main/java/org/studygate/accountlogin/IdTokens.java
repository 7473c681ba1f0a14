package org.studygate.accountlogin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;

/// What the user pool says of somebody whom a hospital has signed in, believed only when all of it
/// holds: signed by RS256 and nothing else, by a key of the configured address, for us, now, and in
/// answer to what this browser asked (ASVS 9.1.2, 9.1.3, 9.2.2; OpenID Connect Core, 3.1.3.7).
final class IdTokens {
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration OLDEST = Duration.ofMinutes(10);
  private static final int LONGEST = 16 * 1024;

  private final Keys keys;
  private final Providers providers;
  private final Clock clock;

  IdTokens(Keys keys, Providers providers, Clock clock) {
    this.keys = keys;
    this.providers = providers;
    this.clock = clock;
  }

  /// @param email empty where the provider has not verified it
  record Claims(String sub, String provider, Optional<String> email) {
    @Override
    public String toString() {
      return "Claims[…]";
    }
  }

  /// Empty, whatever does not hold.
  Optional<Claims> verify(String token, String nonce) {
    try {
      var parts = token.split("\\.", -1);
      if (token.length() > LONGEST || parts.length != 3) {
        return Optional.empty();
      }
      var header = JsonObject.parse(decoded(parts[0]));
      if (!header.string("alg").equals("RS256") || header.names().contains("crit")) {
        return Optional.empty();
      }
      var signed = (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII);
      var signature = decoded(parts[2]);
      return keys.find(header.string("kid"))
          .filter(key -> holds(key, signed, signature))
          .map(_ -> JsonObject.parse(decoded(parts[1])))
          .filter(claims -> holds(claims, nonce))
          .map(IdTokens::claims);
    } catch (BadJson | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static byte[] decoded(String part) {
    if (part.indexOf('=') >= 0) {
      throw new IllegalArgumentException("base64url of tokens has no padding");
    }
    return Base64.getUrlDecoder().decode(part);
  }

  private static boolean holds(RSAPublicKey key, byte[] signed, byte[] signature) {
    try {
      var verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException broken) {
      return false;
    }
  }

  private boolean holds(JsonObject claims, String nonce) {
    var now = clock.instant();
    var issued = time(claims, "iat");
    return claims.string("iss").equals(providers.issuer())
        && claims.string("aud").equals(providers.client())
        && claims.string("token_use").equals("id")
        && same(claims.string("nonce"), nonce)
        && now.isBefore(time(claims, "exp").plus(SKEW))
        && !issued.isAfter(now.plus(SKEW))
        && issued.isAfter(now.minus(OLDEST))
        && !claims
            .optionalLong("nbf")
            .map(Instant::ofEpochSecond)
            .orElse(now)
            .isAfter(now.plus(SKEW));
  }

  private static Instant time(JsonObject claims, String name) {
    return Instant.ofEpochSecond(
        claims.optionalLong(name).orElseThrow(() -> new IllegalArgumentException(name)));
  }

  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static Claims claims(JsonObject claims) {
    var provider =
        claims.objects("identities").stream()
            .findFirst()
            .map(identity -> identity.string("providerName"))
            .orElse("");
    return new Claims(
        claims.string("sub"),
        provider,
        claims.optionalString("email").filter(_ -> verified(claims)));
  }

  /// Cognito says so as a flag; what a provider's own claim was mapped to may be a text.
  private static boolean verified(JsonObject claims) {
    try {
      return claims.bool("email_verified", false);
    } catch (BadJson text) {
      return claims.string("email_verified").equals("true");
    }
  }
}
