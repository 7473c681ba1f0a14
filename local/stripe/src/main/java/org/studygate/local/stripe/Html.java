package org.studygate.local.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/// Pages without scripts, in the colours of all others.
final class Html {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Map<String, String> STYLES =
      Map.of(
          "tokens.css", "web/styles/tokens.css",
          "local.css", "local/pages/local.css",
          "stripe.css", "local/pages/stripe.css");

  private static final Map<String, String> METHODS =
      Map.of(
          "card", "Card",
          "bancontact", "Bancontact",
          "ideal", "iDEAL",
          "sepa_debit", "SEPA direct debit",
          "eps", "EPS",
          "p24", "Przelewy24",
          "paypal", "PayPal",
          "mobilepay", "MobilePay",
          "twint", "TWINT");

  private final Path root;

  /// @param root folder of the project, where the style sheets are
  Html(Path root) {
    this.root = root;
  }

  void style(HttpExchange exchange, String name) throws IOException {
    var file = STYLES.get(name);
    if (file == null) {
      Http.send(exchange, 404, new byte[0]);
      return;
    }
    exchange.getResponseHeaders().set("content-type", "text/css; charset=utf-8");
    Http.send(exchange, 200, Files.readAllBytes(root.resolve(file)));
  }

  /// @param targets where a form of the page may lead besides this server
  static void page(
      HttpExchange exchange, int status, String title, Collection<URI> targets, String body)
      throws IOException {
    var forms = new StringBuilder("'self'");
    for (var target : targets) {
      forms.append(' ').append(target.getScheme()).append("://").append(target.getRawAuthority());
    }
    var headers = exchange.getResponseHeaders();
    headers.set("content-type", "text/html; charset=utf-8");
    headers.set("cache-control", "no-store");
    headers.set("referrer-policy", "no-referrer");
    headers.set("x-content-type-options", "nosniff");
    headers.set(
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none';"
            + " frame-ancestors 'none'; form-action "
            + forms);
    var page =
        """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/styles/local.css">
            <link rel="stylesheet" href="/styles/stripe.css">
          </head>
          <body>
        %s
          </body>
        </html>
        """
            .formatted(text(title), body);
    Http.send(exchange, status, page.getBytes(StandardCharsets.UTF_8));
  }

  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String money(long amount, String currency) {
    var code = currency.toUpperCase(Locale.ROOT);
    return BigDecimal.valueOf(amount, digits(currency)).toPlainString() + " " + code;
  }

  static int digits(String currency) {
    return Math.max(
        0, Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits());
  }

  static String time(long seconds) {
    return TIME.format(Instant.ofEpochSecond(seconds));
  }

  static String method(String method) {
    return METHODS.getOrDefault(
        method,
        method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1).replace('_', ' '));
  }
}
