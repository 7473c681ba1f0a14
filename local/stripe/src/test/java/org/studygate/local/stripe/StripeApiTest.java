package org.studygate.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The API through stripe-java, as functions call it.
class StripeApiTest {
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

  @Test
  void anOpenSessionHasAPageAndNoIntentYet() throws StripeException {
    var made = on.stripe.v1().checkout().sessions().create(Playground.order(2_500).build());
    var session = on.stripe.v1().checkout().sessions().retrieve(made.getId());
    assertThat(session.getId()).startsWith("cs_test_");
    assertThat(session.getUrl()).endsWith("/c/pay/" + session.getId());
    assertThat(session.getStatus()).isEqualTo("open");
    assertThat(session.getPaymentStatus()).isEqualTo("unpaid");
    assertThat(session.getAmountTotal()).isEqualTo(2_500);
    assertThat(session.getCurrency()).isEqualTo("eur");
    assertThat(session.getLivemode()).isFalse();
    assertThat(session.getClientReferenceId()).isEqualTo("bucket-1");
    assertThat(session.getMetadata()).containsEntry("bucket", "bucket-1");
    assertThat(session.getPaymentIntent()).isNull();
    assertThat(session.getExpiresAt() - session.getCreated()).isEqualTo(24 * 3_600);
    assertThat(session.getLastResponse().requestId()).startsWith("req_");
  }

  @Test
  void aPaidSessionIsReadWithAllThatHangsOnIt() throws StripeException {
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    var expand =
        SessionRetrieveParams.builder()
            .addExpand("payment_intent.latest_charge.refunds")
            .addExpand("line_items")
            .build();
    var session = on.stripe.v1().checkout().sessions().retrieve(id, expand);
    assertThat(session.getStatus()).isEqualTo("complete");
    assertThat(session.getPaymentStatus()).isEqualTo("paid");
    assertThat(session.getUrl()).isNull();
    var intent = session.getPaymentIntentObject();
    assertThat(intent.getStatus()).isEqualTo("succeeded");
    assertThat(intent.getAmountReceived()).isEqualTo(2_500);
    assertThat(intent.getMetadata()).containsEntry("bucket", "bucket-1");
    var charge = intent.getLatestChargeObject();
    assertThat(charge.getPaid()).isTrue();
    assertThat(charge.getPaymentMethodDetails().getType()).isEqualTo("card");
    assertThat(charge.getRefunds().getData()).isEmpty();
    assertThat(session.getLineItems().getData().getFirst().getDescription()).isEqualTo("CT thorax");
    var plain = on.stripe.v1().checkout().sessions().retrieve(id);
    assertThat(plain.getPaymentIntent()).isEqualTo(intent.getId());
    assertThat(plain.getPaymentIntentObject()).isNull();
    assertThat(on.stripe.v1().paymentIntents().retrieve(intent.getId()).getLatestCharge())
        .isEqualTo(charge.getId());
    assertThat(on.stripe.v1().charges().retrieve(charge.getId()).getRefunded()).isFalse();
  }

  @Test
  void theSessionOfAnIntentIsFound() throws StripeException {
    var other = on.sessionOf(1_000);
    on.act(other, "pay");
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    var intent = on.stripe.v1().checkout().sessions().retrieve(id).getPaymentIntent();
    var found =
        on.stripe
            .v1()
            .checkout()
            .sessions()
            .list(SessionListParams.builder().setPaymentIntent(intent).build());
    assertThat(found.getData()).extracting(Session::getId).containsExactly(id);
    var page =
        on.stripe.v1().checkout().sessions().list(SessionListParams.builder().setLimit(1L).build());
    assertThat(page.getHasMore()).isTrue();
    var all = new ArrayList<String>();
    page.autoPagingIterable().forEach(session -> all.add(session.getId()));
    assertThat(all).containsExactly(id, other);
  }

