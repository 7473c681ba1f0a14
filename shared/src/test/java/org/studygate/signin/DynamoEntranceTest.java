package org.studygate.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Tokens;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Neither a visit that no event tells of, nor an event of a visit that never began.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoEntranceTest {
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

  @AutoClose private final TestTables tables = TestTables.start();
  private final DynamoSessions sessions = new DynamoSessions(tables.client(), "SessionsTable");
  private final DynamoAuditTrail trail = trail("AuditTable");

  @Test
  void aVisitBeginsWithItsEvent() {
    entrance(trail).open(visit("first"), event("first"));
    assertThat(sessions.find("first", NOW)).contains(visit("first"));
    assertThat(told("first")).containsExactly(event("first"));
  }

  @Test
  void whereNoEventCanBeWrittenNoVisitBegins() {
    assertThatThrownBy(() -> entrance(trail("NoSuchTable")).open(visit("silent"), event("silent")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(sessions.find("silent", NOW)).isEmpty();
  }

  @Test
  void whereNoVisitBeginsNoEventIsTold() {
    sessions.begin(visit("there"));
    assertThatThrownBy(() -> entrance(trail).open(visit("there"), event("there")))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(told("there")).isEmpty();
  }

  private DynamoEntrance entrance(DynamoAuditTrail trail) {
    return new DynamoEntrance(tables.client(), "SessionsTable", trail);
  }

  private DynamoAuditTrail trail(String table) {
    return new DynamoAuditTrail(tables.client(), table, new Tokens(new SecureRandom()));
  }

  private List<AuditEvent> told(String bucket) {
    return trail.read(AuditEvent.bucket(bucket), Optional.empty(), 10).events();
  }

  private static Session visit(String name) {
    return Session.begin(name, new Subject.OfBucket(name), 0, "noord", NOW);
  }

  private static AuditEvent event(String bucket) {
    return new AuditEvent(
        AuditEvent.bucket(bucket),
        NOW,
        new Actor.Patient(bucket),
        AuditAction.SIGNED_IN,
        "date-of-birth",
        "r1");
  }
}
