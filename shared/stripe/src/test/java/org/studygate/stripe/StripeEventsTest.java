package org.studygate.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.studygate.platform.TestClock;
import org.studygate.stripe.StripeEvents.Notice;

/// What counts as told by Stripe (security rule 35).
final class StripeEventsTest {
  private static final String PAID =
      TestStripe.event("checkout.session.completed", false, Map.of("id", "cs_test_1"));

  private final Clock clock = TestClock.at("2026-11-26T10:00:00Z");
  private final StripeEvents events = events("sk_test_of_the_tests");

  private StripeEvents events(String key) {
    var access = TestStripe.access(TestStripe.secrets(key), Optional.empty(), clock);
    return new StripeEvents(access, clock);
  }

  private Optional<Notice> read(String body, String secret, long secondsAgo) {
    var event = TestStripe.signed(body, secret, clock.instant().minusSeconds(secondsAgo));
    return events.read(event.body(), event.signature());
  }

  private Optional<Notice> read(String body) {
    return read(body, TestStripe.SECRET, 0);
  }

  @Test
  void signedByTheSecretInForceOrTheOneBefore() {
    var notice = new Notice.OfSession("checkout.session.completed", "cs_test_1");
    assertThat(read(PAID)).contains(notice);
    assertThat(read(PAID, TestStripe.FORMER, 0)).contains(notice);
    assertThat(read(PAID, "whsec_of_somebody", 0)).isEmpty();
    assertThat(read(PAID, "x", 0)).isEmpty();
  }

  @Test
  void fiveMinutesAndNotASecondMoreInBothDirections() {
    assertThat(read(PAID, TestStripe.SECRET, 300)).isPresent();
    assertThat(read(PAID, TestStripe.SECRET, 301)).isEmpty();
    assertThat(read(PAID, TestStripe.SECRET, -300)).isPresent();
    assertThat(read(PAID, TestStripe.SECRET, -301)).isEmpty();
  }

  @Test
  void itIsMeasuredInBytes() {
    var room = 256 * 1024 - PAID.length() - ",\"x\":\"\"".length();
    for (var letter : List.of("x", "\u00e9", "\u20ac")) {
      var bytes = letter.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      var fits = PAID.replaceFirst("}$", ",\"x\":\"" + letter.repeat(room / bytes) + "\"}");
      assertThat(read(fits)).as(letter).isPresent();
      var over = fits.replaceFirst("\"}$", letter.repeat(2) + "\"}");
      assertThat(read(over)).as(letter).isEmpty();
    }
  }

  @Test
  void everyByteAndEveryPartOfTheSignatureCounts() {
    var time = clock.instant().getEpochSecond();
    var right = TestStripe.hmac(TestStripe.SECRET, time + "." + PAID);
    var wrong = TestStripe.hmac("another", time + "." + PAID);
    assertThat(events.read(PAID, "t=" + time + ",v1=" + wrong + ",v1=" + right)).isPresent();
    assertThat(events.read(PAID, "t=" + time + ",v1=" + right + ",v0=" + wrong)).isPresent();
    for (var signature :
        List.of(
            "",
            "t=" + time,
            "v1=" + right,
            "t=,v1=" + right,
            "t=x,v1=" + right,
            "t=" + (time + 1) + ",v1=" + right,
            "t=" + time + ",v0=" + right,
            "t=" + time + ",v1=" + right.substring(1),
            "t=" + time + ",v1=",
            "t=999999999999999999999,v1=" + right,
            // of two times one would be looked at and the other signed
            "t=" + time + ",t=" + (time - 1_000) + ",v1=" + right + "x",
            "x".repeat(100_000))) {
      assertThat(events.read(PAID, signature)).as(signature).isEmpty();
    }
    assertThat(events.read(PAID + ' ', "t=" + time + ",v1=" + right)).isEmpty();
    assertThat(events.read(PAID.substring(1), "t=" + time + ",v1=" + right)).isEmpty();
  }

  /// The replay of an old event under a fresh time in front of the signed one.
  @Test
  void theTimeThatIsSignedIsTheTimeThatCounts() {
    var now = clock.instant().getEpochSecond();
    var old = now - 10_000;
    var signed = ",v1=" + TestStripe.hmac(TestStripe.SECRET, old + "." + PAID);
    assertThat(events.read(PAID, "t=" + now + ",t=" + old + signed)).isEmpty();
    assertThat(events.read(PAID, "t=" + old + ",t=" + now + signed)).isEmpty();
  }

  @Test
  void onlyInTheModeOfOurKey() {
    var real = TestStripe.event("checkout.session.completed", true, Map.of("id", "cs_live_1"));
    assertThat(read(real)).isEmpty();
    var signed = TestStripe.signed(real, TestStripe.SECRET, clock.instant());
    assertThat(events("sk_live_1").read(signed.body(), signed.signature())).isPresent();
    assertThat(events("rk_live_1").read(signed.body(), signed.signature())).isPresent();
    assertThat(read(PAID.replace("\"livemode\":false,", ""))).isEmpty();
    assertThat(read(PAID.replace("false", "\"false\""))).isEmpty();
  }

  @Test
  void onlyWellFormed() {
    for (var body :
        List.of(
            "",
            "{}",
            "[]",
            "null",
            PAID.substring(0, PAID.length() - 1),
            PAID + PAID,
            TestStripe.event("checkout.session.completed", false, Map.of()),
            TestStripe.event("checkout.session.completed", false, Map.of("id", "../../x")),
            "{\"type\":\"checkout.session.completed\",\"livemode\":false,\"data\":[]}")) {
      assertThat(read(body)).as(body).isEmpty();
    }
  }

  @Test
  void notAnyLength() {
    var full = PAID.replace("evt_1", "e".repeat(255 * 1024));
    assertThat(read(full)).isPresent();
    assertThat(read(PAID.replace("evt_1", "e".repeat(257 * 1024)))).isEmpty();
  }

  @Test
  void whatItIsAbout() {
    var payment = Map.of("id", "x_1", "payment_intent", "pi_1");
    for (var kind :
        List.of("charge.refunded", "charge.dispute.closed", "refund.updated", "refund.failed")) {
      assertThat(read(TestStripe.event(kind, false, payment)))
          .contains(new Notice.OfPayment(kind, "pi_1"));
      assertThat(read(TestStripe.event(kind, false, Map.of("id", "x_1"))))
          .contains(new Notice.Other(kind));
    }
    assertThat(read(TestStripe.event("customer.created", false, payment)))
        .contains(new Notice.Other("customer.created"));
  }
}
