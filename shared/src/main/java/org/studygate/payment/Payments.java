package org.studygate.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.notice.Outgoing;
import org.studygate.session.Session;
import org.studygate.signin.Challenge;

/// What was paid, for good. Every change is one conditional write or one transaction.
public interface Payments {
  Tab tab(String bucket);

  Optional<Checkout> checkout(String bucket, String session);

  /// Every session that was ever opened for a bucket, the oldest first.
  List<Checkout> checkouts(String bucket);

  /// Begins the attempt after `known`. `false` when somebody else has, or has paid.
  boolean begin(Tab known, Tab.Attempt attempt);

  /// Notes the session of the newest attempt; only then may anybody be sent to pay it. `false`
  /// when another attempt has begun meanwhile, or somebody has paid.
  boolean opened(Checkout checkout, Instant ask);

  /// Moves a session forward with all that follows, or nothing. `false` when anything it was
  /// decided on has changed meanwhile.
  boolean move(Tab tab, Checkout checkout, Step step);

  /// Somebody of the department says that it was paid. `false` when it is paid already.
  ///
  /// @param until when access will end; empty: never by itself
  boolean mark(
      Tab tab,
      Tab.Pincode pincode,
      Optional<Instant> until,
      Outgoing message,
      AuditEvent event,
      String reason);

  /// A message on its way, with its entry in the trail: both or neither.
  void send(Outgoing message, AuditEvent event);

  /// The refund of a session paid twice has been asked for.
  void refundAsked(Checkout checkout);

  /// Asks about a session again at that time.
  void later(Checkout checkout, Instant ask);

  /// Sessions to ask the provider about by then, the most overdue first.
  List<Due> due(Instant by, int limit);

  /// The pincode was right: the step ends and the visit begins, and the bucket forgets the tries
  /// up to `counted`, while it is still paid and the pincode still this one. `false` when any of
  /// it has changed meanwhile.
  boolean enter(Challenge step, int counted, Tab tab, Session visit, Instant now);

  /// The same for somebody who has a visit already, so that none begins.
  boolean prove(Challenge step, int counted, Tab tab, Instant now);

  record Due(String bucket, String session) {}

  /// Where a session moves to, and what goes with it.
  ///
  /// @param ask when to ask the provider again; empty for never
  record Step(
      Stage to,
      Move move,
      Optional<String> paymentIntent,
      long refunded,
      Optional<Tab.Pincode> pincode,
      List<Outgoing> messages,
      Optional<Instant> ask,
      AuditEvent event,
      Instant now) {
    public Step {
      messages = List.copyOf(messages);
    }
  }
}
