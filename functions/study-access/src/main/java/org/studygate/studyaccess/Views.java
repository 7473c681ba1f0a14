package org.studygate.studyaccess;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.AccessDesk;
import org.studygate.access.Bucket;
import org.studygate.access.Reason;
import org.studygate.access.Scope;
import org.studygate.access.Standing;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.LeftOut;
import org.studygate.department.Verification;
import org.studygate.order.OrderDesk;
import org.studygate.signin.Masked;
import org.studygate.studyaccess.Answers.BucketView;
import org.studygate.studyaccess.Answers.DownloadView;
import org.studygate.studyaccess.Answers.GivenView;
import org.studygate.studyaccess.Answers.GrantView;
import org.studygate.studyaccess.Answers.PatientView;
import org.studygate.studyaccess.Answers.SentView;
import org.studygate.studyaccess.Answers.StudyView;
import org.studygate.studyaccess.Answers.ToView;

/// What stands, as it is told.
final class Views {
  private final Clock clock;

  Views(Clock clock) {
    this.clock = clock;
  }

  /// @param reason whether whoever asks may read why it was given
  GrantView grant(
      AccessDesk.Row row,
      Standing standing,
      Below.Line line,
      LeftOut left,
      boolean reason,
      Names.Known names) {
    var bucket = standing.bucket();
    var to = to(line.principal(), names);
    var shared = ListAccess.shared(bucket);
    return new GrantView(
        row.id(),
        to.kind(),
        to.name(),
        (shared ? Reason.Kind.SHARED : row.grant().kind()).code(),
        access(bucket),
        Optional.of(bucket.validFrom()).filter(from -> !from.equals(Instant.EPOCH)),
        bucket.until(),
        line.by().flatMap(names::account),
        line.state().code(),
        Optional.of(bucket).filter(_ -> shared).map(_ -> given(standing, line, left, reason)));
  }

  private static GivenView given(Standing standing, Below.Line line, LeftOut left, boolean reason) {
    var bucket = standing.bucket();
    return new GivenView(
        bucket.id(),
        line.under(),
        standing.reason().filter(_ -> reason),
        bucket.verification().byCode(),
        standing.wrongCodes(),
        bucket.share().write(),
        bucket.share().further(),
        bucket.origin().anonymised(),
        left.told());
  }

  DownloadView download(AuditEvent event, Names.Known names) {
    return new DownloadView(
        event.at(), event.who().kind(), Downloads.account(event).flatMap(names::account));
  }

  /// @param reason whether whoever asks may read why it was given
  BucketView bucket(
      Standing standing, LeftOut left, int studies, boolean reason, Map<String, String> names) {
    var bucket = standing.bucket();
    return new BucketView(
        bucket.id(),
        bucket.origin().kind().code(),
        at(standing).code(),
        access(bucket),
        bucket.verification().code(),
        sentTo(bucket),
        standing.wrongCodes(),
        standing.wrongDates(),
        Optional.of(bucket.validFrom()),
        bucket.until(),
        bucket.origin().madeAt(),
        by(bucket, names),
        standing.reason().filter(_ -> reason),
        bucket.origin().anonymised(),
        order(bucket),
        standing.refused(),
        left.told(),
        studies);
  }

  SentView sent(
      Standing standing,
      LeftOut left,
      Optional<PatientView> patient,
      List<StudyView> studies,
      Names.Known names) {
    var bucket = standing.bucket();
    return new SentView(
        bucket.id(),
        bucket.origin().kind().code(),
        at(standing).code(),
        access(bucket),
        bucket.verification().code(),
        sentTo(bucket),
        standing.wrongCodes(),
        standing.wrongDates(),
        Optional.of(bucket.validFrom()),
        bucket.until(),
        bucket.origin().madeAt(),
        by(bucket, names.accounts()),
        bucket.share().recipient().map(principal -> to(principal, names)),
        standing.reason(),
        bucket.origin().anonymised(),
        order(bucket),
        standing.refused(),
        left.told(),
        bucket.department(),
        patient,
        studies);
  }

  private static ToView to(String principal, Names.Known names) {
    return new ToView(principal.substring(0, principal.indexOf(':')), names.of(principal));
  }

  private Standing.State at(Standing standing) {
    return standing.state(clock.instant());
  }

  private static Optional<String> by(Bucket bucket, Map<String, String> names) {
    return bucket.origin().by().flatMap(account -> Optional.ofNullable(names.get(account)));
  }

  /// As the desk names it.
  private static Optional<String> order(Bucket bucket) {
    return bucket.scope() instanceof Scope.OfOrder(var order)
        ? Optional.of(order.department() + "." + OrderDesk.name(order))
        : Optional.empty();
  }

  private static String access(Bucket bucket) {
    return bucket.report() ? "images-and-report" : "images";
  }

  private static Optional<String> sentTo(Bucket bucket) {
    return bucket
        .destination()
        .filter(_ -> bucket.verification() != Verification.DATE_OF_BIRTH)
        .map(_ -> Masked.destination(bucket));
  }
}
