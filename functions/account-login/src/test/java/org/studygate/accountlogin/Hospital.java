package org.studygate.accountlogin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.studygate.json.Json;

/// The sign-in pages of the user pool, as good or as bad as a test wants them.
final class Hospital implements AutoCloseable {
  static final String NAME = "Oost";
  static final String DOMAIN = "az-oost.example";

  private final HttpServer server;
  private final Clock clock;
  private final KeyPair key = pair();
  private final KeyPair stranger = pair();
  final AtomicInteger keysAsked = new AtomicInteger();
  final AtomicInteger codesAsked = new AtomicInteger();
  final Map<String, String> lastForm = new HashMap<>();

  /// What it answers next.
  Map<String, Object> claims = new LinkedHashMap<>();

  Map<String, Object> header = new LinkedHashMap<>();
  String how = "RS256";
  UnaryOperator<String> spoiled = token -> token;

  Hospital(Clock clock) throws IOException {
    this.clock = clock;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/oauth2/token",
        exchange -> {
          codesAsked.incrementAndGet();
          lastForm.clear();
          lastForm.putAll(
              form(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII)));
          answer(exchange, Json.bytes(Map.of("id_token", spoiled.apply(token()))));
        });
    server.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          keysAsked.incrementAndGet();
          answer(exchange, Json.bytes(Map.of("keys", List.of(jwk()))));
        });
    server.start();
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, byte[] body)
      throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// A token as it should be, for this person and the browser that was sent with this address.
  void says(String sub, String email, String url) {
    var asked = form(URI.create(url).getRawQuery());
    var now = clock.instant().getEpochSecond();
    claims = new LinkedHashMap<>();
    claims.put("iss", base());
    claims.put("aud", "UserPoolClient");
    claims.put("sub", sub);
    claims.put("token_use", "id");
    claims.put("nonce", asked.get("nonce"));
    claims.put("iat", now);
    claims.put("exp", now + 900);
    claims.put("email", email);
    claims.put("email_verified", true);
    claims.put("identities", List.of(Map.of("providerName", NAME, "userId", sub)));
    header = new LinkedHashMap<>(Map.of("alg", "RS256", "kid", "k1"));
    how = "RS256";
    spoiled = token -> token;
  }

  static Map<String, String> form(String text) {
    var fields = new HashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      var equals = pair.indexOf('=');
      fields.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  private String token() {
    var signed = base64(Json.bytes(header)) + '.' + base64(Json.bytes(claims));
    try {
      var bytes = signed.getBytes(StandardCharsets.US_ASCII);
      return signed
          + '.'
          + switch (how) {
            case "none" -> "";
            case "HS256" -> {
              var mac = Mac.getInstance("HmacSHA256");
              mac.init(new SecretKeySpec(key.getPublic().getEncoded(), "HmacSHA256"));
              yield base64(mac.doFinal(bytes));
            }
            default -> {
              var signer = Signature.getInstance("SHA256withRSA");
              signer.initSign((how.equals("stranger") ? stranger : key).getPrivate());
              signer.update(bytes);
              yield base64(signer.sign());
            }
          };
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Map<String, String> jwk() {
    var open = (RSAPublicKey) key.getPublic();
    return Map.of(
        "kty",
        "RSA",
        "use",
        "sig",
        "alg",
        "RS256",
        "kid",
        "k1",
        "n",
        number(open.getModulus()),
        "e",
        number(open.getPublicExponent()));
  }

  private static String number(BigInteger number) {
    var bytes = number.toByteArray();
    return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
