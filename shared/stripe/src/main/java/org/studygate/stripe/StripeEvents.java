package org.studygate.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;

/// Reads what Stripe tells. It counts only with a `v1` signature over the raw body by the secret in
/// force or the one before it, not older and not younger than five minutes, in the mode of our key
/// (security rule 35). Of its content only names are taken; how things stand is asked of Stripe.
public final class StripeEvents {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int LONGEST = 256 * 1024;
  private static final Pattern TIME = Pattern.compile("(?:^|,)\\s*t=(\\d{1,12})(?:,|$)");
  private static final String EVENT = "{\"id\":\"priming\"}";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,255}");

  private final StripeAccess access;
  private final Clock clock;

  public StripeEvents(StripeAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  /// What an event is about.
  public sealed interface Notice {
    /// Of a Checkout Session.
    record OfSession(String kind, String session) implements Notice {}

    /// Of a charge, a refund or a dispute: the session is found by its payment.
    record OfPayment(String kind, String paymentIntent) implements Notice {}

    /// Genuine, and nothing that concerns us.
    record Other(String kind) implements Notice {}
  }

  /// Empty when it is not genuine.
  public Optional<Notice> read(String body, String signature) {
    if (bytes(body) > LONGEST || !inTime(signature) || !signed(body, signature)) {
      return Optional.empty();
    }
    try {
      var event = JsonObject.parse(body.getBytes(StandardCharsets.UTF_8));
      if (event.bool("livemode", !access.live()) != access.live()) {
        return Optional.empty();
      }
      return Optional.of(notice(event.string("type"), event.object("data").object("object")));
    } catch (BadJson malformed) {
      return Optional.empty();
    }
  }

  /// As it was sent: a letter may be four bytes.
  private static int bytes(String body) {
    return body.length() > LONGEST ? body.length() : body.getBytes(StandardCharsets.UTF_8).length;
  }

  /// Wakes what judging an event needs, without any secret.
  public void prime() {
    signedBy("priming", EVENT, "t=" + clock.instant().getEpochSecond() + ",v1=00");
    notice("checkout.session.completed", JsonObject.parse(EVENT.getBytes(StandardCharsets.UTF_8)));
  }

  private static Notice notice(String kind, JsonObject about) {
    if (kind.startsWith("checkout.session.")) {
      return new Notice.OfSession(kind, id(about, "id").orElseThrow(() -> new BadJson("no id")));
    }
    if (kind.startsWith("charge.") || kind.startsWith("refund.")) {
      return id(about, "payment_intent")
          .<Notice>map(payment -> new Notice.OfPayment(kind, payment))
          .orElseGet(() -> new Notice.Other(kind));
    }
    return new Notice.Other(kind);
  }

  private static Optional<String> id(JsonObject about, String name) {
    return about.optionalString(name).filter(id -> ID.matcher(id).matches());
  }

  /// By our clock, in both directions; the library looks at the past only.
  private boolean inTime(String signature) {
    var time = TIME.matcher(signature);
    return time.find()
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(time.group(1))), clock.instant())
                .abs()
                .compareTo(TOLERANCE)
            <= 0;
  }

  private boolean signed(String body, String signature) {
    return access.webhookSecrets().stream()
        .distinct()
        .anyMatch(secret -> signedBy(secret, body, signature));
  }

  private boolean signedBy(String secret, String body, String signature) {
    try {
      return Webhook.Signature.verifyHeader(body, signature, secret, TOLERANCE.toSeconds(), clock);
    } catch (SignatureVerificationException notByThis) {
      return false;
    }
  }
}
