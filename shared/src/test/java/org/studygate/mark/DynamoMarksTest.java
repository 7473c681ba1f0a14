package org.studygate.mark;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Tokens;
import org.studygate.study.StudyId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoMarksTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final StudyId STUDY = StudyId.of("noord", "1.2.3");

  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoAuditTrail trail;
  private Marks marks;

  @BeforeEach
  void begin() {
    tables.clear();
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    marks = new DynamoMarks(tables.client(), "MarksTable", trail);
  }

  private static AuditEvent event(Instant at) {
    return new AuditEvent(
        AuditEvent.study(STUDY.value()),
        at,
        new Actor.Professional("ac1"),
        AuditAction.STUDY_VIEWED,
        "ok",
        "r1");
  }

  @Test
  void whoHasNotOpenedItHasNoMark() {
    assertThat(marks.find("ac1", List.of(STUDY))).isEmpty();
    assertThat(marks.find("ac1", List.of())).isEmpty();
  }

  @Test
  void theFirstOpeningStaysAndTheLastReportCounts() {
    marks.opened("ac1", STUDY, Optional.empty(), event(NOW));
    assertThat(marks.find("ac1", List.of(STUDY)))
        .containsEntry(
            STUDY, new Mark(Optional.of(NOW), Optional.of(NOW), Optional.empty(), List.of()));
    marks.opened("ac1", STUDY, Optional.of("v1"), event(NOW.plusSeconds(1)));
    marks.opened("ac1", STUDY, Optional.empty(), event(NOW.plusSeconds(2)));
    assertThat(marks.find("ac1", List.of(STUDY)))
        .containsEntry(
            STUDY,
            new Mark(
                Optional.of(NOW), Optional.of(NOW.plusSeconds(2)), Optional.of("v1"), List.of()));
    assertThat(marks.find("ac2", List.of(STUDY))).isEmpty();
  }

  @Test
  void whatIsMarkedStandsInTheTrail() {
    marks.opened("ac1", STUDY, Optional.of("v1"), event(NOW));
    assertThat(trail.read(AuditEvent.study(STUDY.value()), Optional.empty(), 10).events())
        .containsExactly(event(NOW));
  }

  @Test
  void aLabelIsSetOnceOnEachOfItsStudies() {
    var other = StudyId.of("noord", "1.2.3.4");
    marks.label("ac1", List.of(STUDY, other), new Mark.Label("Message", "red"));
    marks.label("ac1", List.of(STUDY), new Mark.Label("Bespreken", "grey"));
    marks.label("ac1", List.of(STUDY), new Mark.Label("Bespreken", "grey"));
    marks.opened("ac1", STUDY, Optional.empty(), event(NOW));
    var found = marks.find("ac1", List.of(STUDY, other));
    assertThat(found.getOrDefault(STUDY, Mark.NONE).labels())
        .containsExactly(new Mark.Label("Bespreken", "grey"), new Mark.Label("Message", "red"));
    assertThat(found.getOrDefault(other, Mark.NONE).labels()).hasSize(1);
    assertThat(marks.find("ac2", List.of(STUDY))).isEmpty();
  }

  /// More than one request holds.
  @Test
  void manyAreFoundAtOnce() {
    var all = new ArrayList<StudyId>();
    for (var i = 0; i < 130; i++) {
      var study = StudyId.of("noord", "1.2." + i);
      all.add(study);
      marks.opened("ac1", study, Optional.empty(), event(NOW));
    }
    assertThat(marks.find("ac1", all)).hasSize(130);
  }
}
