package org.studygate.local.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.local.stripe.Ledger.Batch;
import org.studygate.local.stripe.Ledger.Cause;
import org.studygate.local.stripe.Webhooks.Switches;

/// `/`: every payment and what can be done to it, and how webhooks are sent.
final class Dashboard {
  private static final int SHOWN = 50;

  private static final Map<Act, String> WORDS =
      Map.of(
          Act.EXPIRE, "Let it expire",
          Act.SUCCEED, "The money comes",
          Act.FAIL_LATER, "The money does not come",
          Act.DISPUTE, "Customer disputes it",
          Act.WIN, "Dispute won",
          Act.LOSE, "Dispute lost");

  private final Ledger ledger;
  private final Payments payments;
  private final URI pages;
  private final Runnable changed;

  Dashboard(Ledger ledger, Payments payments, URI pages, Runnable changed) {
    this.ledger = ledger;
    this.payments = payments;
    this.pages = pages;
    this.changed = changed;
  }

  void serve(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    try {
      switch (exchange.getRequestMethod() + " " + path) {
        case "GET /" -> show(exchange, 200, "");
        case "POST /act" -> act(exchange);
        case "POST /webhooks" -> switches(exchange);
        case "POST /again" -> again(exchange);
        default -> Http.send(exchange, 404, new byte[0]);
      }
    } catch (Refusal refusal) {
      show(exchange, refusal.status(), refusal.line());
    }
  }

  private void act(HttpExchange exchange) throws IOException {
    var form = Parameters.parse(Http.body(exchange));
    var id = form.required("session");
    var act = Act.of(form.required("act"));
    var amount = form.text("amount");
    form.done();
    ledger.change(
        Cause.CLICK,
        batch -> {
          var currency = payments.session(batch, id).text("currency");
          return act.on(
              batch,
              payments,
              id,
              Optional.empty(),
              amount.map(text -> smallestUnits(text, currency)));
        });
    done(exchange);
  }

  private static long smallestUnits(String text, String currency) {
    try {
      return new BigDecimal(text.strip().replace(',', '.'))
          .movePointRight(Html.digits(currency))
          .longValueExact();
    } catch (NumberFormatException malformed) {
      throw Refusal.invalid("The amount is not a number.", "amount");
    } catch (ArithmeticException inexact) {
      throw Refusal.invalid("The amount has too many decimals.", "amount");
    }
  }

  private void switches(HttpExchange exchange) throws IOException {
    var form = Parameters.parse(Http.body(exchange));
    var switches =
        new Switches(
            form.whole("duplicate").orElse(1L).intValue(),
            form.text("reorder").isPresent(),
            form.text("hold").isPresent(),
            form.text("drop").isPresent(),
            form.text("forge").isPresent(),
            form.text("rotate").isPresent());
    form.done();
    ledger.change(
        Cause.CLICK,
        batch -> {
          Webhooks.set(batch, switches);
          return true;
        });
    done(exchange);
  }

  private void again(HttpExchange exchange) throws IOException {
    var form = Parameters.parse(Http.body(exchange));
    var id = form.required("delivery");
    form.done();
    ledger.change(Cause.CLICK, batch -> Webhooks.again(batch, id));
    done(exchange);
  }

  private void done(HttpExchange exchange) throws IOException {
    changed.run();
    Http.redirect(exchange, "/");
  }

  private void show(HttpExchange exchange, int status, String trouble) throws IOException {
    var body = ledger.change(Cause.CLICK, batch -> body(batch, trouble));
    changed.run();
    Html.page(exchange, status, "Payments – stand-in for Stripe", List.of(), body);
  }

  private String body(Batch batch, String trouble) {
    payments.expireOverdue(batch);
    var sessions = Payments.newest(batch, Payments.SESSION, Map.of());
    var list = new StringBuilder();
    for (var session : sessions.subList(0, Math.min(SHOWN, sessions.size()))) {
      list.append(payment(batch, session));
    }
    if (sessions.isEmpty()) {
      list.append(
          "<div class=\"empty\"><p>Nobody has wanted to pay yet. Open a letter of a department that"
              + " asks for a payment, and come back here.</p></div>");
    } else if (sessions.size() > SHOWN) {
      list.append("<p class=\"muted\">Older ones are left out.</p>");
    }
    return """
        <header>
          <strong>Payments</strong>
          <nav aria-label="Main"><a href="%s/local">Start</a><a href="%s/local/inbox">Inbox: SMS and mail</a><a href="/">Look again</a></nav>
        </header>
        <main>
          <p class="notice"><strong>A stand-in for Stripe.</strong> It runs on this machine and no money moves. Here you are the bank.</p>
          %s
          <h1>Payments</h1>
          %s
          <h2>How webhooks are sent</h2>
          %s
          <h2>Webhooks</h2>
          %s
        </main>
        """
        .formatted(
            pages,
            pages,
            trouble.isEmpty()
                ? ""
                : "<p class=\"trouble\" role=\"alert\">" + Html.text(trouble) + "</p>",
            list,
            switchesForm(Webhooks.switches(batch)),
            log(batch));
  }

