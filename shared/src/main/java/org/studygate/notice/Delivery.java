package org.studygate.notice;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Unsent;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.notice.Outbox.Claim;
import org.studygate.notice.Outbox.Waiting;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;

/// Sends what waits in the outbox: claimed, written, marked, handed over, closed. A crash before
/// the mark is made good when the claim has run out. After the mark nobody can tell whether the
/// carrier has it. A code is not sent again then but closed as `unknown`: a patient can ask for
/// another, and two codes that both claim to be the last one help nobody. A pincode is sent once
/// more, since it was paid for and says the same twice.
public final class Delivery {
  /// No message is begun with less time left: to be ended between the mark and the answer is to be
  /// in doubt.
  public static final Duration LONGEST = Duration.ofSeconds(15);

  /// Longer than the functions that send may run.
  private static final Duration CLAIM = Duration.ofSeconds(90);

  private static final Duration AGAIN = Duration.ofSeconds(20);

  /// What became of a message that its reader has, or may have.
  private static final Set<String> SENT = Set.of("sms", "email", "unknown");

  private final Outbox outbox;
  private final Unsent unsent;
  private final Departments departments;
  private final Department house;
  private final Seal seal;
  private final Writer writer;
  private final Carrier carrier;
  private final Clock clock;
  private final Log log;

  public Delivery(
      Outbox outbox,
      Unsent unsent,
      Departments departments,
      Department house,
      Seal seal,
      Writer writer,
      Carrier carrier,
      Clock clock,
      Log log) {
    this.outbox = outbox;
    this.unsent = unsent;
    this.departments = departments;
    this.house = house;
    this.seal = seal;
    this.writer = writer;
    this.carrier = carrier;
    this.clock = clock;
    this.log = log;
  }

  /// @param house who writes to people with an account
  /// @param codeLife how long a code works, as its message says
  public static Delivery on(
      Platform platform,
      Outbox outbox,
      Unsent unsent,
      Departments departments,
      Department house,
      Pepper pepper,
      Carrier carrier,
      Duration codeLife) {
    return new Delivery(
        outbox,
        unsent,
        departments,
        house,
        new Seal(pepper, platform.random()),
        new Writer(platform.environment().publicOrigin(), codeLife),
        carrier,
        platform.clock(),
        platform.log());
  }

  /// Sends one message, unless it is gone or in somebody's hands. Throws only when the outbox
  /// cannot
  /// be worked on; everything else is settled here or left for later.
  public void deliver(String messageId) {
    var now = clock.instant();
    switch (outbox.claim(messageId, now, now.plus(CLAIM))) {
      case Claim.Taken(var message) when !now.isBefore(message.expires()) -> {
        log.metric("MessageExpired", 1);
        close(message, "expired"); // a dead code helps nobody
      }
      case Claim.Taken(var message) -> prepare(message).ifPresent(ready -> send(message, ready));
      case Claim.Doubtful(var message) -> doubtful(message);
      case Claim.Refused() -> {}
    }
  }

  /// What nobody has sent in time: a stream that gave up, a claim that ran out, a carrier that
  /// was busy. One that fails holds up no other. Answers how many were taken up; the rest is found
  /// again.
  public int leftovers(Deadline deadline) {
    var taken = 0;
    for (var messageId : outbox.due(clock.instant())) {
      if (!deadline.leaves(LONGEST)) {
        return taken;
      }
      taken++;
      try {
        deliver(messageId);
      } catch (RuntimeException failure) {
        log.error("message-not-sent", Map.of("message", messageId), failure);
      }
    }
    return taken;
  }

  /// Wakes what the first message would have to wait for, before a SnapStart snapshot.
  public void prime() {
    Mobile.reachable("+32470000000");
    departments.find("priming");
  }

  /// Everything that can fail without anything having been sent. Empty when the message has been
  /// settled or given back.
  private Optional<Written> prepare(Waiting message) {
    try {
      var told = Message.parse(seal.open(message.messageId(), message.sealed()));
      var department = from(told);
      if (department.isEmpty()) {
        log.metric("MessageRefused", 1, Map.of("reason", "department-unknown"));
        close(message, "department-unknown");
        return Optional.empty();
      }
      if (told.channel().equals("sms")
          && !(Mobile.reachable(told.to()) && department.get().policy().maySendTo(told.to()))) {
        log.metric("NumberNotAllowed", 1);
        close(message, "number-not-allowed");
        return Optional.empty();
      }
      return Optional.of(writer.write(told, department.get()));
    } catch (RuntimeException failure) {
      log.error("message-not-written", Map.of("message", message.messageId()), failure);
      later(message, "not-written");
      return Optional.empty();
    }
  }

  private Optional<Department> from(Message told) {
    return told.department().equals(CodeMessage.OF_ACCOUNT)
        ? Optional.of(house)
        : departments.find(told.department());
  }

  private void send(Waiting message, Written written) {
    if (!outbox.handing(message, clock.instant())) {
      return;
    }
    var answer = carrier.hand(written, shared(message));
    switch (answer.handed()) {
      case TAKEN -> {
        var ids = Map.of("message", message.messageId(), "carrier", answer.why());
        log.info("message-handed-over", ids);
        log.metric(written instanceof Written.Sms ? "SmsSent" : "MailSent", 1);
        close(message, written instanceof Written.Sms ? "sms" : "email");
      }
      case REFUSED -> {
        log.metric("MessageRefused", 1, Map.of("reason", answer.why()));
        close(message, "refused-by-carrier");
      }
      case BUSY -> {
        delayed(message, answer.why());
        outbox.takeBack(message, clock.instant().plus(AGAIN));
      }
      case UNKNOWN -> unknown(message);
    }
  }

  private static Optional<String> shared(Waiting message) {
    return message.kind() == MessageKind.SHARE
        ? AuditEvent.bucketOf(message.trail())
        : Optional.empty();
  }

  /// Nothing is lost yet, but somebody waits: whoever watches is told at the first try, since a
  /// code lives ten minutes, and at once of somebody who has paid.
  private void delayed(Waiting message, String reason) {
    log.warn("message-later", Map.of("message", message.messageId(), "reason", reason));
    log.metric("MessageDelayed", 1, Map.of("reason", reason));
    if (message.kind() == MessageKind.PINCODE) {
      log.metric("PincodeDelayed", 1);
    }
  }

  private void unknown(Waiting message) {
    if (message.mayGoAgain(message.handed() + 1)) {
      later(message, "no-answer");
    } else {
      doubtful(message);
    }
  }

  private void doubtful(Waiting message) {
    log.metric("MessageDoubtful", 1);
    close(message, "unknown");
  }

  private void later(Waiting message, String reason) {
    delayed(message, reason);
    outbox.release(message, clock.instant().plus(AGAIN));
  }

  private void close(Waiting message, String outcome) {
    if (message.kind() == MessageKind.PINCODE && !outcome.equals("sms")) {
      log.metric("PincodeNotSent", 1); // paid for, and nobody has it: staff can send it again
    }
    if (!SENT.contains(outcome)) {
      shared(message).ifPresent(unsent::unsent);
    }
    outbox.close(
        message,
        new AuditEvent(
            message.trail(),
            clock.instant(),
            new Actor.Studygate("notify"),
            AuditAction.MESSAGE_SENT,
            outcome,
            message.messageId()));
  }
}
