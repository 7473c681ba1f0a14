package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Tokens;
import org.studygate.study.Studies.Hand;
import org.studygate.study.Studies.Link;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoStudyDeskTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  @AutoClose private final TestTables tables = TestTables.start();
  private final DynamoAuditTrail trail =
      new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
  private final Studies studies = new DynamoStudies(tables.client(), "StudiesTable");
  private final StudyDesk desk = new DynamoStudyDesk(tables.client(), "StudiesTable", trail);

  private StudyId study(String department, int number, Instant flagged, Link link) {
    var id = StudyId.of(department, "1.2." + number);
    studies.received(
        new Studies.Arrival(
            id, department, "1.2." + number, Set.of(Samples.whose("P-1", "A" + number))),
        NOON,
        NOON);
    var revision = studies.find(id).orElseThrow().revision();
    assertThat(studies.link(id, revision, link, flagged)).isTrue();
    return id;
  }

  private List<StudyId> held(String department, int limit) {
    var all = new ArrayList<StudyId>();
    Optional<String> before = Optional.empty();
    do {
      var page = desk.held(department, before, limit);
      all.addAll(page.studies());
      before = page.next();
    } while (before.isPresent());
    return all;
  }

  @Test
  void theNewestComeFirstAndNoneOfOneMomentIsLostBetweenPages() {
    var all = new ArrayList<StudyId>();
    for (var i = 0; i < 7; i++) {
      all.add(study("pages", i, NOON.plusMillis(i / 3), Link.none(Set.of("patients-mixed"))));
    }
    study("other", 1, NOON, Link.none(Set.of("patients-mixed")));
    var found = held("pages", 2);
    assertThat(found).containsExactlyInAnyOrderElementsOf(all);
    assertThat(found.getFirst()).isEqualTo(all.getLast());
  }

  @Test
  void whatFitsAndWhatWasLookedAtIsNotInTheList() {
    var order = Optional.of(new OrderId("fits", "A1"));
    study("fits", 1, NOON, new Link(order, Optional.empty(), Set.of(), Set.of()));
    var odd = new Link(order, Optional.empty(), Set.of("name-differs"), Set.of());
    var shown = study("fits", 2, NOON, odd);
    study("fits", 3, NOON, odd.by(new Hand(Optional.empty(), Set.of(), Set.of("name-differs"))));
    var waits = study("fits", 4, NOON, Link.NONE);
    study("fits", 5, NOON, Link.NONE.by(new Hand(Optional.empty(), Set.of(), Set.of(Link.WAITS))));
    assertThat(held("fits", 9)).containsExactlyInAnyOrder(shown, waits);
  }

  @Test
  void aDecisionIsWrittenWithItsEventsOrNotAtAll() {
    var id = study("decide", 1, NOON, Link.none(Set.of("patient-mismatch")));
    var found = studies.find(id).orElseThrow();
    var hand =
        new Hand(Optional.of(new OrderId("decide", "A9")), found.persons(), Set.of("other-bytes"));
    var link = new Link(hand.order(), Optional.of(3), Set.of(), found.persons(), hand);
    var event =
        new AuditEvent(
            AuditEvent.study(id.value()),
            NOON,
            new Actor.Staff("a1"),
            AuditAction.STUDY_MATCHED,
            "department-staff",
            "request");
    var stale = found.revision() - 1;
    assertThat(desk.decide(id, stale, link, NOON, List.of(event), "Because.")).isFalse();
    assertThat(trail.read(event.trail(), Optional.empty(), 9).events()).isEmpty();
    assertThat(desk.decide(id, found.revision(), link, NOON, List.of(event), "Because.")).isTrue();
    assertThat(studies.find(id).orElseThrow().link()).isEqualTo(link);
    assertThat(trail.read(event.trail(), Optional.empty(), 9).events()).containsExactly(event);
    assertThat(held("decide", 9)).isEmpty();
  }
}
