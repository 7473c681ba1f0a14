package org.studygate.paymentsweep;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.studygate.payment.PaymentPolicy;
import org.studygate.payment.Payments;
import org.studygate.payment.Payments.Due;
import org.studygate.payment.Settlement;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;

/// Asks after sessions of which no event came when one should have: left open, on their way for
/// days, or to be refunded because they were paid twice. One that fails holds up no other.
final class Sweep {
  private static final int BATCH = 50;
  private static final int BATCHES = 6;

  /// A provider that hangs is given up within this time; nobody is asked after with less left.
  private static final Duration LONGEST = Duration.ofSeconds(40);

  private final Payments payments;
  private final Settlement settlement;
  private final Clock clock;
  private final Log log;

  Sweep(Payments payments, Settlement settlement, Clock clock, Log log) {
    this.payments = payments;
    this.settlement = settlement;
    this.clock = clock;
    this.log = log;
  }

  /// How many were asked after, and how many could not be.
  record Found(int asked, int failed) {}

  Found go(Deadline deadline) {
    var asked = 0;
    var failed = 0;
    var more = true;
    for (var batch = 0; batch < BATCHES && more; batch++) {
      var due = payments.due(clock.instant(), BATCH);
      for (var one : due) {
        if (!deadline.leaves(LONGEST)) {
          return new Found(asked, failed); // they are due in the next round
        }
        asked++;
        failed += ask(one) ? 0 : 1;
      }
      more = due.size() == BATCH;
    }
    return new Found(asked, failed);
  }

  private boolean ask(Due one) {
    try {
      if (settlement.settle(one.session(), "sweep") instanceof Settlement.Outcome.Ignored) {
        postpone(one, PaymentPolicy.AGAIN_UNKNOWN);
      }
      return true;
    } catch (RuntimeException failure) {
      log.error("sweep-failed", Map.of("session", one.session()), failure);
      postpone(one, PaymentPolicy.AGAIN_FAILED);
      return false;
    }
  }

  /// Behind those that can be settled, or the most overdue would be tried for ever.
  private void postpone(Due one, Duration by) {
    payments
        .checkout(one.bucket(), one.session())
        .ifPresent(checkout -> payments.later(checkout, clock.instant().plus(by)));
  }
}
