package org.studygate.paymentcheckout;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.studygate.access.Bucket;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Limits;
import org.studygate.payment.Checkout;
import org.studygate.payment.Offers;
import org.studygate.payment.PaymentPolicy;
import org.studygate.payment.PaymentProvider;
import org.studygate.payment.PaymentProvider.Opened;
import org.studygate.payment.PaymentProvider.Told;
import org.studygate.payment.Payments;
import org.studygate.payment.Settlement;
import org.studygate.payment.Stage;
import org.studygate.payment.Tab;
import org.studygate.payment.Tab.Attempt;

/// Sends somebody to pay. However many clicks come at once, one Checkout Session can be paid
/// (security rule 41): an attempt is written down before the provider is asked, whoever comes
/// along carries on that very attempt, and an address is given out only of the session that is
/// on record.
final class OpenCheckout {
  private static final int MAX_TRIES = 8;

  private final Offers offers;
  private final Payments payments;
  private final PaymentProvider provider;
  private final Settlement settlement;
  private final Limits limits;
  private final Predicate<String> reachable;
  private final Product product;
  private final AuditTrail trail;
  private final Clock clock;

  /// What the payment page calls it, in a language.
  interface Product {
    String name(String hospital, String language);
  }

  OpenCheckout(
      Offers offers,
      Payments payments,
      PaymentProvider provider,
      Settlement settlement,
      Limits limits,
      Predicate<String> reachable,
      Product product,
      AuditTrail trail,
      Clock clock) {
    this.offers = offers;
    this.payments = payments;
    this.provider = provider;
    this.settlement = settlement;
    this.limits = limits;
    this.reachable = reachable;
    this.product = product;
    this.trail = trail;
    this.clock = clock;
  }

  sealed interface Outcome {
    record Open(URI url) implements Outcome {}

    record Paid() implements Outcome {}

    /// A payment that takes days is under way.
    record Pending() implements Outcome {}

    /// The pincode could not be sent, so nobody pays for it.
    record Unreachable() implements Outcome {}

    record NoSuchMethod() implements Outcome {}

    /// Nothing is kept any more that could be sold.
    record Over() implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  Outcome open(Terms.Of of, String method, String language, String requestId) {
    var bucket = of.bucket();
    if (!of.rules().methods().contains(method)) {
      return new Outcome.NoSuchMethod();
    }
    var mobile = bucket.destination().orElse("");
    if (!reachable.test(mobile) || !of.department().policy().maySendTo(mobile)) {
      return new Outcome.Unreachable();
    }
    var now = clock.instant();
    var room = limits.take(LimitRule.PAYMENT_BEGUN, bucket.id(), now);
    if (room.isPresent()) {
      return new Outcome.TooMany(room.get());
    }
    var wanted = offers.attempt(bucket, of.department(), of.rules(), method, language, now);
    if (wanted.until().filter(end -> !now.isBefore(end)).isPresent()) {
      return new Outcome.Over();
    }
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var outcome = attempt(of, wanted, requestId);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new PaymentProvider.Unavailable("a payment kept changing");
  }

  /// Empty when somebody else has changed things meanwhile, so that they are looked at anew.
  private Optional<Outcome> attempt(Terms.Of of, Attempt wanted, String requestId) {
    var tab = payments.tab(of.bucket().id());
    if (tab.paid()) {
      return Optional.of(new Outcome.Paid());
    }
    if (tab.session().isPresent()) {
      return carryOn(tab, tab.session().get(), wanted);
    }
    var begun = tab.trying().filter(this::fresh);
    if (begun.isPresent()) {
      return carryOut(of, tab.attempt(), begun.get(), wanted, requestId);
    }
    return payments.begin(tab, wanted)
        ? carryOut(of, tab.attempt() + 1, wanted, wanted, requestId)
        : Optional.empty();
  }

  private boolean fresh(Attempt attempt) {
    return clock.instant().isBefore(attempt.begun().plus(PaymentPolicy.ATTEMPT));
  }

  /// A session can be paid already: that one, or, if another way was chosen, none before it has
  /// ended.
  private Optional<Outcome> carryOn(Tab tab, String session, Attempt wanted) {
    if (!(settlement.settle(session, "checkout") instanceof Settlement.Outcome.Settled(var told))) {
      throw new PaymentProvider.Unavailable("a session of ours is not known");
    }
    if (told.stage() == Stage.PENDING) {
      return Optional.of(new Outcome.Pending());
    }
    if (told.stage() != Stage.OPEN) {
      return Optional.empty();
    }
    var asked = payments.checkout(tab.bucket(), session).orElseThrow();
    var same =
        asked.method().equals(wanted.method())
            && asked.price().equals(wanted.price())
            && asked.until().equals(wanted.until());
    if (same && told.url().isPresent()) {
      return Optional.of(new Outcome.Open(told.url().get()));
    }
    end(told);
    return Optional.empty();
  }

  private void end(Told told) {
    provider.expire(told.session());
    settlement.settle(told.session(), "checkout");
  }

  private Optional<Outcome> carryOut(
      Terms.Of of, int number, Attempt attempt, Attempt wanted, String requestId) {
    var bucket = of.bucket();
    var opened = provider.open(request(of, number, attempt));
    var checkout = Checkout.opened(opened.session(), bucket.id(), number, attempt, clock.instant());
    if (!payments.opened(checkout, clock.instant().plus(PaymentPolicy.FIRST_ASK))) {
      provider.expire(opened.session()); // overtaken; nobody was ever sent there
      return Optional.empty();
    }
    if (!attempt.method().equals(wanted.method())
        || !attempt.price().equals(wanted.price())
        || !attempt.until().equals(wanted.until())) {
      return Optional.empty(); // somebody else's click; ours is another way to pay
    }
    write(bucket, opened, requestId);
    return Optional.of(new Outcome.Open(opened.url()));
  }

  private PaymentProvider.Request request(Terms.Of of, int number, Attempt attempt) {
    var bucket = of.bucket();
    return new PaymentProvider.Request(
        "checkout-" + bucket.id() + '-' + number,
        bucket.id(),
        Checkout.number(bucket.id(), number),
        bucket.department(),
        attempt.price(),
        attempt.method(),
        attempt.language(),
        product.name(of.department().hospital(), attempt.language()),
        attempt.begun().plus(PaymentPolicy.SESSION));
  }

  private void write(Bucket bucket, Opened opened, String requestId) {
    trail.record(
        new AuditEvent(
            AuditEvent.bucket(bucket.id()),
            clock.instant(),
            new Actor.Patient(bucket.id()),
            AuditAction.PAYMENT_STARTED,
            opened.session(),
            requestId));
  }
}
