package org.studygate.local.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.studygate.json.Json;
import org.studygate.local.stripe.Ledger.Batch;
import org.studygate.local.stripe.Ledger.Cause;
import org.studygate.platform.Log;

/// `/v1/…`: who calls, what is meant, one batch, one answer. A repeated call under the same
/// idempotency key gets the first answer again; the key is kept in the batch of what it did.
final class Api {
  private static final String KEPT_ANSWER = "answer";
  private static final long KEPT_SECONDS = 24 * 3_600;
  private static final int LONGEST_KEY = 255;

  private final Ledger ledger;
  private final Payments payments;
  private final String secretKey;
  private final Ids ids;
  private final Log log;

  Api(Ledger ledger, Payments payments, String secretKey, Ids ids, Log log) {
    this.ledger = ledger;
    this.payments = payments;
    this.secretKey = secretKey;
    this.ids = ids;
    this.log = log;
  }

  private record Answer(int status, String body, boolean replayed) {
    static Answer of(Refusal refusal) {
      return new Answer(refusal.status(), Json.text(refusal.body()), false);
    }
  }

  void serve(HttpExchange exchange) throws IOException {
    var request = ids.next("req_");
    var key = Http.header(exchange, "idempotency-key");
    Answer answer;
    try {
      authorise(exchange);
      var body = Http.body(exchange);
      answer =
          exchange.getRequestMethod().equals("POST")
              ? post(exchange, body, new Cause(request, key))
              : get(exchange);
    } catch (Refusal refusal) {
      answer = Answer.of(refusal);
    } catch (RuntimeException failure) {
      log.error("stripe-failed", failure);
      answer =
          new Answer(
              500,
              Json.text(
                  Map.of("error", Map.of("type", "api_error", "message", "The stand-in failed."))),
              false);
    }
    var headers = exchange.getResponseHeaders();
    headers.set("request-id", request);
    headers.set("stripe-version", Shapes.API_VERSION);
    if (answer.replayed()) {
      headers.set("idempotent-replayed", "true");
    }
    if (!key.isEmpty() && key.matches("[!-~]+")) {
      headers.set("idempotency-key", key);
    }
    Http.json(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private void authorise(HttpExchange exchange) {
    var header = Http.header(exchange, "authorization");
    if (header.isEmpty()) {
      throw Refusal.key(
          "You did not provide an API key. You need to provide your API key in the Authorization"
              + " header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
    }
    if (!same(given(header), secretKey)) {
      throw Refusal.key("Invalid API Key provided.");
    }
  }

  private static String given(String header) {
    if (header.startsWith("Bearer ")) {
      return header.substring("Bearer ".length()).strip();
    }
    try {
      var basic =
          header.startsWith("Basic ")
              ? Base64.getDecoder().decode(header.substring("Basic ".length()).strip())
              : new byte[0];
      return new String(basic, StandardCharsets.UTF_8).split(":", 2)[0];
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  // reading

  private Answer get(HttpExchange exchange) {
    var path = path(exchange);
    var query = exchange.getRequestURI().getRawQuery();
    var given = Parameters.parse(query == null ? "" : query);
    var doc = ledger.change(Cause.CLICK, batch -> read(batch, exchange, path, given));
    return new Answer(200, doc.text(), false);
  }

  private Doc read(Batch batch, HttpExchange exchange, List<String> path, Parameters given) {
    if (!exchange.getRequestMethod().equals("GET")) {
      throw route(exchange);
    }
    var expand = given.texts("expand");
    return switch (path.getFirst()) {
      case "checkout" -> readSession(batch, exchange, path, given, expand);
      case "payment_intents" -> {
        var id = only(exchange, path, given);
        yield Expansion.of(batch, found(batch, Payments.INTENT, id, "intent"), expand);
      }
      case "charges" ->
          listOrOne(batch, path, given, expand, Payments.CHARGE, List.of("payment_intent"));
      case "refunds" ->
          listOrOne(
              batch, path, given, expand, Payments.REFUND, List.of("payment_intent", "charge"));
      case "disputes" ->
          listOrOne(
              batch, path, given, expand, Payments.DISPUTE, List.of("payment_intent", "charge"));
      case "events" -> listOrOne(batch, path, given, expand, "event", List.of("type"));
      default -> throw route(exchange);
    };
  }

  private Doc readSession(
      Batch batch,
      HttpExchange exchange,
      List<String> path,
      Parameters given,
      List<String> expand) {
    if (path.size() < 2 || !path.get(1).equals("sessions") || path.size() > 4) {
      throw route(exchange);
    }
    if (path.size() == 2) {
      payments.expireOverdue(batch);
      return list(
          batch,
          "/v1/checkout/sessions",
          given,
          expand,
          Payments.SESSION,
          List.of("payment_intent", "status"));
    }
    if (path.size() == 4) {
      if (!path.get(3).equals("line_items")) {
        throw route(exchange);
      }
      given.whole("limit");
      given.done();
      var session = payments.session(batch, path.get(2));
      return Expansion.lineItems(batch, session);
    }
    given.done();
    return Expansion.of(batch, payments.session(batch, path.get(2)), expand);
  }

  private static Doc found(Batch batch, String object, String id, String param) {
    return batch.find(object, id).orElseThrow(() -> Refusal.absent(object, id, param));
  }

  private static String only(HttpExchange exchange, List<String> path, Parameters given) {
    if (path.size() != 2) {
      throw route(exchange);
    }
    given.done();
    return path.get(1);
  }

  private static Doc listOrOne(
      Batch batch,
      List<String> path,
      Parameters given,
      List<String> expand,
      String object,
      List<String> filters) {
    if (path.size() == 1) {
      return list(batch, "/v1/" + path.getFirst(), given, expand, object, filters);
    }
    if (path.size() > 2) {
      throw Refusal.route("GET", "/v1/" + String.join("/", path));
    }
    given.done();
    return Expansion.of(batch, found(batch, object, path.get(1), "id"), expand);
  }

  private static Doc list(
      Batch batch,
      String url,
      Parameters given,
      List<String> expand,
      String object,
      List<String> filters) {
    var limit = given.whole("limit").orElse(10L);
    if (limit < 1 || limit > 100) {
      throw Refusal.bad(
          "parameter_invalid_integer", "Invalid integer: must be between 1 and 100", "limit");
    }
    var filter = new HashMap<String, String>();
    for (var name : filters) {
      given.text(name).ifPresent(value -> filter.put(name, value));
    }
    var after = given.text("starting_after");
    given.done();
    var docs = Payments.newest(batch, object, filter);
    if (after.isPresent()) {
      var position = docs.stream().map(Doc::id).toList().indexOf(after.get());
      if (position < 0) {
        throw Refusal.absent(object, after.get(), "starting_after");
      }
      docs = docs.subList(position + 1, docs.size());
    }
    var page = docs.subList(0, (int) Math.min(limit, docs.size()));
    var inside =
        expand.stream()
            .map(
                path -> {
                  if (!path.startsWith("data.")) {
                    throw Refusal.invalid(
                        "This property cannot be expanded (" + path + ").", "expand");
                  }
                  return path.substring("data.".length());
                })
            .toList();
    return Shapes.list(
        page.stream().map(doc -> Expansion.of(batch, doc, inside)).toList(),
        url,
        page.size() < docs.size());
  }

  // writing

  private Answer post(HttpExchange exchange, String body, Cause cause) {
    if (cause.key().length() > LONGEST_KEY) {
      throw Refusal.invalid("Idempotency keys can be at most 255 characters long.", "");
    }
    var print = fingerprint(exchange.getRequestURI().getPath() + "\n" + body);
    return ledger.change(
        cause,
        batch -> {
          var kept = kept(batch, cause.key());
          if (kept.isPresent()) {
            if (!kept.get().is("print", print)) {
              throw Refusal.otherParameters();
            }
            return new Answer((int) kept.get().number("status"), kept.get().text("body"), true);
          }
          var work = write(batch, exchange, Parameters.parse(body)); // refused here: key is free
          Answer answer;
          try {
            answer = new Answer(200, work.apply(batch).text(), false);
          } catch (Refusal refusal) {
            answer = Answer.of(refusal);
          }
          keep(batch, cause.key(), print, answer);
          return answer;
        });
  }

  private static Optional<Doc> kept(Batch batch, String key) {
    return batch
        .find(KEPT_ANSWER, "key:" + key)
        .filter(answer -> answer.number("created") > batch.now() - KEPT_SECONDS);
  }

  private static void keep(Batch batch, String key, String print, Answer answer) {
    for (var old : batch.all(KEPT_ANSWER)) {
      if (old.number("created") <= batch.now() - KEPT_SECONDS) {
        batch.remove(old);
      }
    }
    if (!key.isEmpty()) {
      batch.put(
          Doc.of(
              "id",
              "key:" + key,
              "object",
              KEPT_ANSWER,
              "created",
              batch.now(),
              "print",
              print,
              "status",
              answer.status(),
              "body",
              answer.body()));
    }
  }

  /// Reads and checks the parameters; what is then to be done may still be refused.
  private Function<Batch, Doc> write(Batch batch, HttpExchange exchange, Parameters given) {
    var path = path(exchange);
    var expand = given.texts("expand");
    if (path.equals(List.of("checkout", "sessions"))) {
      var order = Order.parse(given, batch.now());
      given.done();
      return inner -> Expansion.of(inner, payments.create(inner, order), expand);
    }
    if (path.size() == 4
        && path.subList(0, 2).equals(List.of("checkout", "sessions"))
        && path.get(3).equals("expire")) {
      given.done();
      var session = payments.session(batch, path.get(2));
      return inner -> Expansion.of(inner, payments.expire(inner, session), expand);
    }
    if (path.equals(List.of("refunds"))) {
      return refund(batch, given, expand);
    }
    throw route(exchange);
  }

  private Function<Batch, Doc> refund(Batch batch, Parameters given, List<String> expand) {
    var amount = given.whole("amount");
    var reason = given.oneOf("reason", List.of("duplicate", "fraudulent", "requested_by_customer"));
    var metadata = given.metadata();
    var ofIntent = given.text("payment_intent");
    var ofCharge = given.text("charge");
    given.done();
    if (ofIntent.isPresent() == ofCharge.isPresent()) {
      throw Refusal.missing(ofIntent.isPresent() ? "only one of charge, payment_intent" : "charge");
    }
    var charge =
        ofCharge.isPresent()
            ? found(batch, Payments.CHARGE, ofCharge.get(), "charge")
            : chargeOf(batch, found(batch, Payments.INTENT, ofIntent.get(), "payment_intent"));
    return inner ->
        Expansion.of(
            inner, payments.refund(inner, charge, amount, reason.orElse(null), metadata), expand);
  }

  private static Doc chargeOf(Batch batch, Doc intent) {
    if (!intent.is("status", "succeeded")) {
      throw Refusal.bad(
          "payment_intent_unexpected_state",
          "This PaymentIntent (" + intent.id() + ") does not have a successful charge to refund.",
          "payment_intent");
    }
    return found(batch, Payments.CHARGE, intent.text("latest_charge"), "charge");
  }

  private static String fingerprint(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// What follows `/v1/`.
  private static List<String> path(HttpExchange exchange) {
    return List.of(exchange.getRequestURI().getPath().substring("/v1/".length()).split("/", -1));
  }

  private static Refusal route(HttpExchange exchange) {
    return Refusal.route(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
  }
}
