package org.studygate.desk;

import java.time.Clock;
import org.studygate.access.Regenerate;
import org.studygate.access.Unlock;
import org.studygate.account.DeskAct;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.order.OrderDesk;
import org.studygate.payment.PaymentDesk;

/// What is done about the number of an order and its payment. Whether it is there and whether this
/// one may is answered first, then what it came to.
final class NumberActs {
  private final OrderBoard orders;
  private final Unlock unlock;
  private final Regenerate regenerate;
  private final PaymentDesk payments;
  private final Clock clock;

  NumberActs(
      OrderBoard orders, Unlock unlock, Regenerate regenerate, PaymentDesk payments, Clock clock) {
    this.orders = orders;
    this.unlock = unlock;
    this.regenerate = regenerate;
    this.payments = payments;
    this.clock = clock;
  }

  HttpResponse unlock(Clerk clerk, String id, Reason reason, String requestId) {
    var bucket = bucket(clerk, DeskAct.UNLOCK, id);
    return switch (unlock.unlock(clerk.staff(), bucket, reason.text(), requestId)) {
      case Unlock.Outcome.Unlocked() -> HttpResponse.noContent();
      case Unlock.Outcome.NotFound() -> throw Problem.NOT_FOUND.refusal();
      case Unlock.Outcome.ForGood() -> throw Problem.BLOCKED_FOR_GOOD.refusal();
      case Unlock.Outcome.ReasonMissing() -> throw Reason.missing();
    };
  }

  /// The number is told here and never again: it is kept as its keyed hash.
  HttpResponse regenerate(Clerk clerk, String id, Reason reason, String requestId) {
    var line = line(clerk, DeskAct.REGENERATE, id);
    var order = line.contents().order();
    var made =
        line.bucket()
            .map(
                bucket ->
                    regenerate.regenerate(clerk.staff(), order, bucket, reason.text(), requestId))
            .orElseThrow(Problem.NO_NUMBER::refusal);
    return switch (made) {
      case Regenerate.Outcome.Made(var number, var until) ->
          HttpResponse.ok(new Answers.NewNumberView(number.printed(), until));
      case Regenerate.Outcome.NotNeeded() -> throw Problem.CONFLICT.refusal();
      case Regenerate.Outcome.Ended() -> throw Problem.NOTHING_LEFT.refusal();
    };
  }

  HttpResponse paid(Clerk clerk, String id, Reason reason, String requestId) {
    var bucket = bucket(clerk, DeskAct.PAID, id);
    return answer(payments.markAsPaid(clerk.staff(), bucket, reason.text(), requestId), requestId);
  }

  HttpResponse pincode(Clerk clerk, String id, String requestId) {
    var bucket = bucket(clerk, DeskAct.PINCODE, id);
    return answer(payments.resend(clerk.staff(), bucket, requestId), requestId);
  }

  private HttpResponse answer(PaymentDesk.Outcome outcome, String requestId) {
    return switch (outcome) {
      case PaymentDesk.Outcome.Done() -> HttpResponse.noContent();
      case PaymentDesk.Outcome.NotFound() -> throw Problem.NOT_FOR_PAYMENT.refusal();
      case PaymentDesk.Outcome.ReasonMissing() -> throw Reason.missing();
      case PaymentDesk.Outcome.AlreadyPaid() -> throw Problem.ALREADY_PAID.refusal();
      case PaymentDesk.Outcome.NotPaid() -> throw Problem.NOT_PAID.refusal();
      case PaymentDesk.Outcome.Blocked() -> throw Problem.BLOCKED.refusal();
      case PaymentDesk.Outcome.NoMobile() -> throw Problem.MOBILE_UNREACHABLE.refusal();
      case PaymentDesk.Outcome.Ended() -> throw Problem.NOTHING_LEFT.refusal();
      case PaymentDesk.Outcome.TooMany(var retryAt) ->
          HttpResponse.tooMany(clock.instant(), retryAt, requestId);
    };
  }

  private String bucket(Clerk clerk, DeskAct act, String id) {
    return line(clerk, act, id)
        .bucket()
        .filter(orders::numbered)
        .orElseThrow(Problem.NO_NUMBER::refusal);
  }

  private OrderDesk.Line line(Clerk clerk, DeskAct act, String id) {
    var line = orders.find(clerk, id);
    clerk.check(act, line.id().department());
    return line;
  }
}
