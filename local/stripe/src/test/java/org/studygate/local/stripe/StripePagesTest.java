package org.studygate.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.checkout.SessionCreateParams.PaymentMethodType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees and presses: plain forms, answered with 303.
class StripePagesTest {
  @TempDir Path folder;
  private Playground on;

  @BeforeEach
  void start() throws IOException {
    on = new Playground(folder);
  }

  @AfterEach
  void stop() {
    on.close();
  }

  private String statusOf(String id) throws StripeException {
    var session = on.stripe.v1().checkout().sessions().retrieve(id);
    return session.getStatus() + " " + session.getPaymentStatus();
  }

  @Test
  void thePageSaysWhatItIsAndWhatIsPaid() throws StripeException {
    var page = on.get("/c/pay/" + on.sessionOf(2_500));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("stand-in for Stripe", "No money moves", "CT thorax", "25.00 EUR", "Bancontact")
        .doesNotContain("<script", "style=");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "form-action 'self' " + Playground.PAGES);
  }

  @Test
  void payingLeadsBackWithTheSession() throws StripeException {
    var id = on.sessionOf(2_500);
    var paid = on.form("/c/pay/" + id, "act=pay&method=bancontact");
    assertThat(paid.statusCode()).isEqualTo(303);
    assertThat(paid.headers().firstValue("location"))
        .contains(Playground.PAGES + "/pay?session=" + id);
    assertThat(statusOf(id)).isEqualTo("complete paid");
    var again = on.form("/c/pay/" + id, "act=pay&method=card");
    assertThat(again.headers().firstValue("location"))
        .as("pressed twice")
        .contains(Playground.PAGES + "/pay?session=" + id);
    assertThat(on.get("/c/pay/" + id).body()).contains("This payment is complete");
  }

  @Test
  void aBankDebitIsAwaited() throws StripeException {
    var order = Playground.order(2_500).addPaymentMethodType(PaymentMethodType.SEPA_DEBIT).build();
    var id = on.stripe.v1().checkout().sessions().create(order).getId();
    on.form("/c/pay/" + id, "act=pay&method=sepa_debit");
    assertThat(statusOf(id)).isEqualTo("complete unpaid");
    assertThat(on.get("/").body()).contains("money awaited", "The money comes");
    assertThat(on.form("/act", "act=succeed&session=" + id).statusCode()).isEqualTo(303);
    assertThat(statusOf(id)).isEqualTo("complete paid");
  }

  @Test
  void aDeclinedCardIsToldAndCanBeTriedAgain() throws StripeException {
    var id = on.sessionOf(2_500);
    var declined = on.form("/c/pay/" + id, "act=fail&method=card");
    assertThat(declined.headers().firstValue("location")).contains("/c/pay/" + id);
    assertThat(on.get("/c/pay/" + id).body()).contains("role=\"alert\"", "Your card was declined.");
    assertThat(statusOf(id)).isEqualTo("open unpaid");
  }

  @Test
  void cancellingLeadsBackAndLeavesItOpen() throws StripeException {
    var id = on.sessionOf(2_500);
    assertThat(on.form("/c/pay/" + id, "act=cancel").headers().firstValue("location"))
        .contains(Playground.PAGES + "/pay?cancelled");
    assertThat(statusOf(id)).isEqualTo("open unpaid");
  }

  @Test
  void afterItsTimeNothingCanBePaid() throws StripeException {
    var id = on.sessionOf(2_500);
    on.clock.advance(Duration.ofHours(24));
    on.form("/c/pay/" + id, "act=pay&method=card");
    assertThat(statusOf(id)).isEqualTo("expired unpaid");
    assertThat(on.get("/c/pay/" + id).body()).contains("has expired", "Go back");
    assertThat(on.get("/c/pay/none").statusCode()).isEqualTo(404);
  }

  @Test
  void theDashboardGivesPartOfTheMoneyBack() throws StripeException {
    assertThat(on.get("/").body()).contains("Nobody has wanted to pay yet");
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    assertThat(on.get("/").body()).contains("25.00 EUR · CT thorax", "paid", "Refund");
    on.form("/act", "act=refund&amount=10%2C50&session=" + id);
    assertThat(on.get("/").body()).contains("partly refunded", "value=\"14.50\"");
    var tooMuch = on.form("/act", "act=refund&amount=20&session=" + id);
    assertThat(tooMuch.statusCode()).isEqualTo(400);
    assertThat(tooMuch.body()).contains("role=\"alert\"", "greater than unrefunded");
    on.form("/act", "act=refund&amount=14.5&session=" + id);
    assertThat(on.get("/").body()).contains("refunded");
  }

  @Test
  void theDashboardSetsHowWebhooksAreSentAndSendsThemAgain() throws Exception {
    on.form("/webhooks", "duplicate=2&reorder=on");
    assertThat(on.get("/control").body())
        .contains("\"duplicate\":2", "\"reorder\":true", "\"hold\":false");
    on.form("/webhooks", "duplicate=1");
    var id = on.sessionOf(2_500);
    on.stripe.v1().checkout().sessions().expire(id);
    assertThat(on.types(1)).containsExactly("checkout.session.expired");
    on.nothingMoreIsSent();
    var page = on.get("/").body();
    assertThat(page).contains("checkout.session.expired", "1 try, answer 200");
    var delivery = page.replaceAll("(?s).*name=\"delivery\" value=\"(\\w+)\".*", "$1");
    assertThat(on.form("/again", "delivery=" + delivery).statusCode()).isEqualTo(303);
    assertThat(on.types(1)).containsExactly("checkout.session.expired");
  }

  @Test
  void whatAPersonTypedIsShownAsText() throws StripeException {
    var order = Playground.named("<b>\"CT\"</b>");
    var id = on.stripe.v1().checkout().sessions().create(order.build()).getId();
    for (var page : new String[] {"/", "/c/pay/" + id}) {
      assertThat(on.get(page).body())
          .contains("&lt;b&gt;&quot;CT&quot;&lt;/b&gt;")
          .doesNotContain("<b>\"CT");
    }
  }

  @Test
  void formsOfOtherSitesAndOtherNamesAreRefused() throws Exception {
    var id = on.sessionOf(2_500);
    var foreign =
        on.send(
            HttpRequest.newBuilder(on.standIn.base().resolve("/act"))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofString("act=expire&session=" + id)));
    assertThat(foreign.statusCode()).isEqualTo(403);
    var plain =
        on.send(
            HttpRequest.newBuilder(on.standIn.base().resolve("/control/act"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"session\":\"" + id + "\",\"act\":\"expire\"}")));
    assertThat(plain.statusCode()).isEqualTo(400);
    assertThat(statusOf(id)).isEqualTo("open unpaid");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), on.standIn.base().getPort())) {
      var request = "GET / HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void tooLargeAndMalformedRequestsAreRefused() {
    assertThat(on.form("/act", "a".repeat(300_000)).statusCode()).isEqualTo(413);
    assertThat(on.control("/control", "{").statusCode()).isEqualTo(400);
    assertThat(on.control("/control", "{\"webhooks\":{\"duplicate\":99}}").statusCode())
        .isEqualTo(400);
    assertThat(on.control("/control/act", "{\"session\":\"x\",\"act\":\"pay\"}").statusCode())
        .isEqualTo(404);
    assertThat(on.form("/act", "act=%zz").statusCode()).isEqualTo(400);
    assertThat(on.get("/nothing").statusCode()).isEqualTo(404);
  }
}
