package org.studygate.sharing;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Origin;
import org.studygate.access.Principal;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.notice.Notices;
import org.studygate.notice.OpenedMessage;
import org.studygate.notice.Outgoing;
import org.studygate.notice.ShareMessage;
import org.studygate.order.About;
import org.studygate.order.Initials;

/// The first time that somebody opens what was shared is noted for whoever shared it, and told by
/// mail where that was wanted. Who shared it with the own group and opens it there is not told of
/// oneself.
public final class FirstOpened {
  private static final ShareMessage.Exam NOTHING = new ShareMessage.Exam("", "", Optional.empty());

  private final Buckets buckets;
  private final Openings openings;
  private final Accounts accounts;
  private final Notices notices;
  private final Clock clock;

  public FirstOpened(
      Buckets buckets, Openings openings, Accounts accounts, Notices notices, Clock clock) {
    this.buckets = buckets;
    this.openings = openings;
    this.accounts = accounts;
    this.notices = notices;
    this.clock = clock;
  }

  /// @param through what it was opened
  /// @param exam that was opened
  public void note(Principal who, Collection<Bucket> through, About exam) {
    through.stream()
        .filter(bucket -> bucket.origin().kind() == Origin.Kind.SHARE)
        .filter(bucket -> bucket.share().openedAt().isEmpty())
        .filter(bucket -> !account(who).equals(bucket.origin().by()))
        .forEach(bucket -> note(who, bucket, exam));
  }

  private void note(Principal who, Bucket bucket, About exam) {
    var mail = bucket.share().tellOpened() ? mail(who, bucket, exam) : Optional.<Outgoing>empty();
    if (mail.isPresent()) {
      openings.tell(bucket.id(), clock.instant(), mail.get());
    } else {
      buckets.opened(bucket.id(), clock.instant());
    }
  }

  /// Who has no account any more hears nothing.
  private Optional<Outgoing> mail(Principal who, Bucket bucket, About exam) {
    var by = bucket.origin().by();
    var found = accounts.each(ids(by, account(who)));
    return by.flatMap(sharer -> Optional.ofNullable(found.get(sharer)))
        .filter(Recipients::sees)
        .map(to -> notices.opened(to.id(), message(to, named(who, bucket, found), bucket, exam)));
  }

  private static Set<String> ids(Optional<String> one, Optional<String> other) {
    return Stream.of(one, other).flatMap(Optional::stream).collect(Collectors.toSet());
  }

  private static Optional<String> account(Principal who) {
    return switch (who) {
      case Principal.Professional professional -> Optional.of(professional.account());
      case Principal.Patient _ -> Optional.empty();
    };
  }

  /// Whoever has no account is called as whoever shared typed it.
  private static String named(Principal who, Bucket bucket, Map<String, Account> found) {
    return account(who)
        .flatMap(id -> Optional.ofNullable(found.get(id)))
        .map(account -> account.name().whole())
        .or(bucket::destination)
        .orElse("");
  }

  private static OpenedMessage message(Account to, String by, Bucket bucket, About exam) {
    var anonymous = bucket.origin().anonymised();
    return new OpenedMessage(
        to.username(),
        to.language(),
        bucket.department(),
        by,
        anonymous ? NOTHING : exam(exam),
        Optional.of(exam.study().id().value()).filter(_ -> !anonymous));
  }

  private static ShareMessage.Exam exam(About exam) {
    return new ShareMessage.Exam(
        Initials.of(exam.patient().name()), exam.description(), exam.date());
  }
}