  private static String payment(Batch batch, Doc session) {
    var kept = batch.find("kept", Shapes.keptId(session.id())).orElseThrow();
    var charge = Payments.latestCharge(batch, session);
    var method =
        charge
            .map(one -> Html.method(one.doc("payment_method_details").text("type")))
            .orElse("nothing tried yet");
    var price = Html.money(session.number("amount_total"), session.text("currency"));
    return """
        <article class="card payment">
          <div class="top"><h2>%s · %s</h2><span class="tag">%s</span></div>
          <p class="muted">%s · %s</p>
          <p class="ids"><code>%s</code></p>
          %s
          %s
        </article>
        """
        .formatted(
            Html.text(price),
            Html.text(kept.text("name")),
            Html.text(state(batch, session, charge)),
            Html.time(session.number("created")),
            Html.text(method),
            Html.text(session.id()),
            session
                .find("url")
                .map(url -> "<p><a href=\"" + Html.text(url) + "\">Open its page</a></p>")
                .orElse(""),
            actions(batch, session, charge));
  }

  /// At most three words.
  private static String state(Batch batch, Doc session, Optional<Doc> charge) {
    if (!session.is("status", "complete")) {
      return session.text("status");
    }
    var paid = charge.orElseThrow();
    if (paid.flag("disputed")) {
      return Act.latestDispute(batch, session)
          .map(dispute -> "dispute " + dispute.text("status").replace("needs_response", "open"))
          .orElse("disputed");
    }
    if (paid.flag("refunded")) {
      return "refunded";
    }
    if (paid.number("amount_refunded") > 0) {
      return "partly refunded";
    }
    return paid.is("status", "failed")
        ? "payment failed"
        : paid.is("status", "pending") ? "money awaited" : "paid";
  }

  private static String actions(Batch batch, Doc session, Optional<Doc> charge) {
    var possible = Act.possible(batch, session);
    if (possible.isEmpty()) {
      return "";
    }
    var hidden =
        "<input type=\"hidden\" name=\"session\" value=\"" + Html.text(session.id()) + "\">";
    var buttons = new StringBuilder();
    for (var act : possible) {
      if (act != Act.REFUND) {
        buttons.append(
            "<button class=\"button plain\" name=\"act\" value=\"%s\">%s</button>"
                .formatted(act.word(), WORDS.get(act)));
      }
    }
    var refund =
        possible.contains(Act.REFUND) ? refundForm(hidden, session, charge.orElseThrow()) : "";
    return """
        <div class="row">%s<form class="row" method="post" action="/act">%s%s</form></div>
        """
        .formatted(refund, hidden, buttons);
  }

  private static String refundForm(String hidden, Doc session, Doc charge) {
    var left = charge.number("amount") - charge.number("amount_refunded");
    var currency = session.text("currency");
    var amount = BigDecimal.valueOf(left, Html.digits(currency)).toPlainString();
    return """
        <form class="row" method="post" action="/act">%s
          <label>Refund <input class="amount" name="amount" inputmode="decimal" autocomplete="off" required value="%s"> %s</label>
          <button class="button plain" name="act" value="refund">Refund</button>
        </form>
        """
        .formatted(hidden, amount, currency.toUpperCase(Locale.ROOT));
  }

  private static String switchesForm(Switches now) {
    var copies = new StringBuilder();
    for (var i = 1; i <= 3; i++) {
      copies.append(
          "<option value=\"%d\"%s>%s</option>"
              .formatted(
                  i,
                  i == now.duplicate() ? " selected" : "",
                  i == 1 ? "once" : i == 2 ? "twice" : "three times"));
    }
    return """
        <form class="card" method="post" action="/webhooks">
          <label>Each event is sent <select name="duplicate">%s</select></label>
          %s%s%s%s%s
          <div class="row"><button class="button">Send them so from now on</button></div>
        </form>
        """
        .formatted(
            copies,
            box("reorder", "The last event first", now.reorder()),
            box("hold", "Held back; taking this off releases them", now.hold()),
            box("forge", "Signed with a wrong secret", now.forge()),
            box("rotate", "Two signatures, the first of an old secret", now.rotate()),
            box("drop", "Not sent at all", now.drop()));
  }

  private static String box(String name, String words, boolean on) {
    return """
        <label class="box"><input type="checkbox" name="%s" value="on"%s> %s</label>
        """
        .formatted(name, on ? " checked" : "", words);
  }

  private static String log(Batch batch) {
    var deliveries = Payments.newest(batch, Webhooks.DELIVERY, Map.of());
    if (deliveries.isEmpty()) {
      return "<div class=\"empty\"><p>No event has happened yet.</p></div>";
    }
    var lines = new StringBuilder("<ul class=\"log\">");
    for (var one : deliveries.subList(0, Math.min(SHOWN, deliveries.size()))) {
      lines.append(
          """
          <li>
            <span class="type">%s</span>
            <span class="tag">%s</span>
            <span class="muted">%s</span>
            <form method="post" action="/again"><input type="hidden" name="delivery" value="%s"><button class="button plain" aria-label="Send %s again">Send again</button></form>
          </li>
          """
              .formatted(
                  Html.text(one.text("type")),
                  Html.text(one.text("state")),
                  Html.text(tries(one)),
                  Html.text(one.id()),
                  Html.text(one.text("type"))));
    }
    return lines.append("</ul>").toString();
  }

  private static String tries(Doc delivery) {
    var attempts = delivery.number("attempts");
    if (attempts == 0) {
      return "not sent";
    }
    var status = delivery.number("status");
    return (attempts == 1 ? "1 try, " : attempts + " tries, ")
        + (status == 0 ? "no answer" : "answer " + status);
  }
}
