package org.studygate.local.stripe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.studygate.local.stripe.Ledger.Cause;

/// Stripe's objects as they come into being, with every field that its OpenAPI requires.
final class Shapes {
  /// The one that stripe-java 33.3.0 pins; a test compares them.
  static final String API_VERSION = "2026-07-29.dahlia";

  private static final @Nullable Object NONE = null;

  private Shapes() {}

  static Doc session(String id, Order order, String url, long now) {
    return Doc.of(
        "id",
        id,
        "object",
        "checkout.session",
        "adaptive_pricing",
        Map.of("enabled", order.adaptivePricing()),
        "after_expiration",
        NONE,
        "allow_promotion_codes",
        NONE,
        "amount_subtotal",
        order.total(),
        "amount_total",
        order.total(),
        "automatic_tax",
        Doc.of("enabled", false, "liability", NONE, "status", NONE),
        "billing_address_collection",
        NONE,
        "cancel_url",
        order.cancelUrl().orElse(null),
        "client_reference_id",
        order.clientReference().orElse(null),
        "client_secret",
        NONE,
        "consent",
        NONE,
        "consent_collection",
        NONE,
        "created",
        now,
        "currency",
        order.currency(),
        "currency_conversion",
        NONE,
        "custom_fields",
        List.of(),
        "custom_text",
        Doc.of(
            "after_submit", NONE,
            "shipping_address", NONE,
            "submit", order.submitText().map(text -> Map.of("message", text)).orElse(null),
            "terms_of_service_acceptance", NONE),
        "customer",
        NONE,
        "customer_creation",
        order.customerCreation(),
        "customer_details",
        order.email().map(Shapes::customer).map(Doc::fields).orElse(null),
        "customer_email",
        order.email().orElse(null),
        "discounts",
        List.of(),
        "expires_at",
        order.expires(),
        "invoice",
        NONE,
        "livemode",
        false,
        "locale",
        order.locale().orElse(null),
        "metadata",
        order.metadata(),
        "mode",
        "payment",
        "payment_intent",
        NONE,
        "payment_link",
        NONE,
        "payment_method_collection",
        "if_required",
        "payment_method_configuration_details",
        NONE,
        "payment_method_options",
        Map.of(),
        "payment_method_types",
        order.methods(),
        "payment_status",
        "unpaid",
        "phone_number_collection",
        Map.of("enabled", false),
        "recovered_from",
        NONE,
        "setup_intent",
        NONE,
        "shipping_address_collection",
        NONE,
        "shipping_cost",
        NONE,
        "shipping_options",
        List.of(),
        "status",
        "open",
        "submit_type",
        order.submitType().orElse(null),
        "subscription",
        NONE,
        "success_url",
        order.successUrl(),
        "total_details",
        Map.of("amount_discount", 0, "amount_shipping", 0, "amount_tax", 0),
        "ui_mode",
        "hosted_page",
        "url",
        url);
  }

  static Doc customer(String email) {
    return Doc.of(
        "address", NONE,
        "email", email,
        "name", NONE,
        "phone", NONE,
        "tax_exempt", "none",
        "tax_ids", NONE);
  }

  /// What Stripe keeps of an order and shows elsewhere than in the session.
  static Doc kept(String session, Order order, Ids ids, long now) {
    var price =
        Doc.of(
            "id",
            ids.next("price_1"),
            "object",
            "price",
            "active",
            false,
            "billing_scheme",
            "per_unit",
            "created",
            now,
            "currency",
            order.currency(),
            "custom_unit_amount",
            NONE,
            "livemode",
            false,
            "lookup_key",
            NONE,
            "metadata",
            Map.of(),
            "nickname",
            NONE,
            "product",
            ids.next("prod_"),
            "recurring",
            NONE,
            "tax_behavior",
            order.taxBehaviour(),
            "tiers_mode",
            NONE,
            "transform_quantity",
            NONE,
            "type",
            "one_time",
            "unit_amount",
            order.unitAmount(),
            "unit_amount_decimal",
            Long.toString(order.unitAmount()));
    var item =
        Doc.of(
            "id", ids.next("li_1"),
            "object", "item",
            "amount_discount", 0,
            "amount_subtotal", order.total(),
            "amount_tax", 0,
            "amount_total", order.total(),
            "currency", order.currency(),
            "description", order.name(),
            "price", price,
            "quantity", order.quantity());
    return Doc.of(
        "id", keptId(session),
        "object", "kept",
        "item", item,
        "name", order.name(),
        "intent_metadata", order.intentMetadata(),
        "intent_description", order.intentDescription().orElse(null),
        "receipt_email", order.receiptEmail().orElse(null));
  }

