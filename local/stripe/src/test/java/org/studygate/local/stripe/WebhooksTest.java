package org.studygate.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.Stripe;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.json.JsonObject;

/// What Stripe tells, verified by Stripe's own library.
class WebhooksTest {
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
  void aPaymentTellsFourEventsAndTheLastOneIsTheSession() throws Exception {
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    assertThat(on.types(3))
        .containsExactly("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
    var event = on.event();
    assertThat(event.getType()).isEqualTo("checkout.session.completed");
    assertThat(event.getId()).startsWith("evt_");
    assertThat(event.getApiVersion()).isEqualTo(Stripe.API_VERSION);
    assertThat(event.getLivemode()).isFalse();
    assertThat(event.getCreated()).isEqualTo(on.clock.instant().getEpochSecond());
    var session = (Session) event.getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(session.getId()).isEqualTo(id);
    assertThat(session.getPaymentStatus()).isEqualTo("paid");
    assertThat(session.getMetadata()).containsEntry("bucket", "bucket-1");
    on.nothingMoreIsSent();
  }

  @Test
  void aDeclinedCardLeavesTheSessionOpen() throws Exception {
    var id = on.sessionOf(2_500);
    on.act(id, "fail");
    assertThat(on.types(3))
        .containsExactly(
            "payment_intent.created", "charge.failed", "payment_intent.payment_failed");
    on.act(id, "pay");
    assertThat(on.types(3))
        .containsExactly(
            "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed");
  }

  @Test
  void aBankDebitIsCompleteFirstAndPaidLater() throws Exception {
    var order =
        Playground.order(2_500)
            .addPaymentMethodType(SessionCreateParams.PaymentMethodType.SEPA_DEBIT)
            .build();
    var id = on.stripe.v1().checkout().sessions().create(order).getId();
    on.act(id, "pay-later");
    assertThat(on.types(3))
        .containsExactly("payment_intent.created", "charge.pending", "payment_intent.processing");
    assertThat(sessionOf(on.event()).getPaymentStatus()).isEqualTo("unpaid");
    on.act(id, "succeed");
    assertThat(on.types(2)).containsExactly("charge.succeeded", "payment_intent.succeeded");
    var settled = on.event();
    assertThat(settled.getType()).isEqualTo("checkout.session.async_payment_succeeded");
    assertThat(sessionOf(settled).getPaymentStatus()).isEqualTo("paid");
  }

  @Test
  void aBankDebitCanFailLater() throws Exception {
    var id = on.sessionOf(2_500);
    on.act(id, "pay-later");
    on.types(4);
    on.act(id, "fail-later");
    assertThat(on.types(2)).containsExactly("charge.failed", "payment_intent.payment_failed");
    var failed = on.event();
    assertThat(failed.getType()).isEqualTo("checkout.session.async_payment_failed");
    assertThat(sessionOf(failed).getPaymentStatus()).isEqualTo("unpaid");
  }

  private static Session sessionOf(com.stripe.model.Event event) {
    return (Session) event.getDataObjectDeserializer().getObject().orElseThrow();
  }

  @Test
  void refundsAndDisputesTellTheirs() throws Exception {
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    on.types(4);
    var intent = on.stripe.v1().checkout().sessions().retrieve(id).getPaymentIntent();
    on.stripe
        .v1()
        .refunds()
        .create(RefundCreateParams.builder().setPaymentIntent(intent).setAmount(500L).build());
    var created = on.event();
    assertThat(created.getType()).isEqualTo("refund.created");
    assertThat(created.getRequest().getIdempotencyKey()).isNotBlank();
    var refunded = on.event();
    assertThat(refunded.getType()).isEqualTo("charge.refunded");
    var charge = (Charge) refunded.getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(charge.getAmountRefunded()).isEqualTo(500);
    assertThat(charge.getRefunded()).isFalse();
    assertThat(on.types(1)).containsExactly("refund.updated");
    on.act(id, "dispute");
    assertThat(on.types(3))
        .containsExactly(
            "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.updated");
    on.act(id, "win");
    assertThat(on.types(2))
        .containsExactly("charge.dispute.closed", "charge.dispute.funds_reinstated");
  }

  @Test
  void anExpiredSessionIsToldOnceByTheTimer() throws Exception {
    on.sessionOf(2_500);
    on.clock.advance(Duration.ofHours(24));
    on.standIn.tick();
    assertThat(on.types(1)).containsExactly("checkout.session.expired");
    on.nothingMoreIsSent();
  }

  @Test
  void eventsComeTwiceAndBackwardsOnDemand() throws Exception {
    on.control("/control", "{\"webhooks\":{\"duplicate\":2,\"reorder\":true}}");
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    assertThat(on.types(8))
        .containsExactly(
            "checkout.session.completed",
            "payment_intent.succeeded",
            "charge.succeeded",
            "payment_intent.created",
            "checkout.session.completed",
            "payment_intent.succeeded",
            "charge.succeeded",
            "payment_intent.created");
  }

  @Test
  void heldEventsWaitAndCanBeReleasedBackwards() throws Exception {
    on.control("/control", "{\"webhooks\":{\"hold\":true}}");
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    on.act(id, "refund");
    on.nothingMoreIsSent();
    on.control("/control", "{\"webhooks\":{\"reorder\":true}}");
    assertThat(on.types(7))
        .containsExactly(
            "refund.updated",
            "charge.refunded",
            "refund.created",
            "checkout.session.completed",
            "payment_intent.succeeded",
            "charge.succeeded",
            "payment_intent.created");
  }

  @Test
  void droppedEventsDoNotComeUntilSentAgainByHand() throws Exception {
    on.control("/control", "{\"webhooks\":{\"drop\":true}}");
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    on.nothingMoreIsSent();
    var answer = on.get("/control/webhooks").body();
    var last = JsonObject.parse(answer.getBytes(UTF_8)).objects("webhooks").getLast();
    assertThat(last.string("state")).isEqualTo("dropped");
    on.control("/control/again", "{\"delivery\":\"" + last.string("id") + "\"}");
    assertThat(on.types(1)).containsExactly("checkout.session.completed");
  }

  @Test
  void aForgedSignatureIsRefusedByTheLibrary() throws Exception {
    on.control("/control", "{\"webhooks\":{\"forge\":true}}");
    on.act(on.sessionOf(2_500), "pay");
    var forged = on.next();
    assertThatExceptionOfType(SignatureVerificationException.class)
        .isThrownBy(
            () ->
                Webhook.constructEvent(
                    forged.body(), forged.signature(), Playground.SECRET, 300, on.clock));
  }

  @Test
  void duringARotationOneOfTwoSignaturesIsOurs() throws Exception {
    on.control("/control", "{\"webhooks\":{\"rotate\":true}}");
    on.act(on.sessionOf(2_500), "pay");
    var sent = on.next();
    assertThat(sent.signature()).containsPattern("^t=\\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$");
    assertThat(
            Webhook.constructEvent(sent.body(), sent.signature(), Playground.SECRET, 300, on.clock)
                .getType())
        .isEqualTo("payment_intent.created");
  }

  @Test
  void aRefusedEventComesAgainLaterAndIsGivenUpAtLast() throws Exception {
    on.answer = 500;
    on.act(on.sessionOf(2_500), "pay-later");
    on.types(4);
    on.nothingMoreIsSent();
    var tries = 1;
    for (var day = 0; day < 10; day++) {
      on.clock.advance(Duration.ofHours(4));
      on.standIn.tick();
      tries += on.sent.size() / 4;
      on.sent.clear();
    }
    assertThat(tries).isEqualTo(7);
    assertThat(on.get("/control/webhooks").body()).contains("given up");
  }

  @Test
  void aRefusedEventIsTakenTheSecondTimeWithTheSameId() throws Exception {
    on.answer = 503;
    on.act(on.sessionOf(2_500), "pay");
    var first = on.event();
    on.types(3);
    on.nothingMoreIsSent(); // and the answers are noted
    on.answer = 204;
    on.clock.advance(Duration.ofSeconds(3));
    on.standIn.tick();
    assertThat(on.event().getId()).isEqualTo(first.getId());
    on.types(3);
    on.clock.advance(Duration.ofDays(1));
    on.nothingMoreIsSent();
  }

  @Test
  void whatWasNotTakenIsSentAfterARestart() throws Exception {
    on.control("/control", "{\"webhooks\":{\"hold\":true}}");
    on.act(on.sessionOf(2_500), "pay");
    on.restart();
    on.nothingMoreIsSent();
    on.control("/control", "{\"webhooks\":{}}");
    assertThat(on.types(4)).endsWith("checkout.session.completed");
  }

  @Test
  void theEndpointMayCallBackWhileItIsTold() throws StripeException, InterruptedException {
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    on.types(4);
    assertThat(on.stripe.v1().events().list().getData()).hasSize(4);
    assertThat(on.stripe.v1().checkout().sessions().retrieve(id).getPaymentStatus())
        .isEqualTo("paid");
  }
}
