package org.studygate.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.department.Price;
import org.studygate.i18n.Languages;
import org.studygate.payment.PaymentPolicy;
import org.studygate.payment.PaymentProvider;
import org.studygate.payment.PaymentProvider.Request;
import org.studygate.payment.PaymentProvider.Told;
import org.studygate.payment.Stage;
import org.studygate.platform.TestClock;

/// Stripe as we see it, over real HTTP.
public final class StripeProviderTest {
  private static final String BUCKET = "0123456789abcdef0123456789abcdef";

  private final TestClock clock = TestClock.at("2026-11-26T10:00:00Z");
  private TestStripe stripe;
  private StripeProvider provider;

  @BeforeEach
  public void start() throws IOException {
    stripe = new TestStripe(Files.createTempDirectory("stripe"), clock);
    provider = stripe.provider();
  }

  @AfterEach
  public void stop() {
    stripe.close();
  }

  private Request request(String key, String method, String language) {
    return new Request(
        key,
        BUCKET,
        "01234567-1",
        "noord",
        Price.of(1500, "EUR"),
        method,
        language,
        "Beelden online, Ziekenhuis Noord",
        clock.instant().plus(PaymentPolicy.SESSION));
  }

  private String open(String method) {
    return provider.open(request("key-" + clock.instant() + method, method, "nl")).session();
  }

  private Told told(String session) {
    return provider.find(session).orElseThrow();
  }

  @Test
  public void aSessionIsOpenedAndFound() {
    var opened = provider.open(request("key", "card", "nl"));
    var told = told(opened.session());
    assertThat(opened.url().getPath()).isEqualTo("/c/pay/" + opened.session());
    assertThat(told.bucket()).isEqualTo(BUCKET);
    assertThat(told.price()).isEqualTo(Price.of(1500, "EUR"));
    assertThat(told.live()).isFalse();
    assertThat(told.stage()).isEqualTo(Stage.OPEN);
    assertThat(told.url()).contains(opened.url());
    assertThat(told.paymentIntent()).isEmpty();
    assertThat(told.refunded()).isZero();
    assertThat(provider.find("cs_test_nobody")).isEmpty();
  }

  @Test
  public void theSameRequestIsTheSameSession() {
    var first = provider.open(request("key", "card", "nl"));
    assertThat(provider.open(request("key", "card", "nl"))).isEqualTo(first);
    assertThat(provider.open(request("other", "card", "nl")).session())
        .isNotEqualTo(first.session());
  }

  /// What was done at Stripe, and how a session stands then.
  private record Life(String method, Stage stage, List<String> acts) {
    static Life of(String method, Stage stage, String... acts) {
      return new Life(method, stage, List.of(acts));
    }
  }

  private static final List<Life> LIVES =
      List.of(
          Life.of("card", Stage.OPEN),
          Life.of("card", Stage.OPEN, "fail"),
          Life.of("card", Stage.PAID, "pay"),
          Life.of("bancontact", Stage.PAID, "fail", "pay"),
          Life.of("sepa_debit", Stage.PENDING, "pay-later"),
          Life.of("sepa_debit", Stage.PAID, "pay-later", "succeed"),
          Life.of("sepa_debit", Stage.FAILED, "pay-later", "fail-later"),
          Life.of("card", Stage.EXPIRED, "expire"),
          Life.of("card", Stage.REFUNDED, "pay", "refund"),
          Life.of("card", Stage.DISPUTED, "pay", "dispute"),
          Life.of("card", Stage.WON, "pay", "dispute", "win"),
          Life.of("card", Stage.LOST, "pay", "dispute", "lose"));

  @Test
  public void everyLifeHasItsStage() {
    for (var life : LIVES) {
      clock.advance(Duration.ofSeconds(1));
      var session = open(life.method());
      life.acts().forEach(act -> stripe.act(session, act));
      var told = told(session);
      assertThat(told.stage()).as(life.toString()).isEqualTo(life.stage());
      assertThat(told.url().isPresent()).as(life.toString()).isEqualTo(life.stage() == Stage.OPEN);
      told.paymentIntent()
          .ifPresent(intent -> assertThat(provider.sessionOf(intent)).contains(session));
    }
  }

  @Test
  public void timeEndsASession() {
    var session = open("card");
    clock.advance(PaymentPolicy.SESSION);
    assertThat(told(session).stage()).isEqualTo(Stage.EXPIRED);
  }

  @Test
  public void whatIsOpenCanBeEndedAndNothingElse() {
    var open = open("card");
    provider.expire(open);
    assertThat(told(open).stage()).isEqualTo(Stage.EXPIRED);
    clock.advance(Duration.ofSeconds(1));
    var paid = open("card");
    stripe.act(paid, "pay");
    provider.expire(paid);
    provider.expire("cs_test_nobody");
    assertThat(told(paid).stage()).isEqualTo(Stage.PAID);
  }

