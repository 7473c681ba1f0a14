package org.studygate.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.studygate.json.Json;
import org.studygate.platform.Tokens;

/// A hospital that signs its own people in, on this machine: the sign-in pages of the user pool
/// with the hospital behind them in one. Whoever comes says who it is; there is no password.
/// The key is made at each start, and codes are worth something once and for a minute.
final class DemoProvider implements AutoCloseable {
  static final String NAME = "AzOost";
  static final String DOMAIN = "az-oost.example";
  private static final String KEY = "demo";
  private static final Duration CODE = Duration.ofMinutes(1);
  private static final Duration TOKEN = Duration.ofMinutes(15);
  private static final int LARGEST = 8192;

  private final HttpServer server;
  private final URI back;
  private final List<Person> people;
  private final Clock clock;
  private final Tokens tokens;
  private final KeyPair keys;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();

  /// Somebody of the hospital's.
  record Person(String sub, String name, String email) {}

  private record Grant(
      Person person, String client, String nonce, String challenge, Instant until) {}

  DemoProvider(URI origin, List<Person> people, Clock clock, SecureRandom random)
      throws IOException, GeneralSecurityException {
    this.back = origin.resolve("/professional/return");
    this.people = people;
    this.clock = clock;
    this.tokens = new Tokens(random);
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048, random);
    this.keys = generator.generateKeyPair();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// As the parameter `FederatedDomains` says it.
  static String domains() {
    return "{\"domains\":[{\"domain\":\"" + DOMAIN + "\",\"provider\":\"" + NAME + "\"}]}";
  }

  private void serve(HttpExchange exchange) throws IOException {
    var asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    switch (asked) {
      case "GET /oauth2/authorize" ->
          authorize(exchange, form(exchange.getRequestURI().getRawQuery()));
      case "POST /oauth2/token" -> token(exchange, form(body(exchange)));
      case "GET /.well-known/jwks.json" ->
          Replies.json(exchange, 200, Map.of("keys", List.of(key())));
      default -> Replies.json(exchange, 404, Map.of("error", "not_found"));
    }
  }

  /// The page where one says who one is, and, with `person`, the way back.
  private void authorize(HttpExchange exchange, Map<String, String> asked) throws IOException {
    if (!asked.getOrDefault("redirect_uri", "").equals(back.toString())
        || !asked.getOrDefault("code_challenge_method", "").equals("S256")) {
      Replies.json(exchange, 400, Map.of("error", "invalid_request"));
      return;
    }
    var person = people.stream().filter(one -> one.sub().equals(asked.get("person"))).findFirst();
    if (person.isEmpty()) {
      page(exchange, exchange.getRequestURI().getRawQuery());
      return;
    }
    var code = tokens.next().secret();
    grants.put(
        code,
        new Grant(
            person.get(),
            asked.getOrDefault("client_id", ""),
            asked.getOrDefault("nonce", ""),
            asked.getOrDefault("code_challenge", ""),
            clock.instant().plus(CODE)));
    exchange
        .getResponseHeaders()
        .set("location", back + "?code=" + code + "&state=" + encoded(asked.get("state")));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void page(HttpExchange exchange, String query) throws IOException {
    var people = new StringBuilder();
    for (var one : this.people) {
      people
          .append("<li><a href=\"/oauth2/authorize?")
          .append(query.replace("&", "&amp;").replace("\"", "%22").replace("<", "%3C"))
          .append("&amp;person=")
          .append(encoded(one.sub()))
          .append("\">I am ")
          .append(one.name())
          .append("</a></li>");
    }
    var html =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>AZ Oost</title>
        <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
        <body style="font:18px/1.6 system-ui;max-width:30em;margin:3em auto;padding:0 1em">
        <h1>AZ Oost</h1><p>A hospital of this machine alone, which signs its own people in. Who are you?</p>
        <ul>%s</ul></body></html>
        """
            .formatted(people);
    exchange.getResponseHeaders().set("content-type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().set("referrer-policy", "no-referrer");
    Replies.send(exchange, 200, html.getBytes(StandardCharsets.UTF_8));
  }

  private void token(HttpExchange exchange, Map<String, String> asked) throws IOException {
    var grant =
        Optional.ofNullable(grants.remove(asked.getOrDefault("code", "")))
            .filter(one -> clock.instant().isBefore(one.until()))
            .filter(one -> one.client().equals(asked.get("client_id")))
            .filter(one -> back.toString().equals(asked.get("redirect_uri")))
            .filter(
                one -> one.challenge().equals(challenge(asked.getOrDefault("code_verifier", ""))));
    if (grant.isEmpty()) {
      Replies.json(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    Replies.json(exchange, 200, Map.of("id_token", idToken(grant.get()), "token_type", "Bearer"));
  }

  private String idToken(Grant grant) {
    var now = clock.instant();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", base().toString());
    claims.put("aud", grant.client());
    claims.put("sub", grant.person().sub());
    claims.put("token_use", "id");
    claims.put("nonce", grant.nonce());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(TOKEN).getEpochSecond());
    claims.put("email", grant.person().email());
    claims.put("email_verified", true);
    claims.put("identities", List.of(Map.of("providerName", NAME, "userId", grant.person().sub())));
    var signed =
        base64(Json.bytes(Map.of("alg", "RS256", "kid", KEY))) + '.' + base64(Json.bytes(claims));
    try {
      var signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(keys.getPrivate());
      signer.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + base64(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Map<String, String> key() {
    var key = (RSAPublicKey) keys.getPublic();
    return Map.of(
        "kty",
        "RSA",
        "use",
        "sig",
        "alg",
        "RS256",
        "kid",
        KEY,
        "n",
        number(key.getModulus()),
        "e",
        number(key.getPublicExponent()));
  }

  private static String number(BigInteger number) {
    var bytes = number.toByteArray();
    return base64(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String challenge(String verifier) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return base64(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readNBytes(LARGEST), StandardCharsets.UTF_8);
  }

  private static Map<String, String> form(String text) {
    var fields = new HashMap<String, String>();
    for (var pair : String.valueOf(text).split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static String encoded(@org.jspecify.annotations.Nullable String text) {
    return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
