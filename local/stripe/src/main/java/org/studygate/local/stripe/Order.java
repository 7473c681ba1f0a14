package org.studygate.local.stripe;

import java.net.URI;
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
    List<String> methods,
    String successUrl,
    Optional<String> cancelUrl,
    Optional<String> clientReference,
    Map<String, String> metadata,
    Map<String, String> intentMetadata,
    Optional<String> intentDescription,
    Optional<String> locale,
    long expires) {

  private static final List<String> EURO_METHODS =
      List.of("card", "bancontact", "ideal", "sepa_debit");

  private static final Set<String> EURO_ONLY = Set.of("bancontact", "ideal", "sepa_debit", "eps");

  private static final long LEAST = 50;
  private static final long MOST = 99_999_999;
  private static final long LONGEST_LIFE = 24 * 3_600;
  private static final long SHORTEST_LIFE = 30 * 60;
  private static final int LONGEST_REFERENCE = 200;

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
    if (given.oneOf("mode", List.of("payment")).isEmpty()) { // the stand-in plays no other
      throw Refusal.missing("mode");
    }
    var item = part(part(given, "line_items"), "0"); // nor a second item
    var price = part(item, "price_data");
    var currency = price.required("currency").toLowerCase(Locale.ROOT);
    var intent = given.object("payment_intent_data");
    return new Order(
            currency,
            whole(price, "unit_amount"),
            whole(item, "quantity"),
            part(price, "product_data").required("name"),
            methods(given, currency),
            url(given, "success_url").orElseThrow(() -> Refusal.missing("success_url")),
            url(given, "cancel_url"),
            reference(given),
            given.metadata(),
            intent.map(Parameters::metadata).orElse(Map.of()),
            intent.flatMap(data -> data.text("description")),
            given.oneOf("locale", LOCALES),
            expires(given, now))
        .payable();
  }

  private static Parameters part(Parameters given, String name) {
    return given.object(name).orElseThrow(() -> Refusal.missing(given.at(name)));
  }

  private static long whole(Parameters given, String name) {
    return given.whole(name).orElseThrow(() -> Refusal.missing(given.at(name)));
  }

  private Order payable() {
    if (total() < LEAST) {
      throw Refusal.bad(
          "amount_too_small", "The total amount must convert to at least 50 cents.", "");
    }
    if (total() > MOST) {
      throw Refusal.bad("amount_too_large", "Amount must be no more than " + MOST + ".", "");
    }
    return this;
  }

  private static List<String> methods(Parameters given, String currency) {
    var name = "payment_method_types";
    var methods = given.manyOf(name, Shapes.methods());
    var euro = currency.equals("eur");
    if (methods.isEmpty()) {
      return euro ? EURO_METHODS : List.of("card");
    }
    if (!euro && methods.stream().anyMatch(EURO_ONLY::contains)) {
      throw Refusal.invalid("The currency (" + currency + ") is invalid for a method.", name);
    }
    return methods;
  }

  private static Optional<String> url(Parameters given, String name) {
    var url = given.text(name);
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

  private static Optional<String> reference(Parameters given) {
    var name = "client_reference_id";
    var reference = given.text(name);
    if (reference.isPresent() && reference.get().length() > LONGEST_REFERENCE) {
      throw Refusal.invalid("It must be at most 200 characters.", name);
    }
    return reference;
  }

  private static long expires(Parameters given, long now) {
    var expires = given.whole("expires_at").orElse(now + LONGEST_LIFE);
    if (expires < now + SHORTEST_LIFE || expires > now + LONGEST_LIFE) {
      throw Refusal.invalid(
          "It must be 30 minutes to 24 hours after the session's creation.", "expires_at");
    }
    return expires;
  }
}