  @Test
  public void moneyGoesBackOnce() {
    var session = open("card");
    stripe.act(session, "pay");
    var intent = told(session).paymentIntent().orElseThrow();
    provider.refund(session, intent);
    provider.refund(session, intent);
    provider.refund("cs_another_key", intent); // a refund that somebody has made by hand
    assertThat(told(session).stage()).isEqualTo(Stage.REFUNDED);
    assertThat(told(session).refunded()).isEqualTo(1500);
    assertThat(stripe.told())
        .filteredOn(event -> event.type().equals("charge.refunded"))
        .hasSize(1);
  }

  @Test
  public void aPartOfTheMoneyBackIsStillPaid() {
    var session = open("card");
    stripe.act(session, "pay");
    stripe.act("{\"session\":\"%s\",\"act\":\"refund\",\"amount\":500}".formatted(session));
    assertThat(told(session).stage()).isEqualTo(Stage.PAID);
    assertThat(told(session).refunded()).isEqualTo(500);
  }

  @Test
  public void aPaymentOfNobodyHasNoSession() {
    assertThat(provider.sessionOf("pi_nobody")).isEmpty();
  }

  @Test
  public void thePageSpeaksEachOfOurLanguages() {
    for (var language : Languages.ALL) {
      provider.open(request("key-" + language, "card", language));
      assertThat(sent()).contains("&locale=" + language + "&");
    }
  }

  @Test
  public void nothingOfAnybodyIsSent() {
    provider.open(request("key", "card", "nl"));
    var fields =
        Stream.of(stripe.calls().getLast().body().split("&", -1))
            .map(field -> URLDecoder.decode(field.split("=", 2)[0], StandardCharsets.UTF_8));
    assertThat(fields)
        .containsExactlyInAnyOrder(
            "cancel_url",
            "client_reference_id",
            "expires_at",
            "line_items[0][price_data][currency]",
            "line_items[0][price_data][product_data][name]",
            "line_items[0][price_data][unit_amount]",
            "line_items[0][quantity]",
            "locale",
            "metadata[bucket]",
            "metadata[number]",
            "mode",
            "payment_intent_data[description]",
            "payment_intent_data[metadata][bucket]",
            "payment_intent_data[metadata][number]",
            "payment_method_types[0]",
            "success_url");
  }

  /// The body of the newest call.
  private String sent() {
    var body = stripe.calls().getLast().body();
    return '&' + URLDecoder.decode(body, StandardCharsets.UTF_8) + '&';
  }

  @Test
  public void anAddressOfAnotherHostIsRefused() {
    for (var host :
        List.of(
            "https://checkout.stripe.com.evil.example/c/pay/",
            "http://checkout.stripe.com/c/pay/",
            "https://evil.example/c/pay/",
            "http://localhost:1/c/pay/",
            "javascript:alert(1)//")) {
      stripe.lie(answer -> answer.replaceAll("http://localhost:\\d+/c/pay/", host));
      clock.advance(Duration.ofSeconds(1));
      assertThatThrownBy(() -> open("card"))
          .as(host)
          .isInstanceOf(PaymentProvider.Unavailable.class)
          .hasMessage("address-of-another-host");
    }
    stripe.lie(
        answer ->
            answer.replaceAll(
                "http://localhost:\\d+/c/pay/", "https://checkout.stripe.com/c/pay/"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(provider.open(request("theirs", "card", "nl")).url()).hasHost("checkout.stripe.com");
  }

  @Test
  public void whatStripeDoesNotAnswerIsNotDecided() {
    var session = open("card");
    stripe.act(session, "pay");
    var intent = told(session).paymentIntent().orElseThrow();
    stripe.down(true);
    for (Runnable call :
        List.<Runnable>of(
            () -> open("card"),
            () -> provider.find(session),
            () -> provider.sessionOf(intent),
            () -> provider.expire(session),
            () -> provider.refund(session, intent))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(PaymentProvider.Unavailable.class)
          .hasMessage("ApiException 503 null");
    }
    stripe.behave();
    assertThat(provider.find(session)).map(Told::stage).isEqualTo(Optional.of(Stage.PAID));
  }

  /// A hospital may sell other things by the same account; that is none of ours, and no failure.
  @Test
  public void aSessionThatCostsNothingIsTold() {
    var session = open("card");
    stripe.act(session, "pay");
    stripe.lie(
        answer ->
            answer
                .replace("\"amount_total\":1500", "\"amount_total\":0")
                .replace(
                    "\"client_reference_id\":\"" + BUCKET + "\"", "\"client_reference_id\":null"));
    assertThat(provider.find(session)).isEmpty();
    stripe.lie(answer -> answer.replace("\"currency\":\"eur\"", "\"currency\":null"));
    assertThat(provider.find(session)).isEmpty();
  }
}
