package org.studygate.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Tokens;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoReceiptBookTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant LONG_AGO = NOON.minus(ReceiptBook.KEPT);

  @AutoClose private final TestTables tables = TestTables.start();
  private final DynamoAuditTrail trail =
      new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
  private final ReceiptNotes notes = new DynamoReceiptNotes(tables.client(), "ReceiptsTable");
  private final ReceiptBook book = new DynamoReceiptBook(tables.client(), "ReceiptsTable", trail);

  private String note(String department, Instant at, int number) {
    var id = S3Receipts.TIME.format(at) + "-" + "%032x".formatted(number);
    assertThat(notes.note(receipt(department, at, number), id)).isTrue();
    assertThat(notes.note(receipt(department, at, number), id)).isFalse();
    return id;
  }

  private static Receipt receipt(String department, Instant at, int number) {
    return new Receipt(
        department,
        Optional.of("in/" + department + "/" + number),
        "weak-number",
        "Send another number.",
        at,
        new Receipt.About(Optional.of("A" + number), Optional.of("1.2.3"), Optional.empty()));
  }

  @Test
  void theNewestComeFirstAndNoneIsLostOrDoubledBetweenPages() {
    var ids = new ArrayList<String>();
    for (var i = 0; i < 7; i++) {
      ids.addFirst(note("pages", NOON.plusSeconds(i / 2), i)); // two of one second
    }
    note("other", NOON, 1);
    var read = new ArrayList<String>();
    Optional<String> before = Optional.empty();
    do {
      var page = book.page("pages", before, LONG_AGO, 3);
      page.lines().forEach(line -> read.add(line.id()));
      before = page.next();
    } while (before.isPresent());
    assertThat(read).isEqualTo(ids);
    var first = book.page("pages", Optional.empty(), LONG_AGO, 1).lines().getFirst();
    assertThat(first.receipt()).isEqualTo(receipt("pages", NOON.plusSeconds(3), 6));
    assertThat(first.done()).isEmpty();
  }

  @Test
  void whatIsOlderThanTheBucketKeepsIsNotShownAnyMore() {
    note("old", NOON, 1);
    assertThat(book.page("old", Optional.empty(), NOON, 9).lines()).hasSize(1);
    assertThat(book.page("old", Optional.empty(), NOON.plusSeconds(1), 9).lines()).isEmpty();
  }

  @Test
  void whoDealtWithItFirstStandsThereAndTheTrailTellsItOnce() throws Exception {
    var id = note("race", NOON, 1);
    try (var both = Executors.newFixedThreadPool(8)) {
      var calls = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 8; i++) {
        var who = "a" + i;
        calls.add(() -> book.done("race", id, true, event("race", who)));
      }
      for (var result : both.invokeAll(calls)) {
        assertThat(result.get()).isTrue();
      }
    }
    var done = book.page("race", Optional.empty(), LONG_AGO, 9).lines().getFirst().done();
    assertThat(done.orElseThrow().at()).isEqualTo(NOON);
    var events = trail.read(AuditEvent.department("race"), Optional.empty(), 20).events();
    assertThat(events).extracting(event -> event.who().id()).containsExactly(done.get().by());
    assertThat(book.done("race", id, false, event("race", "b"))).isTrue();
    assertThat(book.page("race", Optional.empty(), LONG_AGO, 9).lines().getFirst().done())
        .isEmpty();
  }

  @Test
  void ofAnotherDepartmentItIsAsIfThereWereNone() {
    var id = note("mine", NOON, 1);
    assertThat(book.done("theirs", id, true, event("theirs", "a"))).isFalse();
    assertThat(trail.read(AuditEvent.department("theirs"), Optional.empty(), 9).events()).isEmpty();
    assertThat(book.page("mine", Optional.empty(), LONG_AGO, 9).lines().getFirst().done())
        .isEmpty();
  }

  private static AuditEvent event(String department, String who) {
    return new AuditEvent(
        AuditEvent.department(department),
        NOON,
        new Actor.Staff(who),
        AuditAction.RECEIPT_DONE,
        "ok",
        "request");
  }
}
