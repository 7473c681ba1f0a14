package org.studygate.local.stripe;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.studygate.local.stripe.Ledger.Batch;

/// What happens to a payment, and the events that Stripe sends of it. Each is one batch: a session,
/// its intent, its charge and their events change together.
final class Payments {
  static final String SESSION = "checkout.session";
  static final String INTENT = "payment_intent";
  static final String CHARGE = "charge";
  static final String REFUND = "refund";
  static final String DISPUTE = "dispute";

  /// Methods whose money comes days after the customer has said yes.
  private static final Set<String> DELAYED = Set.of("sepa_debit");

  private final URI base;

  Payments(URI base) {
    this.base = base;
  }

  Doc create(Batch batch, Order order) {
    var id = batch.ids().session();
    batch.put(Shapes.kept(batch, id, order));
    return batch.put(Shapes.session(batch, id, order, base + "/c/pay/" + id));
  }

  /// A session whose time has passed is found expired.
  Doc session(Batch batch, String id) {
    var session = batch.find(SESSION, id).orElseThrow(() -> Refusal.absent(SESSION, id, "session"));
    return overdue(batch, session) ? end(batch, session) : session;
  }

  void expireOverdue(Batch batch) {
    for (var session : batch.all(SESSION)) {
      if (overdue(batch, session)) {
        end(batch, session);
      }
    }
  }

  private static boolean overdue(Batch batch, Doc session) {
    return session.is("status", "open") && session.number("expires_at") <= batch.now();
  }

  Doc expire(Batch batch, Doc session) {
    if (!session.is("status", "open")) {
      throw Refusal.invalid(
          "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session"
              + " has a status of "
              + session.text("status")
              + ".",
          "session");
    }
    return end(batch, session);
  }

  private static Doc end(Batch batch, Doc session) {
    batch
        .find(INTENT, session.text("payment_intent"))
        .map(
            intent ->
                intent.with(
                    "status",
                    "canceled",
                    "canceled_at",
                    batch.now(),
                    "cancellation_reason",
                    "expired"))
        .ifPresent(intent -> batch.event("payment_intent.canceled", batch.put(intent)));
    var ended = batch.put(session.with("status", "expired", "url", null));
    batch.event("checkout.session.expired", ended);
    return ended;
  }

  static boolean delayed(String method) {
    return DELAYED.contains(method);
  }

  /// Paid now; of a delayed method, which cannot, completed and then paid.
  Doc pay(Batch batch, Doc session, String method) {
    if (delayed(method)) {
      return succeed(batch, payLater(batch, session, method));
    }
    var charge = batch.put(attempt(batch, session, method));
    var intent = batch.put(paid(intentOf(batch, charge), charge));
    batch.event("charge.succeeded", charge);
    batch.event("payment_intent.succeeded", intent);
    var complete = batch.put(complete(session, charge).with("payment_status", "paid"));
    batch.event("checkout.session.completed", complete);
    return complete;
  }

  /// The customer has said yes and the money is not there yet.
  Doc payLater(Batch batch, Doc session, String method) {
    var charge =
        batch.put(attempt(batch, session, method).with("status", "pending", "paid", false));
    var intent =
        batch.put(
            intentOf(batch, charge)
                .with(
                    "status",
                    "processing",
                    "latest_charge",
                    charge.id(),
                    "payment_method",
                    charge.text("payment_method"),
                    "last_payment_error",
                    null));
    batch.event("charge.pending", charge);
    batch.event("payment_intent.processing", intent);
    var complete = batch.put(complete(session, charge));
    batch.event("checkout.session.completed", complete);
    return complete;
  }

  /// The bank says no: the session stays open for another try.
  Doc fail(Batch batch, Doc session, String method) {
    var charge = batch.put(Shapes.failed(batch, attempt(batch, session, method)));
    var intent = batch.put(refused(intentOf(batch, charge), charge));
    batch.event("charge.failed", charge);
    batch.event("payment_intent.payment_failed", intent);
    return batch.put(session.with("payment_intent", intent.id()));
  }

  /// The money of a completed session has come.
  Doc succeed(Batch batch, Doc session) {
    var charge =
        batch.put(
            awaited(batch, session).with("status", "succeeded", "paid", true, "captured", true));
    var intent = batch.put(paid(intentOf(batch, charge), charge));
    batch.event("charge.succeeded", charge);
    batch.event("payment_intent.succeeded", intent);
    var settled = batch.put(session.with("payment_status", "paid"));
    batch.event("checkout.session.async_payment_succeeded", settled);
    return settled;
  }

  /// The money of a completed session will not come.
  Doc failLater(Batch batch, Doc session) {
    var charge = batch.put(Shapes.failed(batch, awaited(batch, session)));
    var intent = batch.put(refused(intentOf(batch, charge), charge));
    batch.event("charge.failed", charge);
    batch.event("payment_intent.payment_failed", intent);
    batch.event("checkout.session.async_payment_failed", session);
    return session;
  }

  private static Doc attempt(Batch batch, Doc session, String method) {
    if (!session.is("status", "open")) {
      throw Refusal.invalid("This Checkout Session is " + session.text("status") + ".", "session");
    }
    if (!session.texts("payment_method_types").contains(method)) {
      throw Refusal.invalid("This Checkout Session does not take " + method + ".", "method");
    }
    var intent =
        batch
            .find(INTENT, session.text("payment_intent"))
            .orElseGet(() -> newIntent(batch, session));
    return Shapes.charge(batch, intent, method);
  }

