package org.studygate.local.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.studygate.json.BadJson;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.local.stripe.Ledger.Batch;
import org.studygate.local.stripe.Ledger.Cause;
import org.studygate.local.stripe.Webhooks.Switches;

/// `/control`: the dashboard for tests.
final class Control {
  private final Ledger ledger;
  private final Payments payments;
  private final Runnable changed;

  Control(Ledger ledger, Payments payments, Runnable changed) {
    this.ledger = ledger;
    this.payments = payments;
    this.changed = changed;
  }

  void serve(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    try {
      var type = Http.header(exchange, "content-type");
      var posted = exchange.getRequestMethod().equals("POST");
      if (posted && !type.isEmpty() && !type.startsWith("application/json")) {
        throw Refusal.invalid("The content type must be application/json.", "");
      }
      Object answer =
          switch (exchange.getRequestMethod() + " " + path) {
            case "GET /control" -> switches();
            case "POST /control" -> set(body(exchange));
            case "POST /control/act" -> act(body(exchange));
            case "POST /control/again" -> again(body(exchange));
            case "GET /control/sessions" -> Map.of("sessions", sessions());
            case "GET /control/webhooks" -> Map.of("webhooks", all(Webhooks.DELIVERY));
            default -> throw Refusal.route(exchange.getRequestMethod(), path);
          };
      changed.run();
      Http.json(exchange, 200, Json.bytes(answer));
    } catch (BadJson malformed) {
      var refusal = Refusal.invalid(String.valueOf(malformed.getMessage()), "");
      Http.json(exchange, 400, Json.bytes(refusal.body()));
    } catch (Refusal refusal) {
      Http.json(exchange, refusal.status(), Json.bytes(refusal.body()));
    }
  }

  private static JsonObject body(HttpExchange exchange) throws IOException {
    return JsonObject.parse(Http.body(exchange).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> switches() {
    return Map.of("webhooks", ledger.change(Cause.CLICK, Webhooks::switches));
  }

  /// What is not named is as usual.
  private Map<String, Object> set(JsonObject json) {
    var asked = json.object("webhooks");
    var switches =
        new Switches(
            asked.optionalInt("duplicate").orElse(1),
            asked.bool("reorder", false),
            asked.bool("hold", false),
            asked.bool("drop", false),
            asked.bool("forge", false),
            asked.bool("rotate", false));
    asked.done();
    json.done();
    return ledger.change(
        Cause.CLICK,
        batch -> {
          Webhooks.set(batch, switches);
          return Map.of("webhooks", switches);
        });
  }

  private Map<String, ?> act(JsonObject json) {
    var id = json.string("session");
    var act = Act.of(json.string("act"));
    var method = json.optionalString("method");
    var amount = json.optionalLong("amount");
    json.done();
    return ledger.change(
        Cause.CLICK, batch -> shown(batch, act.on(batch, payments, id, method, amount)));
  }

  private Map<String, ?> again(JsonObject json) {
    var id = json.string("delivery");
    json.done();
    return ledger.change(Cause.CLICK, batch -> Webhooks.again(batch, id)).fields();
  }

  private List<? extends Map<String, ?>> sessions() {
    return ledger.change(
        Cause.CLICK,
        batch -> {
          payments.expireOverdue(batch);
          return batch.all(Payments.SESSION).stream().map(doc -> shown(batch, doc)).toList();
        });
  }

  /// With all that hangs on it.
  private static Map<String, ?> shown(Batch batch, Doc session) {
    return Expansion.of(batch, session, List.of("payment_intent.latest_charge.refunds")).fields();
  }

  private List<? extends Map<String, ?>> all(String object) {
    return ledger.change(
        Cause.CLICK, batch -> batch.all(object).stream().map(Doc::fields).toList());
  }
}
