package org.studygate.paymentsweep;

import java.time.Clock;
import org.studygate.audit.Log;
import org.studygate.payment.Payments;
import org.studygate.payment.Settlement;

/// Asks after sessions of which no event came when one should have: left open, on their way for
/// days, or to be refunded because they were paid twice. One that fails holds up no other.
final class Sweep {
  private static final int BATCH = 50;

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

  Found go() {
    var due = payments.due(clock.instant(), BATCH);
    var failed = 0;
    for (var one : due) {
      try {
        settlement.settle(one.session(), "sweep");
      } catch (RuntimeException failure) {
        failed++;
        log.error("sweep-failed", failure);
      }
    }
    return new Found(due.size(), failed);
  }
}