  /// Stripe makes the intent when the customer first tries to pay.
  private static Doc newIntent(Batch batch, Doc session) {
    var kept = batch.find("kept", Shapes.keptId(session.id())).orElseThrow();
    var intent = batch.put(Shapes.intent(batch, session, kept));
    batch.event("payment_intent.created", intent);
    return intent;
  }

  private static Doc intentOf(Batch batch, Doc charge) {
    return batch.find(INTENT, charge.text("payment_intent")).orElseThrow();
  }

  private static Doc paid(Doc intent, Doc charge) {
    return intent.with(
        "status",
        "succeeded",
        "amount_received",
        charge.number("amount"),
        "latest_charge",
        charge.id(),
        "payment_method",
        charge.text("payment_method"),
        "last_payment_error",
        null);
  }

  private static Doc refused(Doc intent, Doc charge) {
    return intent.with(
        "status",
        "requires_payment_method",
        "latest_charge",
        charge.id(),
        "payment_method",
        null,
        "last_payment_error",
        Shapes.failure(charge));
  }

  private static Doc complete(Doc session, Doc charge) {
    return session.with(
        "status",
        "complete",
        "payment_intent",
        charge.text("payment_intent"),
        "url",
        null,
        "customer_details", // Stripe's page asks for an address
        Shapes.customer());
  }

  private static Doc awaited(Batch batch, Doc session) {
    return latestCharge(batch, session)
        .filter(charge -> charge.is("status", "pending"))
        .orElseThrow(
            () -> Refusal.invalid("No money of this Checkout Session is awaited.", "session"));
  }

  static Optional<Doc> latestCharge(Batch batch, Doc session) {
    return batch
        .find(INTENT, session.text("payment_intent"))
        .flatMap(intent -> batch.find(CHARGE, intent.text("latest_charge")));
  }

  Doc refund(
      Batch batch,
      Doc charge,
      Optional<Long> asked,
      @Nullable String reason,
      Map<String, String> metadata) {
    var left = charge.number("amount") - charge.number("amount_refunded");
    if (!charge.is("status", "succeeded")) {
      throw Refusal.bad(
          "charge_not_refundable", "Charge " + charge.id() + " has not succeeded.", "");
    }
    if (charge.flag("disputed")) {
      throw Refusal.bad(
          "charge_disputed",
          "Charge " + charge.id() + " has been charged back; cannot issue a refund.",
          "");
    }
    if (left == 0) {
      throw Refusal.bad(
          "charge_already_refunded", "Charge " + charge.id() + " has already been refunded.", "");
    }
    var amount = asked.orElse(left);
    if (amount < 1) {
      throw Refusal.bad(
          "parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
    }
    if (amount > left) {
      throw Refusal.invalid(
          "Refund amount ("
              + amount
              + ") is greater than unrefunded amount on charge ("
              + left
              + ")",
          "amount");
    }
    var refund = batch.put(Shapes.refund(batch, charge, amount, reason, metadata));
    var refunded =
        batch.put(
            charge.with(
                "amount_refunded",
                charge.number("amount_refunded") + amount,
                "refunded",
                amount == left));
    batch.event("refund.created", refund);
    batch.event(
        "charge.refunded", refunded, Doc.of("amount_refunded", charge.number("amount_refunded")));
    if (refund.fields().containsKey("destination_details")) {
      batch.event("refund.updated", referenced(batch, refund), before(refund));
    }
    return refund;
  }

  /// Stripe learns the bank's reference a little later.
  private static Doc referenced(Batch batch, Doc refund) {
    var card = refund.doc("destination_details").doc("card").with("reference_status", "available");
    return batch.put(
        refund.with("destination_details", refund.doc("destination_details").with("card", card)));
  }

  private static Doc before(Doc refund) {
    return Doc.of("destination_details", refund.doc("destination_details"));
  }

  Doc dispute(Batch batch, Doc charge) {
    if (!charge.is("status", "succeeded") || charge.flag("disputed") || charge.flag("refunded")) {
      throw Refusal.invalid("This charge cannot be disputed.", "charge");
    }
    var dispute = batch.put(Shapes.dispute(batch, charge));
    var disputed = batch.put(charge.with("disputed", true));
    batch.event("charge.dispute.created", dispute);
    batch.event("charge.dispute.funds_withdrawn", dispute);
    batch.event("charge.updated", disputed, Doc.of("disputed", false));
    return dispute;
  }

  Doc close(Batch batch, Doc dispute, boolean won) {
    if (!dispute.is("status", "needs_response")) {
      throw Refusal.invalid("This dispute is closed.", "dispute");
    }
    var closed = batch.put(dispute.with("status", won ? "won" : "lost"));
    batch.event("charge.dispute.closed", closed);
    if (won) {
      batch.event("charge.dispute.funds_reinstated", closed);
    }
    return closed;
  }

  /// The newest first.
  static List<Doc> newest(Batch batch, String object, Map<String, String> filter) {
    return batch.all(object).reversed().stream()
        .filter(
            doc ->
                filter.entrySet().stream()
                    .allMatch(entry -> doc.is(entry.getKey(), entry.getValue())))
        .toList();
  }
}
