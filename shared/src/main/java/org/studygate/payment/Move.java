package org.studygate.payment;

import java.util.Optional;
import org.studygate.department.PaymentRules;
import org.studygate.department.PaymentRules.Afterwards;

/// What follows when a session has come further. A decision only: nothing is read or written
/// here.
public sealed interface Move {
  /// It is noted, and nothing else changes.
  record Note() implements Move {}

  /// The session that could be paid is over: another may be begun.
  record Close() implements Move {}

  /// Access opens: a pincode, a message, a receipt.
  record Fulfil() implements Move {}

  /// Access ends with everything opened through it.
  record End() implements Move {}

  /// Paid although somebody had paid already: the money goes back, and staff are told.
  record Twice() implements Move {}

  /// @param rules of the department now. One that takes no money any more still lets in who has
  ///     paid, and keeps nobody whose money went back.
  static Move of(Tab tab, Checkout checkout, Stage to, Optional<PaymentRules> rules) {
    if (checkout.refund() != Checkout.Refund.NONE) {
      return new Note(); // its money goes back, whatever else becomes of it
    }
    var mine = tab.paidBy().filter(checkout.session()::equals).isPresent();
    if (to.paid()) {
      return mine ? new Note() : tab.paid() ? new Twice() : new Fulfil();
    }
    if (rules.filter(known -> kept(to, known)).isPresent()) {
      return tab.paid() ? new Note() : new Fulfil();
    }
    if (mine) {
      return new End();
    }
    var current = tab.session().filter(checkout.session()::equals).isPresent();
    return current && to != Stage.OPEN && to != Stage.PENDING ? new Close() : new Note();
  }

  private static boolean kept(Stage stage, PaymentRules rules) {
    return switch (stage) {
      case REFUNDED -> rules.afterRefund() == Afterwards.KEEP;
      case LOST -> rules.afterLostDispute() == Afterwards.KEEP;
      case OPEN, PENDING, EXPIRED, FAILED, PAID, DISPUTED, WON -> false;
    };
  }
}