  @Test
  void anExpiredSessionCannotBePaidAndNotBeExpiredTwice() throws StripeException {
    var id = on.sessionOf(2_500);
    var expired = on.stripe.v1().checkout().sessions().expire(id);
    assertThat(expired.getStatus()).isEqualTo("expired");
    assertThat(expired.getUrl()).isNull();
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> on.stripe.v1().checkout().sessions().expire(id))
        .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(400))
        .withMessageContaining("status of expired");
    var paying = on.control("/control/act", "{\"session\":\"" + id + "\",\"act\":\"pay\"}");
    assertThat(paying.statusCode()).isEqualTo(400);
  }

  @Test
  void aSessionExpiresWhenItsTimeHasPassed() throws StripeException {
    var half = on.clock.instant().plus(Duration.ofMinutes(31)).getEpochSecond();
    var id =
        on.stripe
            .v1()
            .checkout()
            .sessions()
            .create(Playground.order(2_500).setExpiresAt(half).build())
            .getId();
    on.clock.advance(Duration.ofMinutes(30));
    assertThat(on.stripe.v1().checkout().sessions().retrieve(id).getStatus()).isEqualTo("open");
    on.clock.advance(Duration.ofMinutes(1));
    assertThat(on.stripe.v1().checkout().sessions().retrieve(id).getStatus()).isEqualTo("expired");
  }

  @Test
  void refundsInPartsUpToWhatWasPaid() throws StripeException {
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    var intent = on.stripe.v1().checkout().sessions().retrieve(id).getPaymentIntent();
    var part =
        on.stripe
            .v1()
            .refunds()
            .create(
                RefundCreateParams.builder().setPaymentIntent(intent).setAmount(1_000L).build());
    assertThat(part.getStatus()).isEqualTo("succeeded");
    assertThat(part.getAmount()).isEqualTo(1_000);
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () ->
                on.stripe
                    .v1()
                    .refunds()
                    .create(
                        RefundCreateParams.builder()
                            .setPaymentIntent(intent)
                            .setAmount(1_501L)
                            .build()))
        .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("amount"));
    var rest = RefundCreateParams.builder().setPaymentIntent(intent).build();
    assertThat(on.stripe.v1().refunds().create(rest).getAmount()).isEqualTo(1_500);
    var charge = on.stripe.v1().charges().retrieve(part.getCharge());
    assertThat(charge.getRefunded()).isTrue();
    assertThat(charge.getAmountRefunded()).isEqualTo(2_500);
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> on.stripe.v1().refunds().create(rest))
        .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("charge_already_refunded"));
  }

  @Test
  void whatIsUnpaidIsNotRefunded() throws StripeException {
    var id = on.sessionOf(2_500);
    on.act(id, "fail");
    var session = on.stripe.v1().checkout().sessions().retrieve(id);
    assertThat(session.getStatus()).isEqualTo("open");
    assertThat(
            on.stripe
                .v1()
                .paymentIntents()
                .retrieve(session.getPaymentIntent())
                .getLastPaymentError()
                .getCode())
        .isEqualTo("card_declined");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () ->
                on.stripe
                    .v1()
                    .refunds()
                    .create(
                        RefundCreateParams.builder()
                            .setPaymentIntent(session.getPaymentIntent())
                            .build()))
        .withMessageContaining("does not have a successful charge");
  }

  @Test
  void aDisputeIsFoundByItsIntentAndStopsRefunds() throws StripeException {
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    on.act(id, "dispute");
    var intent = on.stripe.v1().checkout().sessions().retrieve(id).getPaymentIntent();
    var disputes =
        on.stripe
            .v1()
            .disputes()
            .list(DisputeListParams.builder().setPaymentIntent(intent).build())
            .getData();
    assertThat(disputes).hasSize(1);
    var dispute = disputes.getFirst();
    assertThat(dispute.getStatus()).isEqualTo("needs_response");
    assertThat(on.stripe.v1().charges().retrieve(dispute.getCharge()).getDisputed()).isTrue();
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () ->
                on.stripe
                    .v1()
                    .refunds()
                    .create(RefundCreateParams.builder().setPaymentIntent(intent).build()))
        .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("charge_disputed"));
    on.act(id, "lose");
    assertThat(on.stripe.v1().disputes().retrieve(dispute.getId()).getStatus()).isEqualTo("lost");
  }

  @Test
  void theSameKeyGivesTheFirstAnswerAgain() throws StripeException {
    var key = RequestOptions.builder().setIdempotencyKey("bucket-1/try-1").build();
    var sessions = on.stripe.v1().checkout().sessions();
    var first = sessions.create(Playground.order(2_500).build(), key);
    sessions.expire(first.getId());
    var again = sessions.create(Playground.order(2_500).build(), key);
    assertThat(again.getId()).isEqualTo(first.getId());
    assertThat(again.getStatus()).as("the first answer, not the state now").isEqualTo("open");
    assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .contains("true");
    assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThatExceptionOfType(IdempotencyException.class)
        .isThrownBy(() -> sessions.create(Playground.order(2_600).build(), key))
        .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(400));
    on.clock.advance(Duration.ofHours(25));
    assertThat(sessions.create(Playground.order(2_600).build(), key).getId())
        .as("keys are kept for a day")
        .isNotEqualTo(first.getId());
  }

  @Test
  void aKeyIsFreeAfterParametersThatWereRefusedAndTakenAfterAnActThatWas() throws StripeException {
    var key = RequestOptions.builder().setIdempotencyKey("k").build();
    var sessions = on.stripe.v1().checkout().sessions();
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> sessions.create(Playground.order(10).build(), key));
    var id = sessions.create(Playground.order(2_500).build(), key).getId();
    on.act(id, "pay");
    var expiring = RequestOptions.builder().setIdempotencyKey("expire").build();
    for (var i = 0; i < 2; i++) {
      assertThatExceptionOfType(InvalidRequestException.class)
          .isThrownBy(
              () ->
                  sessions.expire(
                      id,
                      com.stripe.param.checkout.SessionExpireParams.builder().build(),
                      expiring))
          .withMessageContaining("complete");
    }
  }

  @Test
  void twentyParallelCallsUnderOneKeyMakeOneSession() throws Exception {
    var key = RequestOptions.builder().setIdempotencyKey("parallel").build();
    var made =
        inParallel(
            () ->
                on.stripe
                    .v1()
                    .checkout()
                    .sessions()
                    .create(Playground.order(2_500).build(), key)
                    .getId());
    assertThat(made).hasSize(1);
    assertThat(on.stripe.v1().checkout().sessions().list().getData()).hasSize(1);
  }

  @Test
  void twentyParallelRefundsUnderOneKeyGiveMoneyBackOnce() throws Exception {
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    var intent = on.stripe.v1().checkout().sessions().retrieve(id).getPaymentIntent();
    var key = RequestOptions.builder().setIdempotencyKey("refund/" + id).build();
    var params = RefundCreateParams.builder().setPaymentIntent(intent).setAmount(500L).build();
    assertThat(inParallel(() -> on.stripe.v1().refunds().create(params, key).getId())).hasSize(1);
    var charge = on.stripe.v1().paymentIntents().retrieve(intent).getLatestCharge();
    assertThat(on.stripe.v1().charges().retrieve(charge).getAmountRefunded()).isEqualTo(500);
  }

  private static Set<String> inParallel(Callable<String> call) throws Exception {
    var results = new HashSet<String>();
    try (var threads = Executors.newFixedThreadPool(20)) {
      var calls = new ArrayList<Callable<String>>();
      for (var i = 0; i < 20; i++) {
        calls.add(call);
      }
      for (var result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }

  @Test
  void aWrongKeyAndNoKeyAreRefused() {
    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> on.client("sk_test_other").v1().checkout().sessions().retrieve("cs_1"))
        .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(401));
    assertThat(on.get("/v1/checkout/sessions").statusCode()).isEqualTo(401);
    assertThat(on.form("/v1/refunds", "").statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> on.stripe.v1().checkout().sessions().retrieve("cs_test_none"))
        .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(404))
        .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("resource_missing"));
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> on.stripe.v1().customers().list());
  }

  @Test
  void unknownExpansionsAreRefused() throws StripeException {
    var id = on.sessionOf(2_500);
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () ->
                on.stripe
                    .v1()
                    .checkout()
                    .sessions()
                    .retrieve(id, SessionRetrieveParams.builder().addExpand("price").build()))
        .withMessageContaining("cannot be expanded");
  }

  @Test
  void wrongOrdersAreRefusedByName() {
    refused(order -> order.putExtraParam("colour", "red"), "parameter_unknown", "colour");
    refused(order -> order.setSuccessUrl("pay"), "url_invalid", "success_url");
    refused(
        order -> order.setExpiresAt(on.clock.instant().getEpochSecond() + 29 * 60),
        null,
        "expires_at");
    refused(
        order -> order.setExpiresAt(on.clock.instant().getEpochSecond() + 25 * 3_600),
        null,
        "expires_at");
    refused(order -> order.setClientReferenceId("x".repeat(201)), null, "client_reference_id");
    refused(order -> order.putMetadata("k", "x".repeat(501)), null, "metadata[k]");
  }

  private void refused(
      UnaryOperator<SessionCreateParams.Builder> change,
      @org.jspecify.annotations.Nullable String code,
      String param) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () ->
                on.stripe
                    .v1()
                    .checkout()
                    .sessions()
                    .create(change.apply(Playground.order(2_500)).build()))
        .satisfies(refused -> assertThat(refused.getCode()).isEqualTo(code))
        .satisfies(refused -> assertThat(refused.getParam()).isEqualTo(param));
  }

  @ParameterizedTest
  @CsvSource({"usd, BANCONTACT", "gbp, IDEAL", "chf, SEPA_DEBIT"})
  void euroMethodsTakeEuros(String currency, SessionCreateParams.PaymentMethodType method) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () ->
                on.stripe
                    .v1()
                    .checkout()
                    .sessions()
                    .create(
                        Playground.orderIn(currency, 2_500).addPaymentMethodType(method).build()))
        .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("payment_method_types"));
  }

  @Test
  void aRestartKeepsEverything() throws Exception {
    var key = RequestOptions.builder().setIdempotencyKey("before").build();
    var id =
        on.stripe.v1().checkout().sessions().create(Playground.order(2_500).build(), key).getId();
    on.act(id, "pay");
    on.restart();
    var session = on.stripe.v1().checkout().sessions().retrieve(id);
    assertThat(session.getPaymentStatus()).isEqualTo("paid");
    assertThat(
            on.stripe
                .v1()
                .checkout()
                .sessions()
                .create(Playground.order(2_500).build(), key)
                .getId())
        .isEqualTo(id);
  }

  @Test
  void aLineThatACrashCutOffIsLeftOut() throws Exception {
    var id = on.sessionOf(2_500);
    Files.writeString(
        folder.resolve("journal.jsonl"), "{\"put\":{\"cs_test", StandardOpenOption.APPEND);
    on.restart();
    assertThat(on.stripe.v1().checkout().sessions().list().getData())
        .extracting(Session::getId)
        .containsExactly(id);
  }

  @Test
  void nothingIsLeftAfterAReset() throws StripeException {
    on.sessionOf(2_500);
    on.standIn.clear();
    assertThat(on.stripe.v1().checkout().sessions().list().getData()).isEmpty();
  }
}
