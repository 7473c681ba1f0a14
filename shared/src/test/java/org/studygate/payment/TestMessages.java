package org.studygate.payment;

import java.security.SecureRandom;
import java.time.Clock;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.notice.MessageKind;
import org.studygate.notice.Outgoing;
import org.studygate.platform.Tokens;

/// What goes with a change, where a test does not look at it.
final class TestMessages {
  private TestMessages() {}

  static Outgoing pincode(String bucket) {
    var id = new Tokens(new SecureRandom()).id();
    return new Outgoing(id, MessageKind.PINCODE, "sms", "sealed", AuditEvent.bucket(bucket));
  }

  static AuditEvent event(String bucket, Clock clock) {
    var trail = AuditEvent.bucket(bucket);
    var action = AuditAction.PAYMENT_MARKED;
    return new AuditEvent(
        trail, clock.instant(), new Actor.Studygate("test"), action, "test", "test");
  }
}
