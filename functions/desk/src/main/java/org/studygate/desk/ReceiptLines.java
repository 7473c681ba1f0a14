package org.studygate.desk;

import java.time.Clock;
import java.util.Optional;
import org.studygate.account.DeskAct;
import org.studygate.audit.AuditAction;
import org.studygate.desk.Answers.AboutView;
import org.studygate.desk.Answers.ReceiptView;
import org.studygate.http.Problem;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.ReceiptBook;

/// What a department was told, and whether somebody has dealt with it.
final class ReceiptLines {
  private static final int PAGE = 100;

  private final ReceiptBook book;
  private final Told told;
  private final Clock clock;

  ReceiptLines(ReceiptBook book, Told told, Clock clock) {
    this.book = book;
    this.told = told;
    this.clock = clock;
  }

  Lines<ReceiptView> list(
      Clerk clerk, String department, Optional<String> before, String requestId) {
    clerk.check(DeskAct.VIEW, department);
    var since = clock.instant().minus(ReceiptBook.KEPT);
    var page = book.page(department, before, since, PAGE);
    told.looked(clerk, department, "receipts", requestId);
    return new Lines<>(page.lines().stream().map(ReceiptLines::view).toList(), page.next());
  }

  private static ReceiptView view(ReceiptBook.Line line) {
    var receipt = line.receipt();
    return new ReceiptView(
        Ids.text(receipt.department(), line.id()),
        receipt.key().orElse(""),
        receipt.code(),
        receipt.sentence(),
        receipt.at(),
        line.done().isPresent(),
        line.done().map(ReceiptBook.Done::at),
        about(receipt.about()));
  }

  private static AboutView about(Receipt.About about) {
    return new AboutView(about.accession(), about.studyUid(), about.sopUid());
  }

  void done(Clerk clerk, String id, boolean done, String requestId) {
    var named = Ids.read(id).orElseThrow(Problem.NOT_FOUND::refusal);
    clerk.check(DeskAct.RECEIPT, named.department());
    var outcome = done ? "done" : "open";
    var event =
        told.ofDepartment(clerk, named.department(), AuditAction.RECEIPT_DONE, outcome, requestId);
    if (!book.done(named.department(), named.name(), done, event)) {
      throw Problem.NOT_FOUND.refusal();
    }
  }
}
