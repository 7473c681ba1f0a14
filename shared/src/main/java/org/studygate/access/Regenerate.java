package org.studygate.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.order.Order;
import org.studygate.platform.Pepper;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References;

/// A fresh number of ours for an order whose own one is too weak or taken (product.md 2.2). It
/// opens what that one was to open, asks for the same, and is told once.
public final class Regenerate {
  private final NumberDesk numbers;
  private final Buckets buckets;
  private final Pepper pepper;
  private final SecureRandom random;
  private final Clock clock;

  public Regenerate(
      NumberDesk numbers, Buckets buckets, Pepper pepper, SecureRandom random, Clock clock) {
    this.numbers = numbers;
    this.buckets = buckets;
    this.pepper = pepper;
    this.random = random;
    this.clock = clock;
  }

  public sealed interface Outcome {
    /// @param until when it ends by itself
    record Made(ReferenceNumber number, Instant until) implements Outcome {}

    /// The number is of use, or somebody was quicker.
    record NotNeeded() implements Outcome {}

    /// What it was to open has ended by itself.
    record Ended() implements Outcome {}
  }

  /// @param bucketId what the order's number opens
  public Outcome regenerate(
      Staff staff, Order order, String bucketId, String reason, String requestId) {
    var now = clock.instant();
    var bucket = buckets.find(bucketId);
    if (bucket.isEmpty() || numbers.refused(bucketId).isEmpty()) {
      return new Outcome.NotNeeded();
    }
    if (bucket.get().expired(now)) {
      return new Outcome.Ended();
    }
    var number = ReferenceNumber.random(random);
    var hash = Hashes.reference(pepper, number);
    var born = order.patient().birthDate();
    var entry = new References.Entry(bucketId, Hashes.birth(pepper, hash, born), born.known());
    var events =
        List.of(
            event(AuditEvent.bucket(bucketId), staff, staff.role().name(), requestId, now),
            event(AuditEvent.department(order.id().department()), staff, bucketId, requestId, now));
    var written =
        numbers.write(new NumberDesk.Numbering(hash, entry, order.version(), reason, events));
    return written ? new Outcome.Made(number, bucket.get().validUntil()) : new Outcome.NotNeeded();
  }

  private static AuditEvent event(
      String trail, Staff staff, String outcome, String requestId, Instant now) {
    return new AuditEvent(
        trail,
        now,
        new Actor.Staff(staff.account()),
        AuditAction.NUMBER_REGENERATED,
        outcome,
        requestId);
  }
}
