package org.studygate.accountlogin;

import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;

/// The public keys of who signs for the user pool, of the one configured address (ASVS 9.1.3). They
/// are kept for an hour; a key that is not among them is looked for once a minute at most, so that
/// nobody makes us ask by inventing names of keys.
final class Keys {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int MOST = 20;
  private static final int SHORTEST = 2048;

  private final Web web;
  private final URI address;
  private final Clock clock;
  private Map<String, RSAPublicKey> known = Map.of();
  private Instant asked = Instant.MIN;

  Keys(Web web, URI address, Clock clock) {
    this.web = web;
    this.address = address;
    this.clock = clock;
  }

  synchronized Optional<RSAPublicKey> find(String kid) {
    var now = clock.instant();
    var stale = !now.isBefore(soonest(KEPT));
    var missing = !known.containsKey(kid) && !now.isBefore(soonest(AGAIN));
    if (stale || missing) {
      asked = now;
      web.get(address).map(Keys::read).ifPresent(read -> known = read);
    }
    return Optional.ofNullable(known.get(kid));
  }

  private Instant soonest(Duration after) {
    return asked.equals(Instant.MIN) ? Instant.MIN : asked.plus(after);
  }

  private static Map<String, RSAPublicKey> read(byte[] json) {
    try {
      var keys = new HashMap<String, RSAPublicKey>();
      for (var one : JsonObject.parse(json).objects("keys")) {
        if (keys.size() < MOST
            && one.string("kty").equals("RSA")
            && one.optionalString("use").orElse("sig").equals("sig")
            && one.optionalString("alg").orElse("RS256").equals("RS256")) {
          key(one).ifPresent(key -> keys.put(one.string("kid"), key));
        }
      }
      return keys;
    } catch (BadJson malformed) {
      return Map.of();
    }
  }

  private static Optional<RSAPublicKey> key(JsonObject one) {
    try {
      var modulus = number(one.string("n"));
      if (modulus.bitLength() < SHORTEST) {
        return Optional.empty();
      }
      var made =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(modulus, number(one.string("e"))));
      return Optional.of((RSAPublicKey) made);
    } catch (GeneralSecurityException | IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  private static BigInteger number(String base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
  }
}