  static String keptId(String session) {
    return "kept:" + session;
  }

  static Doc intent(Doc session, Doc kept, Ids ids, long now) {
    var id = ids.next("pi_3");
    return Doc.of(
        "id", id,
        "object", "payment_intent",
        "amount", session.number("amount_total"),
        "amount_capturable", 0,
        "amount_details", Map.of("tip", Map.of()),
        "amount_received", 0,
        "application", NONE,
        "application_fee_amount", NONE,
        "automatic_payment_methods", NONE,
        "canceled_at", NONE,
        "cancellation_reason", NONE,
        "capture_method", "automatic_async",
        "client_secret", id + "_secret_" + ids.next(""),
        "confirmation_method", "automatic",
        "created", now,
        "currency", session.text("currency"),
        "customer", NONE,
        "description", kept.find("intent_description").orElse(null),
        "last_payment_error", NONE,
        "latest_charge", NONE,
        "livemode", false,
        "metadata", kept.doc("intent_metadata"),
        "next_action", NONE,
        "on_behalf_of", NONE,
        "payment_method", NONE,
        "payment_method_options", Map.of(),
        "payment_method_types", session.texts("payment_method_types"),
        "processing", NONE,
        "receipt_email", kept.find("receipt_email").orElse(null),
        "review", NONE,
        "setup_future_usage", NONE,
        "shipping", NONE,
        "statement_descriptor", NONE,
        "statement_descriptor_suffix", NONE,
        "status", "requires_payment_method",
        "transfer_data", NONE,
        "transfer_group", NONE);
  }

  static Doc charge(Doc intent, String method, ChargeState state, Ids ids, long now) {
    var failed = state == ChargeState.failed;
    return Doc.of(
        "id",
        ids.next(method.equals("card") ? "ch_3" : "py_3"),
        "object",
        "charge",
        "amount",
        intent.number("amount"),
        "amount_captured",
        failed ? 0 : intent.number("amount"),
        "amount_refunded",
        0,
        "application",
        NONE,
        "application_fee",
        NONE,
        "application_fee_amount",
        NONE,
        "balance_transaction",
        NONE,
        "billing_details",
        Doc.of(
            "address",
                Doc.of(
                    "city", NONE,
                    "country", NONE,
                    "line1", NONE,
                    "line2", NONE,
                    "postal_code", NONE,
                    "state", NONE),
            "email", NONE,
            "name", NONE,
            "phone", NONE,
            "tax_id", NONE),
        "calculated_statement_descriptor",
        NONE,
        "captured",
        !failed,
        "created",
        now,
        "currency",
        intent.text("currency"),
        "customer",
        NONE,
        "description",
        intent.find("description").orElse(null),
        "disputed",
        false,
        "failure_balance_transaction",
        NONE,
        "failure_code",
        failed ? failureCode(method) : NONE,
        "failure_message",
        failed ? failureMessage(method) : NONE,
        "fraud_details",
        Map.of(),
        "livemode",
        false,
        "metadata",
        intent.doc("metadata"),
        "on_behalf_of",
        NONE,
        "outcome",
        Doc.of(
            "network_status", failed ? "declined_by_network" : "approved_by_network",
            "reason", failed ? "generic_decline" : NONE,
            "risk_level", "normal",
            "seller_message", failed ? "The bank did not say why." : "Payment complete.",
            "type", failed ? "issuer_declined" : "authorized"),
        "paid",
        state == ChargeState.succeeded,
        "payment_intent",
        intent.id(),
        "payment_method",
        ids.next("pm_1"),
        "payment_method_details",
        details(method),
        "receipt_email",
        intent.find("receipt_email").orElse(null),
        "receipt_number",
        NONE,
        "receipt_url",
        NONE,
        "refunded",
        false,
        "review",
        NONE,
        "shipping",
        NONE,
        "source_transfer",
        NONE,
        "statement_descriptor",
        NONE,
        "statement_descriptor_suffix",
        NONE,
        "status",
        state.name(),
        "transfer_data",
        NONE,
        "transfer_group",
        NONE);
  }

