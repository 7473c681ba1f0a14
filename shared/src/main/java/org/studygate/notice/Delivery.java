package org.studygate.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Departments;
import org.studygate.notice.Carrier.Handed;
import org.studygate.notice.Outbox.Waiting;
import org.studygate.otp.OtpPolicy;

/// Sends what waits in the outbox: claimed, handed over, removed. A crash before the hand-over is
/// made good when the claim has run out; only one between the carrier's "taken" and the removal
/// sends the same code a second time (docs/adr).
public final class Delivery {
  private static final Duration CLAIM = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(20);

  private final Outbox outbox;
  private final Departments departments;
  private final Seal seal;
  private final Writer writer;
  private final Carrier carrier;
  private final AuditTrail trail;
  private final Clock clock;

  public Delivery(
      Outbox outbox,
      Departments departments,
      Seal seal,
      Writer writer,
      Carrier carrier,
      AuditTrail trail,
      Clock clock) {
    this.outbox = outbox;
    this.departments = departments;
    this.seal = seal;
    this.writer = writer;
    this.carrier = carrier;
    this.trail = trail;
    this.clock = clock;
  }

  /// Sends one message, unless it is gone or in somebody's hands. Throws when it is to be tried
  /// again.
  public void deliver(String messageId) {
    var now = clock.instant();
    outbox.claim(messageId, now, now.plus(CLAIM)).ifPresent(waiting -> send(waiting, now));
  }

  /// What nobody has sent in time: a stream that gave up, a claim that ran out. Answers how many.
  public int leftovers() {
    var due = outbox.due(clock.instant().minus(AGAIN));
    due.forEach(this::deliver);
    return due.size();
  }

  private void send(Waiting waiting, Instant now) {
    if (!now.isBefore(waiting.created().plus(OtpPolicy.LIFE))) {
      finish(waiting, "expired"); // a dead code helps nobody
      return;
    }
    try {
      finish(waiting, handOver(waiting));
    } catch (RuntimeException failure) {
      outbox.release(waiting.messageId(), clock.instant().plus(AGAIN));
      throw failure;
    }
  }

  private String handOver(Waiting waiting) {
    var message = CodeMessage.parse(seal.open(waiting.messageId(), waiting.sealed()));
    var department = departments.find(message.department());
    if (department.isEmpty()) {
      return "department-unknown";
    }
    if (message.channel().equals("sms") && !department.get().policy().maySendTo(message.to())) {
      return "country-not-allowed";
    }
    var handed = carrier.hand(writer.write(message, department.get()));
    return handed == Handed.TAKEN ? message.channel() : "refused-by-carrier";
  }

  private void finish(Waiting waiting, String outcome) {
    outbox.remove(waiting.messageId());
    trail.record(
        new AuditEvent(
            AuditEvent.bucket(waiting.bucketId()),
            clock.instant(),
            "studygate:notify",
            AuditAction.MESSAGE_SENT,
            outcome,
            waiting.messageId()));
  }
}
