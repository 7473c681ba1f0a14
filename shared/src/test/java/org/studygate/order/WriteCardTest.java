package org.studygate.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.TestClock;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.StudyId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WriteCardTest {
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final String UID = "1.2.3";
  private static final StudyId STUDY = StudyId.of("noord", UID);

  @AutoClose private final TestTables tables = TestTables.start();
  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private Cards cards;
  private WriteCard write;
  private TestHospital hospital;

  @BeforeEach
  void begin() {
    tables.clear();
    cards = new DynamoCards(tables.client(), "StudiesTable");
    write = TestHospital.card(tables);
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
  }

  private Card written() {
    write.renew(STUDY);
    return cards.find(List.of(STUDY)).values().iterator().next().card();
  }

  private void ordered() {
    hospital.order(ORDER, "7H2K3M4N5P6Q7R8S", Verification.DATE_OF_BIRTH, true, UID);
  }

  @Test
  void itSaysWhatTheOrderSays() {
    ordered();
    hospital.study(ORDER, UID, 2);
    var card = written();
    assertThat(card.accession()).contains("A17");
    assertThat(card.date()).contains(LocalDate.of(2026, 11, 20));
    assertThat(card.description()).isEqualTo("CT thorax 1.2.3");
    assertThat(card.modalities()).containsExactly("CT");
    assertThat(card.patient())
        .isEqualTo(
            new About.Patient(
                "An Peeters",
                Optional.of(TestHospital.BORN),
                Optional.of("P-1"),
                card.patient().issuer(),
                Optional.of("F")));
    assertThat(card.images()).isTrue();
    assertThat(card.report()).isEmpty();
    assertThat(card.came()).contains(clock.instant());
  }

  @Test
  void aStudyWithoutAnOrderSaysWhatItsFilesSay() {
    hospital.study(ORDER, UID, 1);
    var card = written();
    assertThat(card.accession()).isEmpty();
    assertThat(card.patient().id()).contains("P-1");
    assertThat(card.images()).isTrue();
  }

  @Test
  void nothingIsWrittenOfWhatHasNotCome() {
    write.renew(STUDY);
    assertThat(cards.standing(STUDY)).isEmpty();
    write.renew(ORDER);
    assertThat(cards.standing(StudyId.of(ORDER))).isEmpty();
  }

  @Test
  void aReportIsSaidWithItsVersion() {
    ordered();
    hospital.study(ORDER, UID, 1);
    written();
    new DynamoStudies(tables.client(), "StudiesTable").report(STUDY, version("v2"));
    assertThat(written().report()).contains(new Card.Written("v2", "final"));
  }

  private Report.Version version(String version) {
    return new Report.Version(
        "r1",
        version,
        Report.State.FINAL,
        clock.instant(),
        Optional.of(ORDER),
        "nl",
        "Geen bijzonderheden.",
        "Maes",
        Optional.empty(),
        false);
  }

  @Test
  void anOrderWithNothingButAReportHasACardOfItsOwn() {
    ordered();
    hospital.report(ORDER, "Geen bijzonderheden.");
    write.renew(ORDER);
    var card = cards.find(List.of(StudyId.of(ORDER))).values().iterator().next().card();
    assertThat(card.images()).isFalse();
    assertThat(card.report()).isPresent();
    assertThat(card.accession()).contains("A17");
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgain() {
    ordered();
    hospital.study(ORDER, UID, 1);
    written();
    var stamp = cards.standing(STUDY).orElseThrow().stamp();
    written();
    assertThat(cards.standing(STUDY).orElseThrow().stamp()).isEqualTo(stamp);
  }

  @Test
  void itIsFoundByPatientAndAccessionHoweverTheyAreWritten() {
    ordered();
    hospital.study(ORDER, UID, 1);
    written();
    assertThat(cards.under(Term.patient(" p-1 "), 10)).containsExactly(STUDY);
    assertThat(cards.under(Term.accession("a17"), 10)).containsExactly(STUDY);
    assertThat(cards.under(Term.accession("P-1"), 10)).isEmpty();
  }

  @Test
  void underAFormerTermNothingIsFound() {
    hospital.study(ORDER, UID, 1);
    var card = written();
    var other =
        new Card(
            card.study(),
            card.department(),
            card.order(),
            Optional.of("B18"),
            card.date(),
            card.description(),
            card.modalities(),
            new About.Patient(
                "An Peeters",
                Optional.empty(),
                Optional.of("P-9"),
                Optional.empty(),
                Optional.empty()),
            true,
            Optional.empty(),
            card.came());
    assertThat(cards.put(other, cards.standing(STUDY))).isTrue();
    assertThat(cards.under(Term.patient("P-1"), 10)).isEmpty();
    assertThat(cards.under(Term.patient("P-9"), 10)).containsExactly(STUDY);
    assertThat(cards.find(List.of(STUDY)).values())
        .extracting(Cards.Shown::card)
        .containsExactly(other);
  }

  /// Whoever has read an older state does not write over a newer one.
  @Test
  void ofTwoAtOnceTheLaterStateStands() {
    ordered();
    hospital.study(ORDER, UID, 1);
    var former = cards.standing(STUDY);
    var card = written();
    assertThat(cards.put(card, former)).isFalse();
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 8; i++) {
        var version = version("v" + i);
        workers.execute(
            () -> {
              studies.report(STUDY, version);
              write.renew(STUDY);
            });
      }
    }
    assertThat(cards.standing(STUDY).orElseThrow().card().report())
        .contains(new Card.Written("v7", "final"));
  }
}