  /// In Stripe's spelling.
  enum ChargeState {
    succeeded,
    pending,
    failed
  }

  /// Of Stripe's own test card and test accounts.
  private static Doc details(String method) {
    var inside =
        switch (method) {
          case "card" ->
              Doc.of(
                  "brand", "visa",
                  "country", "BE",
                  "exp_month", 12,
                  "exp_year", 2034,
                  "funding", "credit",
                  "last4", "4242",
                  "network", "visa",
                  "three_d_secure", NONE,
                  "wallet", NONE);
          case "bancontact" -> Doc.of("bank_name", NONE, "iban_last4", "3000");
          case "ideal" -> Doc.of("bank", "ing", "bic", "INGBNL2A", "iban_last4", "5264");
          case "sepa_debit" -> Doc.of("country", "DE", "last4", "3000", "mandate", NONE);
          default -> new Doc(Map.of());
        };
    return Doc.of("type", method, method, inside);
  }

  static String failureCode(String method) {
    return method.equals("card") ? "card_declined" : "payment_intent_payment_attempt_failed";
  }

  static String failureMessage(String method) {
    return method.equals("card") ? "Your card was declined." : "The payment failed.";
  }

  static Doc failure(Doc charge, String method) {
    var card = method.equals("card");
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("charge", charge.id());
    fields.put("code", failureCode(method));
    if (card) {
      fields.put("decline_code", "generic_decline");
    }
    fields.put("message", failureMessage(method));
    fields.put("payment_method_type", method);
    fields.put("type", card ? "card_error" : "invalid_request_error");
    return new Doc(fields);
  }

  static Doc refund(
      Doc charge, long amount, @Nullable String reason, Object metadata, Ids ids, long now) {
    var card = charge.doc("payment_method_details").is("type", "card");
    var refund =
        Doc.of(
            "id", ids.next("re_3"),
            "object", "refund",
            "amount", amount,
            "balance_transaction", NONE,
            "charge", charge.id(),
            "created", now,
            "currency", charge.text("currency"),
            "metadata", metadata,
            "payment_intent", charge.text("payment_intent"),
            "reason", reason,
            "receipt_number", NONE,
            "source_transfer_reversal", NONE,
            "status", "succeeded",
            "transfer_reversal", NONE);
    return card
        ? refund.with(
            "destination_details",
            Map.of(
                "type",
                "card",
                "card",
                Map.of(
                    "reference_status", "pending",
                    "reference_type", "acquirer_reference_number",
                    "type", "refund")))
        : refund;
  }

  static Doc dispute(Doc charge, Ids ids, long now) {
    var evidence = new LinkedHashMap<String, @Nullable Object>();
    evidence.put("enhanced_evidence", Map.of());
    return Doc.of(
        "id",
        ids.next("du_1"),
        "object",
        "dispute",
        "amount",
        charge.number("amount") - charge.number("amount_refunded"),
        "balance_transactions",
        List.of(),
        "charge",
        charge.id(),
        "created",
        now,
        "currency",
        charge.text("currency"),
        "enhanced_eligibility_types",
        List.of(),
        "evidence",
        evidence,
        "evidence_details",
        Map.of(
            "due_by",
            now + 7 * 24 * 3_600,
            "enhanced_eligibility",
            Map.of(),
            "has_evidence",
            false,
            "past_due",
            false,
            "submission_count",
            0),
        "is_charge_refundable",
        false,
        "livemode",
        false,
        "metadata",
        Map.of(),
        "payment_intent",
        charge.text("payment_intent"),
        "reason",
        "fraudulent",
        "status",
        "needs_response");
  }

  static Doc event(String id, String type, Map<String, ?> data, long now, Cause cause) {
    return Doc.of(
        "id", id,
        "object", "event",
        "api_version", API_VERSION,
        "created", now,
        "data", data,
        "livemode", false,
        "pending_webhooks", 1,
        "request",
            Doc.of(
                "id", cause.request().isEmpty() ? null : cause.request(),
                "idempotency_key", cause.key().isEmpty() ? null : cause.key()),
        "type", type);
  }

  static Doc list(List<Doc> docs, boolean more, String url) {
    var data = new ArrayList<Object>();
    docs.forEach(doc -> data.add(doc.fields()));
    return Doc.of("object", "list", "data", data, "has_more", more, "url", url);
  }
}
