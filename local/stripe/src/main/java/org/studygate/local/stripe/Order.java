package org.studygate.local.stripe;

import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a Checkout Session is asked for; complete and valid, or a refusal as Stripe gives it.
record Order(
    String currency,
    long unitAmount,
    long quantity,
    String name,
    String taxBehaviour,
    List<String> methods,
    String successUrl,
    Optional<String> cancelUrl,
    Optional<String> clientReference,
    Map<String, String> metadata,
    Map<String, String> intentMetadata,
    Optional<String> intentDescription,
    Optional<String> receiptEmail,
    Optional<String> locale,
    Optional<String> email,
    Optional<String> submitType,
    Optional<String> submitText,
    String customerCreation,
    boolean adaptivePricing,
    long expires) {

  /// In the order in which Stripe would show them where the caller names none.
  static final List<String> EURO_METHODS = List.of("card", "bancontact", "ideal", "sepa_debit");

  private static final Set<String> EURO_ONLY = Set.of("bancontact", "ideal", "sepa_debit", "eps");

  static final List<String> METHODS =
      List.of(
          "card",
          "bancontact",
          "ideal",
          "sepa_debit",
          "eps",
          "klarna",
          "link",
          "mobilepay",
          "paypal",
          "p24",
          "satispay",
          "swish",
          "twint");

  /// Least amount in each currency's smallest unit; others count as 50.
  private static final Map<String, Long> LEAST =
      Map.of("gbp", 30L, "dkk", 250L, "nok", 300L, "sek", 300L, "pln", 200L, "czk", 1_500L);

  private static final long MOST = 99_999_999;
  private static final long LONGEST_LIFE = 24 * 3_600;
  private static final long SHORTEST_LIFE = 30 * 60;
  private static final int LONGEST_URL = 5_000;

  private static final Set<String> LOCALES =
      Set.of(
          "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil",
          "fr", "fr-CA", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl",
          "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK",
          "zh-TW");

  long total() {
    return unitAmount * quantity;
  }

  static Order parse(Parameters given, long now) {
    var mode = given.oneOf("mode", List.of("payment", "setup", "subscription"));
    if (!mode.orElseThrow(() -> Refusal.missing("mode")).equals("payment")) {
      throw Refusal.invalid("The stand-in plays mode=payment alone.", "mode");
    }
    given
        .oneOf("ui_mode", List.of("hosted_page", "hosted", "embedded_page", "elements", "form"))
        .filter(asked -> !asked.startsWith("hosted"))
        .ifPresent(
            _ -> {
              throw Refusal.invalid("The stand-in plays ui_mode=hosted_page alone.", "ui_mode");
            });
    var items = given.objects("line_items");
    if (items.size() != 1) {
      throw items.isEmpty()
          ? Refusal.missing("line_items")
          : Refusal.invalid("The stand-in plays one line item.", "line_items[1]");
    }
    var item = items.getFirst();
    var price = item.object("price_data").orElseThrow(() -> Refusal.missing(item.at("price_data")));
    var product =
        price.object("product_data").orElseThrow(() -> Refusal.missing(price.at("product_data")));
    product.text("description");
    var currency = currency(price);
    var intent = given.object("payment_intent_data");
    var order =
        new Order(
            currency,
            amount(price),
            quantity(item),
            product.required("name"),
            price
                .oneOf("tax_behavior", List.of("exclusive", "inclusive", "unspecified"))
                .orElse("unspecified"),
            methods(given, currency),
            url(given, "success_url").orElseThrow(() -> Refusal.missing("success_url")),
            url(given, "cancel_url"),
            given.text("client_reference_id", 200),
            given.metadata(),
            intent.map(Parameters::metadata).orElse(Map.of()),
            intent.flatMap(data -> data.text("description", 1_000)),
            intent.flatMap(data -> data.text("receipt_email")),
            given.oneOf("locale", LOCALES),
            email(given),
            given.oneOf("submit_type", List.of("auto", "book", "donate", "pay", "subscribe")),
            given
                .object("custom_text")
                .flatMap(text -> text.object("submit"))
                .map(submit -> submit.required("message")),
            given
                .oneOf("customer_creation", List.of("always", "if_required"))
                .orElse("if_required"),
            given
                .object("adaptive_pricing")
                .flatMap(adaptive -> adaptive.flag("enabled"))
                .orElse(false),
            expires(given, now));
    order.refuseSmall();
    return order;
  }

  private static String currency(Parameters price) {
    var currency = price.required("currency").toLowerCase(Locale.ROOT);
    try {
      Currency.getInstance(currency.toUpperCase(Locale.ROOT));
      return currency;
    } catch (IllegalArgumentException unknown) {
      throw Refusal.invalid("Invalid currency: not one of ISO 4217", price.at("currency"));
    }
  }

  private static long amount(Parameters price) {
    var amount =
        price.whole("unit_amount").orElseThrow(() -> Refusal.missing(price.at("unit_amount")));
    if (amount < 0) {
      throw Refusal.bad(
          "parameter_invalid_integer",
          "This value must be greater than or equal to 0.",
          price.at("unit_amount"));
    }
    if (amount > MOST) {
      throw Refusal.bad(
          "amount_too_large", "Amount must be no more than " + MOST + ".", price.at("unit_amount"));
    }
    return amount;
  }

  private static long quantity(Parameters item) {
    var quantity = item.whole("quantity").orElseThrow(() -> Refusal.missing(item.at("quantity")));
    if (quantity < 1 || quantity > 1_000) {
      throw Refusal.bad(
          "parameter_invalid_integer",
          "This value must be greater than or equal to 1.",
          item.at("quantity"));
    }
    return quantity;
  }

  private void refuseSmall() {
    if (total() < LEAST.getOrDefault(currency, 50L)) {
      throw Refusal.bad(
          "amount_too_small",
          "The Checkout Session's total amount must convert to at least 50 cents.",
          "");
    }
    if (total() > MOST) {
      throw Refusal.bad("amount_too_large", "Amount must be no more than " + MOST + ".", "");
    }
  }

  private static List<String> methods(Parameters given, String currency) {
    var methods = given.manyOf("payment_method_types", METHODS);
    var euro = currency.equals("eur");
    if (methods.isEmpty()) {
      return euro ? EURO_METHODS : List.of("card");
    }
    if (methods.stream().distinct().count() != methods.size()) {
      throw Refusal.invalid("The same method is named twice.", "payment_method_types");
    }
    if (!euro && methods.stream().anyMatch(EURO_ONLY::contains)) {
      throw Refusal.invalid(
          "The currency provided ("
              + currency
              + ") is invalid for one or more payment method types on this Checkout Session.",
          "payment_method_types");
    }
    return methods;
  }

  private static Optional<String> url(Parameters given, String name) {
    var url = given.text(name, LONGEST_URL);
    if (url.isPresent() && !isUrl(url.get())) {
      throw Refusal.bad("url_invalid", "Not a valid URL", name);
    }
    return url;
  }

  private static boolean isUrl(String text) {
    try {
      var uri = URI.create(text.replace("{CHECKOUT_SESSION_ID}", "cs"));
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static Optional<String> email(Parameters given) {
    var email = given.text("customer_email", 800);
    if (email.isPresent() && !email.get().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
      throw Refusal.bad("email_invalid", "Invalid email address", "customer_email");
    }
    return email;
  }

  private static long expires(Parameters given, long now) {
    var expires = given.whole("expires_at").orElse(now + LONGEST_LIFE);
    if (expires > now + LONGEST_LIFE) {
      throw Refusal.invalid(
          "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
          "expires_at");
    }
    if (expires < now + SHORTEST_LIFE) {
      throw Refusal.invalid(
          "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
          "expires_at");
    }
    return expires;
  }
}
