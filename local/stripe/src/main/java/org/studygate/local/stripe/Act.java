package org.studygate.local.stripe;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.local.stripe.Ledger.Batch;

/// What a person, a bank or time does to a payment, from the pages and from tests.
enum Act {
  PAY,
  FAIL,
  PAY_LATER,
  SUCCEED,
  FAIL_LATER,
  EXPIRE,
  REFUND,
  DISPUTE,
  WIN,
  LOSE;

  /// `pay-later`.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Act of(String word) {
    return Arrays.stream(values())
        .filter(act -> act.word().equals(word))
        .findAny()
        .orElseThrow(() -> Refusal.invalid("act is not known", "act"));
  }

  /// Does it and gives the session as it then is.
  Doc on(Batch batch, Payments payments, String id, Optional<String> asked, Optional<Long> amount) {
    var session = payments.session(batch, id);
    var method = asked.orElseGet(() -> session.texts("payment_method_types").getFirst());
    switch (this) {
      case PAY -> payments.pay(batch, session, method);
      case FAIL -> payments.fail(batch, session, method);
      case PAY_LATER -> payments.payLater(batch, session, method);
      case SUCCEED -> payments.succeed(batch, session);
      case FAIL_LATER -> payments.failLater(batch, session);
      case EXPIRE -> payments.expire(batch, session);
      case REFUND ->
          payments.refund(batch, charge(batch, session), amount, "requested_by_customer", Map.of());
      case DISPUTE -> payments.dispute(batch, charge(batch, session));
      case WIN -> payments.close(batch, dispute(batch, session), true);
      case LOSE -> payments.close(batch, dispute(batch, session), false);
    }
    return payments.session(batch, id);
  }

  private static Doc charge(Batch batch, Doc session) {
    return Payments.latestCharge(batch, session)
        .orElseThrow(() -> Refusal.invalid("Nothing was paid yet.", "session"));
  }

  private static Doc dispute(Batch batch, Doc session) {
    return latestDispute(batch, session)
        .orElseThrow(() -> Refusal.invalid("There is no dispute.", "session"));
  }

  static Optional<Doc> latestDispute(Batch batch, Doc session) {
    var intent = session.text("payment_intent");
    return Payments.newest(batch, Payments.DISPUTE, Map.of("payment_intent", intent)).stream()
        .findFirst();
  }

  /// Those of a dashboard, in whose place the customer does not act.
  static Set<Act> possible(Batch batch, Doc session) {
    var possible = EnumSet.noneOf(Act.class);
    if (session.is("status", "open")) {
      possible.add(EXPIRE);
    }
    var found =
        session.is("status", "complete")
            ? Payments.latestCharge(batch, session)
            : Optional.<Doc>empty();
    if (found.isEmpty()) {
      return possible;
    }
    var charge = found.get();
    if (charge.is("status", "pending")) {
      possible.addAll(EnumSet.of(SUCCEED, FAIL_LATER));
    } else if (charge.is("status", "succeeded") && charge.flag("disputed")) {
      latestDispute(batch, session)
          .filter(dispute -> dispute.is("status", "needs_response"))
          .ifPresent(_ -> possible.addAll(EnumSet.of(WIN, LOSE)));
    } else if (charge.is("status", "succeeded") && !charge.flag("refunded")) {
      possible.addAll(EnumSet.of(REFUND, DISPUTE));
    }
    return possible;
  }
}
