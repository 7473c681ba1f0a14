package org.studygate.local.stripe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.studygate.json.Json;
import org.studygate.local.stripe.Ledger.Batch;

/// Stripe's objects as they come into being: the files beside `session.json`, with every field that
/// its OpenAPI requires. A text `{name}` in them is a hole for what is given under that name,
/// `{name.field}` for a field of it; `{new pi_3}` is a new id and `{now}` the time.
final class Shapes {
  /// The one that stripe-java 33.3.0 pins; a test compares them.
  static final String API_VERSION = "2026-07-29.dahlia";

  private static final long DISPUTED_DAYS = 7;

  /// By method, in the order in which Stripe shows them: of its own test card and test accounts.
  private static final Doc METHODS = read("methods");

  private static final Doc ERRORS = read("errors");

  private Shapes() {}

  static List<String> methods() {
    return List.copyOf(METHODS.fields().keySet());
  }

  static Doc session(Batch batch, String id, Order order, String url) {
    return filled(
        batch,
        "session",
        Doc.of("id", id, "order", asDoc(order), "total", order.total(), "url", url));
  }

  /// Of whoever has typed it on Stripe's page.
  static Doc customer() {
    return read("customer");
  }

  /// What Stripe keeps of an order and shows elsewhere than in the session.
  static Doc kept(Batch batch, String session, Order order) {
    var decimal = Long.toString(order.unitAmount());
    return filled(
        batch,
        "kept",
        Doc.of(
            "id", keptId(session),
            "order", asDoc(order),
            "total", order.total(),
            "decimal", decimal));
  }

  static String keptId(String session) {
    return "kept:" + session;
  }

  static Doc intent(Batch batch, Doc session, Doc kept) {
    return filled(batch, "intent", Doc.of("session", session, "kept", kept));
  }

  static Doc charge(Batch batch, Doc intent, String method) {
    var details = Doc.of("type", method, method, METHODS.doc(method));
    return filled(batch, "charge", Doc.of("intent", intent, "details", details));
  }

  static Doc failed(Batch batch, Doc charge) {
    return charge.with(filled(batch, "failed-charge", Doc.of("error", error(charge))));
  }

  /// What a payment says of a charge that has failed.
  static Doc failure(Doc charge) {
    return error(charge).with("charge", charge.id(), "payment_method_type", method(charge));
  }

  private static Doc error(Doc charge) {
    return ERRORS.doc(method(charge).equals("card") ? "card" : "other");
  }

  static String method(Doc charge) {
    return charge.doc("payment_method_details").text("type");
  }

  static Doc refund(
      Batch batch, Doc charge, long amount, @Nullable String reason, Map<String, String> metadata) {
    var refund =
        filled(
            batch,
            "refund",
            Doc.of("charge", charge, "amount", amount, "reason", reason, "metadata", metadata));
    return method(charge).equals("card")
        ? refund.with("destination_details", read("destination"))
        : refund;
  }

  static Doc dispute(Batch batch, Doc charge) {
    var left = charge.number("amount") - charge.number("amount_refunded");
    var due = batch.now() + DISPUTED_DAYS * 24 * 3_600;
    return filled(batch, "dispute", Doc.of("charge", charge, "amount", left, "due", due));
  }

  static Doc event(Batch batch, String type, Doc data) {
    return filled(
        batch,
        "event",
        Doc.of(
            "type", type,
            "data", data,
            "version", API_VERSION,
            "request", nullable(batch.cause().request()),
            "key", nullable(batch.cause().key())));
  }

  private static @Nullable String nullable(String text) {
    return text.isEmpty() ? null : text;
  }

  static Doc list(List<Doc> docs, String url, boolean more) {
    return Doc.of(
        "object",
        "list",
        "data",
        docs.stream().map(Doc::fields).toList(),
        "has_more",
        more,
        "url",
        url);
  }

  private static Doc asDoc(Order order) {
    try {
      return Doc.parse(Json.bytes(order));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Doc read(String name) {
    try (var file = Shapes.class.getResourceAsStream("/stripe/" + name + ".json")) {
      return Doc.parse(Optional.ofNullable(file).orElseThrow().readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Doc filled(Batch batch, String name, Doc given) {
    return new Doc(filled(batch, read(name).fields(), given.with("now", batch.now())));
  }

  private static Map<String, @Nullable Object> filled(Batch batch, Map<?, ?> shape, Doc given) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    shape.forEach((name, value) -> fields.put(String.valueOf(name), filled(batch, value, given)));
    return fields;
  }

  private static @Nullable Object filled(Batch batch, @Nullable Object value, Doc given) {
    if (value instanceof Map<?, ?> inner) {
      return filled(batch, inner, given);
    }
    if (!(value instanceof String text) || !text.startsWith("{")) {
      return value;
    }
    var hole = text.substring(1, text.length() - 1);
    if (hole.startsWith("new ")) {
      return batch.ids().next(hole.substring("new ".length()));
    }
    var dot = hole.indexOf('.');
    return dot < 0
        ? given.given(hole)
        : given.doc(hole.substring(0, dot)).given(hole.substring(dot + 1));
  }
}
