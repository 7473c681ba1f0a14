package org.studygate.payment;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.PaymentRules;
import org.studygate.notice.MailAddress;
import org.studygate.notice.Notices;
import org.studygate.notice.Outgoing;
import org.studygate.notice.ReceiptMessage;
import org.studygate.order.Orders;
import org.studygate.payment.Checkout.Refund;
import org.studygate.payment.PaymentProvider.Told;
import org.studygate.payment.Payments.Step;
import org.studygate.platform.Log;

/// The one way from "somebody may have paid" to a pincode: every kind of event, every repeat, the
/// browser's return and the sweeper come through here. It acts on what the provider says at this
/// moment, never on what an event said (docs/payment.md).
public final class Settlement {
  private static final int MAX_TRIES = 10;

  private final PaymentProvider provider;
  private final Payments payments;
  private final Buckets buckets;
  private final Departments departments;
  private final Orders orders;
  private final Notices notices;
  private final Pincodes pincodes;
  private final Clock clock;
  private final Log log;
  private final BooleanSupplier live;

  public Settlement(
      PaymentProvider provider,
      Payments payments,
      Buckets buckets,
      Departments departments,
      Orders orders,
      Notices notices,
      Pincodes pincodes,
      Clock clock,
      Log log,
      BooleanSupplier live) {
    this.provider = provider;
    this.payments = payments;
    this.buckets = buckets;
    this.departments = departments;
    this.orders = orders;
    this.notices = notices;
    this.pincodes = pincodes;
    this.clock = clock;
    this.log = log;
    this.live = live;
  }

  public sealed interface Outcome {
    /// How the session stands now, as the provider told it.
    record Settled(Told told) implements Outcome {}

    /// None of ours, or not what we asked for: it opens nothing.
    record Ignored() implements Outcome {}
  }

  /// @param because what brought us here, for the trail: an event's kind, `return`, `sweep`
  public Outcome settle(String session, String because) {
    var told = provider.find(session);
    if (told.isEmpty()) {
      return new Outcome.Ignored();
    }
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var done = settle(told.get(), because);
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw new IllegalStateException("a payment kept changing");
  }

  /// Empty when something changed meanwhile, so that it is decided anew.
  private Optional<Outcome> settle(Told told, String because) {
    var found =
        told.bucket().isEmpty()
            ? Optional.<Checkout>empty()
            : payments.checkout(told.bucket(), told.session());
    if (found.isEmpty() || !found.get().agrees(told, live.getAsBoolean())) {
      return Optional.of(stranger(told, found));
    }
    var checkout = found.get();
    var further =
        told.stage().after(checkout.stage())
            || (told.stage() == checkout.stage() && told.refunded() > checkout.refunded());
    if (!further) {
      giveBack(checkout);
      payments.later(checkout, clock.instant().plus(PaymentPolicy.again(checkout.stage())));
      return Optional.of(new Outcome.Settled(told));
    }
    if (!move(checkout, told, because)) {
      return Optional.empty();
    }
    payments.checkout(told.bucket(), told.session()).ifPresent(this::giveBack);
    return Optional.of(new Outcome.Settled(told));
  }

  /// Paid, and not as we asked for it: somebody has to look (security rule 40). A session that
  /// nobody was ever sent to, or another business on the same account, brings no money for us.
  private Outcome stranger(Told told, Optional<Checkout> known) {
    if (known.isPresent() || (told.stage().paid() && !told.bucket().isEmpty())) {
      log.metric("PaymentMismatch", 1);
      log.warn("payment-mismatch", Map.of("session", told.session(), "stage", told.stage().code()));
    }
    return new Outcome.Ignored();
  }

  private boolean move(Checkout checkout, Told told, String because) {
    var bucket = buckets.find(checkout.bucket()).orElseThrow();
    var department = departments.find(bucket.department()).orElseThrow();
    var tab = payments.tab(checkout.bucket());
    var move = Move.of(tab, checkout, told.stage(), department.policy().payment());
    var step = step(checkout, told, tab, bucket, department, move);
    if (!payments.move(tab, checkout, step)) {
      return false;
    }
    log.info(
        "payment",
        Map.of("session", told.session(), "stage", told.stage().code(), "because", because));
    tell(step.move(), told.stage());
    return true;
  }

  private void tell(Move move, Stage stage) {
    switch (move) {
      case Move.Fulfil() -> log.metric("PaymentFulfilled", 1);
      case Move.Twice() -> log.metric("PaidTwice", 1);
      case Move.End() -> log.metric("PaymentEnded", 1);
      case Move.Note(), Move.Close() -> {}
    }
    if (stage == Stage.DISPUTED) {
      log.metric("PaymentDisputed", 1); // the department has days to answer its bank
    }
  }

  private Step step(
      Checkout checkout, Told told, Tab tab, Bucket bucket, Department department, Move move) {
    var now = clock.instant();
    var fulfil = move instanceof Move.Fulfil;
    var pincode = fulfil ? Optional.of(pincodes.of(tab)) : Optional.<Tab.Pincode>empty();
    var messages =
        pincode.map(made -> messages(bucket, department, checkout, made, now)).orElse(List.of());
    var outcome = told.stage().code() + (move instanceof Move.Twice ? "-twice" : "");
    return new Step(
        told.stage(),
        move,
        told.paymentIntent(),
        told.refunded(),
        pincode,
        messages,
        ask(checkout, told.stage(), move, now),
        new AuditEvent(
            AuditEvent.bucket(bucket.id()),
            now,
            new Actor.Studygate("payment"),
            AuditAction.PAYMENT,
            outcome,
            checkout.session()),
        now);
  }

  private List<Outgoing> messages(
      Bucket bucket, Department department, Checkout checkout, Tab.Pincode pincode, Instant now) {
    var messages = new ArrayList<Outgoing>();
    if (bucket.destination().isPresent()) {
      messages.add(notices.pincode(bucket, pincodes.digits(bucket.id(), pincode)));
    } else { // the order has lost its mobile since: staff send it when there is one again
      log.metric("PincodeNotSent", 1);
    }
    if (department.policy().payment().filter(PaymentRules::receipt).isPresent()) {
      bucket
          .scope()
          .order()
          .flatMap(orders::find)
          .flatMap(filed -> filed.order().patient().email())
          .flatMap(MailAddress::read)
          .map(
              mail ->
                  new ReceiptMessage(
                      mail,
                      bucket.language(),
                      department.id(),
                      checkout.price(),
                      LocalDate.ofInstant(now, department.zone()),
                      checkout.number()))
          .ifPresent(receipt -> messages.add(notices.receipt(bucket, receipt)));
    }
    return messages;
  }

  private static Optional<Instant> ask(Checkout checkout, Stage to, Move move, Instant now) {
    if (move instanceof Move.Twice || checkout.refund() == Refund.WANTED) {
      return Optional.of(now);
    }
    return switch (to) {
      case OPEN, PENDING -> Optional.of(now.plus(PaymentPolicy.again(to)));
      case EXPIRED, FAILED, PAID, DISPUTED, WON, LOST, REFUNDED -> Optional.empty();
    };
  }

  /// Paid twice: asked for once, whatever crashes, since the provider knows the request by its
  /// key.
  private void giveBack(Checkout checkout) {
    if (checkout.refund() == Refund.WANTED && checkout.paymentIntent().isPresent()) {
      provider.refund(checkout.session(), checkout.paymentIntent().get());
      payments.refundAsked(checkout);
    }
  }
}
