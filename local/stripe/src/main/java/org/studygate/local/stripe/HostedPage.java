package org.studygate.local.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.local.stripe.Ledger.Cause;

/// `/c/pay/{id}`: where Stripe would ask for the card. It asks for nothing, and says so.
final class HostedPage {
  static final String PATH = "/c/pay/";

  private static final String NOTICE =
      """
      <p class="notice"><strong>A stand-in for Stripe.</strong> This page runs on this machine. No money moves, and it asks for no card.</p>
      """;

  private final Ledger ledger;
  private final Payments payments;
  private final Runnable changed;

  HostedPage(Ledger ledger, Payments payments, Runnable changed) {
    this.ledger = ledger;
    this.payments = payments;
    this.changed = changed;
  }

  private record Seen(Doc session, String what, Optional<String> trouble) {}

  void serve(HttpExchange exchange) throws IOException {
    var id = exchange.getRequestURI().getPath().substring(PATH.length());
    try {
      switch (exchange.getRequestMethod()) {
        case "GET" -> show(exchange, id);
        case "POST" -> act(exchange, id);
        default -> Http.send(exchange, 405, new byte[0]);
      }
    } catch (Refusal refusal) {
      message(exchange, refusal.status(), "This page is not there", refusal.line(), "");
    }
  }

  private void show(HttpExchange exchange, String id) throws IOException {
    var seen =
        ledger.change(
            Cause.CLICK,
            batch -> {
              var session = payments.session(batch, id);
              var kept = batch.find("kept", Shapes.keptId(id)).orElseThrow();
              var trouble =
                  batch
                      .find(Payments.INTENT, session.text("payment_intent"))
                      .flatMap(intent -> intent.doc("last_payment_error").find("message"));
              return new Seen(session, kept.text("name"), trouble);
            });
    changed.run();
    var session = seen.session();
    switch (session.text("status")) {
      case "open" -> open(exchange, seen);
      case "complete" ->
          message(
              exchange,
              200,
              "This payment is complete",
              "There is nothing more to do here.",
              link(success(session), "Go on"));
      default ->
          message(
              exchange,
              200,
              "This page has expired",
              "The time for this payment has passed.",
              session.find("cancel_url").map(url -> link(url, "Go back")).orElse(""));
    }
  }

  private static void open(HttpExchange exchange, Seen seen) throws IOException {
    var session = seen.session();
    var methods = new StringBuilder();
    for (var method : session.texts("payment_method_types")) {
      methods.append(
          """
          <label class="choice"><input type="radio" name="method" value="%s"%s><span>%s%s</span></label>
          """
              .formatted(
                  Html.text(method),
                  methods.isEmpty() ? " checked" : "",
                  Html.text(Html.method(method)),
                  Payments.delayed(method) ? " <small>money comes days later</small>" : ""));
    }
    var price = Html.money(session.number("amount_total"), session.text("currency"));
    var trouble =
        seen.trouble()
            .map(
                line ->
                    "<p class=\"trouble\" role=\"alert\"><strong>"
                        + Html.text(line)
                        + "</strong> Try again, or choose another way to pay.</p>")
            .orElse("");
    var back =
        session.find("cancel_url").isPresent()
            ? "<button class=\"button plain\" name=\"act\" value=\"cancel\">Cancel and go back</button>"
            : "";
    var body =
        """
        <main class="pay">
          %s
          <div class="card">
            %s
            <h1><span class="what">%s</span> %s</h1>
            <form method="post">
              <fieldset>
                <legend>How do you want to pay?</legend>
                %s
              </fieldset>
              <div class="stack">
                <button class="button" name="act" value="pay">Pay %s</button>
                %s
              </div>
              <fieldset class="other">
                <legend>Or see what else can happen</legend>
                <button class="button plain" name="act" value="fail">The bank says no</button>
                <button class="button plain" name="act" value="pay-later">Say yes now, money comes later</button>
                <button class="button plain" name="act" value="expire">Let the time run out</button>
              </fieldset>
            </form>
            <p class="muted">Open until %s. <a href="/">All payments of this stand-in</a></p>
          </div>
        </main>
        """
            .formatted(
                NOTICE,
                trouble,
                Html.text(seen.what()),
                Html.text(price),
                methods,
                Html.text(price),
                back,
                Html.time(session.number("expires_at")));
    var targets =
        Stream.of(session.find("success_url"), session.find("cancel_url"))
            .flatMap(Optional::stream)
            .map(url -> URI.create(url.replace("{CHECKOUT_SESSION_ID}", "")))
            .distinct()
            .toList();
    Html.page(exchange, 200, "Pay " + price + " – stand-in for Stripe", targets, body);
  }

  private void act(HttpExchange exchange, String id) throws IOException {
    var form = Parameters.parse(Http.body(exchange));
    var word = form.required("act");
    var method = form.text("method");
    form.done();
    var session = ledger.change(Cause.CLICK, batch -> payments.session(batch, id));
    var open = session.is("status", "open");
    if (word.equals("cancel")) {
      Http.redirect(exchange, session.find("cancel_url").orElse(PATH + id));
      return;
    }
    var paying = word.equals("pay") || word.equals("pay-later");
    if (!paying && !word.equals("fail") && !word.equals("expire")) {
      throw Refusal.invalid("act is not known", "act");
    }
    var act =
        word.equals("pay") && method.filter(Payments::delayed).isPresent()
            ? Act.PAY_LATER
            : Act.of(word);
    if (open) {
      try {
        session =
            ledger.change(
                Cause.CLICK, batch -> act.on(batch, payments, id, method, Optional.empty()));
      } catch (Refusal overtaken) { // by another tab, or by time: shown as it now is
        session = ledger.change(Cause.CLICK, batch -> payments.session(batch, id));
      }
      changed.run();
    }
    Http.redirect(
        exchange, paying && session.is("status", "complete") ? success(session) : PATH + id);
  }

  private static String success(Doc session) {
    return session.text("success_url").replace("{CHECKOUT_SESSION_ID}", session.id());
  }

  private static String link(String to, String words) {
    return "<p><a class=\"button\" href=\"" + Html.text(to) + "\">" + words + "</a></p>";
  }

  private static void message(
      HttpExchange exchange, int status, String title, String line, String link)
      throws IOException {
    var body =
        """
        <main class="pay">
          %s
          <div class="card"><h1>%s</h1><p>%s</p>%s</div>
        </main>
        """
            .formatted(NOTICE, Html.text(title), Html.text(line), link);
    Html.page(exchange, status, title + " – stand-in for Stripe", List.of(), body);
  }
}
