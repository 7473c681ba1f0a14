package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;

/// A sender that dies before or after each of its steps: the code arrives once where that can be
/// known, is never sent twice, and is accounted for exactly once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeliveryCrashTest {
  private static final Deadline MINUTE = () -> Duration.ofMinutes(1);
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private Outboxes outboxes;
  private final AtomicInteger sent = new AtomicInteger();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private Carrier.Handed answer = Carrier.Handed.TAKEN;

  @BeforeEach
  void begin() {
    clock = TestClock.at("2026-11-23T10:00:00Z");
    new TestHospital(tables, clock).department("noord", new ReportRule.Never());
    outboxes = new Outboxes(tables, clock);
    sent.set(0);
    answer = Carrier.Handed.TAKEN;
  }

  /// Before and after each of: claim, mark, hand over, close.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void aCrashNeitherLosesNorDoubles(int point) {
    var step = point / 2 + 1;
    var afterwards = point % 2 == 1;
    var message = outboxes.put();
    var dying = delivery(new Dying(step, afterwards));
    assertThatThrownBy(() -> dying.deliver(message.messageId())).isInstanceOf(Crash.class);

    delivery(new Dying(0, false)).deliver(message.messageId()); // the stream tells it again
    clock.advance(Duration.ofSeconds(90));
    var healthy = delivery(new Dying(0, false));
    healthy.leftovers(MINUTE);
    healthy.deliver(message.messageId());
    healthy.leftovers(MINUTE);

    var marked = point > 2;
    var handed = point > 4;
    var closed = point > 6;
    assertThat(sent.get()).isEqualTo(marked && !handed ? 0 : 1);
    assertThat(outboxes.outcomes(message)).containsExactly(marked && !closed ? "unknown" : "sms");
    assertThat(outboxes.holds(message)).isFalse();
  }

  /// The same of a pincode, which is paid for: it arrives once, or twice where nobody can tell, and
  /// never not at all.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void aCrashNeverLosesAPincode(int point) {
    var message = outboxes.putPincode();
    var dying = delivery(new Dying(point / 2 + 1, point % 2 == 1));
    assertThatThrownBy(() -> dying.deliver(message.messageId())).isInstanceOf(Crash.class);

    for (var i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(90));
      delivery(new Dying(0, false)).leftovers(MINUTE);
    }

    var handed = point > 4;
    var closed = point > 6;
    assertThat(sent.get()).isEqualTo(handed && !closed ? 2 : 1);
    assertThat(outboxes.outcomes(message)).containsExactly("sms");
    assertThat(outboxes.holds(message)).isFalse();
  }

  @Test
  void aPincodeWhoseAnswerIsNeverClearIsSentTwiceAndNotAThirdTime() {
    var message = outboxes.putPincode();
    answer = Carrier.Handed.UNKNOWN;
    for (var i = 0; i < 5; i++) {
      delivery(new Dying(0, false)).leftovers(MINUTE);
      clock.advance(Duration.ofSeconds(90));
    }
    assertThat(sent.get()).isEqualTo(2);
    assertThat(outboxes.outcomes(message)).containsExactly("unknown");
  }

  @Test
  void aBusyCarrierUsesUpNoTry() {
    var message = outboxes.putPincode();
    answer = Carrier.Handed.BUSY;
    told.reset();
    for (var i = 0; i < 5; i++) {
      delivery(new Dying(0, false)).leftovers(MINUTE);
      assertThat(told.toString(StandardCharsets.UTF_8).split("\"PincodeDelayed\":1"))
          .as("told of at each try, the first too")
          .hasSize(i + 2);
      clock.advance(Duration.ofSeconds(90));
    }
    answer = Carrier.Handed.TAKEN;
    delivery(new Dying(0, false)).leftovers(MINUTE);
    assertThat(outboxes.outcomes(message)).containsExactly("sms");
  }

  @Test
  void ofManySendersOneSends() throws Exception {
    var message = outboxes.put();
    var work = new ArrayList<Callable<Void>>();
    for (var i = 0; i < 16; i++) {
      work.add(
          () -> {
            delivery(new Dying(0, false)).deliver(message.messageId());
            return null;
          });
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    assertThat(sent.get()).isEqualTo(1);
    assertThat(outboxes.outcomes(message)).containsExactly("sms");
  }

  /// It was on its way while a new version was deployed.
  @Test
  void aMessageThatNamesItsBucketAsBeforeIsSentAndTold() {
    var message = outboxes.putAsBefore();
    delivery(new Dying(0, false)).deliver(message.messageId());
    assertThat(sent.get()).isEqualTo(1);
    assertThat(outboxes.outcomes(message)).containsExactly("sms");
  }

  /// A sender of before reads the id of a bucket or a department, not a trail.
  @Test
  void aSenderOfBeforeFindsWhatItReads() {
    var message = outboxes.put();
    assertThat(message.trail()).isEqualTo("bucket#" + outboxes.item(message).text("bucket_id"));
  }

  @Test
  void aSenderThatWasOvertakenChangesNothing() {
    var message = outboxes.put();
    var now = clock.instant();
    var outbox = outboxes.outbox;
    var slow = taken(outbox.claim(message.messageId(), now, now.plusSeconds(90)));
    assertThat(outbox.claim(message.messageId(), now.plusSeconds(89), now.plusSeconds(200)))
        .isInstanceOf(Outbox.Claim.Refused.class);
    var quick = taken(outbox.claim(message.messageId(), now.plusSeconds(90), now.plusSeconds(180)));
    assertThat(outbox.handing(slow, now)).isFalse();
    outbox.release(slow, now);
    assertThat(outbox.close(slow, event())).isFalse();
    assertThat(outbox.due(now.plusSeconds(179))).doesNotContain(message.messageId());
    assertThat(outbox.handing(quick, now)).isTrue();
    assertThat(outbox.close(quick, event())).isTrue();
    assertThat(outboxes.holds(message)).isFalse();
  }

  private static Outbox.Waiting taken(Outbox.Claim claim) {
    return ((Outbox.Claim.Taken) claim).message();
  }

  private AuditEvent event() {
    return new AuditEvent(
        "bucket#none",
        clock.instant(),
        new Actor.Studygate("test"),
        AuditAction.MESSAGE_SENT,
        "test",
        "test");
  }

  private Delivery delivery(Dying dying) {
    return new Delivery(
        dying.outbox(outboxes.outbox),
        new DynamoBuckets(tables.client(), "BucketsTable"),
        new DynamoDepartments(tables.client(), "DepartmentsTable"),
        House.of(Optional.empty(), "+32"),
        outboxes.seal,
        new Writer(URI.create("https://studygate.example.org"), Duration.ofMinutes(10)),
        (letter, _) ->
            dying.step(
                () -> {
                  sent.incrementAndGet();
                  return new Carrier.Answer(answer, "throttled");
                }),
        clock,
        new Log(new PrintStream(told), clock));
  }

  /// What ends a process, which no code of ours catches.
  private static final class Crash extends Error {}

  /// Dies before or after its n-th step; never for 0.
  private static final class Dying {
    private final int at;
    private final boolean afterwards;
    private int steps;

    Dying(int at, boolean afterwards) {
      this.at = at;
      this.afterwards = afterwards;
    }

    <T> T step(Supplier<T> step) {
      steps++;
      if (steps == at && !afterwards) {
        throw new Crash();
      }
      var answer = step.get();
      if (steps == at) {
        throw new Crash();
      }
      return answer;
    }

    Outbox outbox(Outbox outbox) {
      return new Outbox() {
        @Override
        public Claim claim(String messageId, Instant now, Instant until) {
          return step(() -> outbox.claim(messageId, now, until));
        }

        @Override
        public boolean handing(Waiting message, Instant now) {
          return step(() -> outbox.handing(message, now));
        }

        @Override
        public void release(Waiting message, Instant again) {
          outbox.release(message, again);
        }

        @Override
        public void takeBack(Waiting message, Instant again) {
          outbox.takeBack(message, again);
        }

        @Override
        public boolean close(Waiting message, AuditEvent event) {
          return step(() -> outbox.close(message, event));
        }

        @Override
        public List<String> due(Instant by) {
          return outbox.due(by);
        }
      };
    }
  }
}
