package org.studygate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Tokens;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoAuditTrailTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @AutoClose private final TestTables tables = TestTables.start();
  private AuditTrail trail;

  @BeforeAll
  void start() {
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
  }

  @ParameterizedTest
  @EnumSource
  void everyActionIsReadBackAsItWasWritten(AuditAction action) {
    var event =
        new AuditEvent(
            AuditEvent.bucket(action.code()), NOON, new Actor.Patient("b1"), action, "ok", "r1");
    trail.record(event);
    assertThat(trail.read(AuditEvent.bucket(action.code()), Optional.empty(), 10).events())
        .isEqualTo(List.of(event));
  }

  @Test
  void newestFirstPageByPageWithNothingLostInTheSameMillisecond() {
    var study = AuditEvent.study("pages");
    for (var i = 0; i < 7; i++) {
      trail.record(viewed(study, NOON.plusMillis(i / 2)));
    }
    var first = trail.read(study, Optional.empty(), 4);
    var second = trail.read(study, first.next(), 4);
    assertThat(first.events()).hasSize(4);
    assertThat(second.events()).hasSize(3);
    assertThat(second.next()).isEmpty();
    assertThat(first.events().getFirst().at()).isEqualTo(NOON.plusMillis(3));
    assertThat(second.events().getLast().at()).isEqualTo(NOON);
  }

  @Test
  void trailsStayApart() {
    trail.record(viewed(AuditEvent.study("mine"), NOON));
    assertThat(trail.read(AuditEvent.study("yours"), Optional.empty(), 10).events()).isEmpty();
  }

  /// Even if chance gave the same key twice.
  @Test
  void anEventIsNeverReplaced() {
    var same =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            java.util.Arrays.fill(bytes, (byte) 7);
          }
        };
    var stuck = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(same));
    var first = viewed(AuditEvent.study("kept"), NOON);
    stuck.record(first);
    var second =
        new AuditEvent(
            first.trail(), NOON, new Actor.Hospital("noord"), AuditAction.WITHDRAWN, "ok", "r2");
    assertThatThrownBy(() -> stuck.record(second))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThatThrownBy(
            () -> tables.client().transactWriteItems(w -> w.transactItems(stuck.recording(second))))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(trail.read(first.trail(), Optional.empty(), 10).events()).containsExactly(first);
  }

  private static AuditEvent viewed(String trail, Instant at) {
    return new AuditEvent(trail, at, new Actor.Patient("b1"), AuditAction.STUDY_VIEWED, "ok", "r1");
  }
}
