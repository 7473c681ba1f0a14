package org.studygate.studyshare;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.access.AccessDesk;
import org.studygate.access.Principal;
import org.studygate.access.Reason;
import org.studygate.access.Standing;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Department;
import org.studygate.dynamo.Together;
import org.studygate.i18n.Catalogue;
import org.studygate.sharing.Passing;
import org.studygate.sharing.Shares;
import org.studygate.sharing.Sharing;
import org.studygate.study.StudyId;

/// What the page of sharing begins with: what was chosen last, what the department lets, and what
/// stands already.
final class Beginning {
  private static final String FIRST_LANGUAGE = "en";

  private final Passing passing;
  private final Shares shares;
  private final AccessDesk desk;
  private final Accounts accounts;
  private final Names names;
  private final AuditTrail trail;
  private final Clock clock;
  private final List<String> languages = Catalogue.languages();

  Beginning(
      Passing passing,
      Shares shares,
      AccessDesk desk,
      Accounts accounts,
      Names names,
      AuditTrail trail,
      Clock clock) {
    this.passing = passing;
    this.shares = shares;
    this.desk = desk;
    this.accounts = accounts;
    this.names = names;
    this.trail = trail;
    this.clock = clock;
  }

  Told of(Principal.Professional who, Set<StudyId> studies, String requestId) {
    return switch (passing.choose(who, studies)) {
      case Passing.Outcome.NotFound() -> new Told.NotFound();
      case Passing.Outcome.Wrong(var wrong) -> new Told.Wrong(wrong);
      case Passing.Outcome.Chosen chosen -> {
        var view = view(who, chosen);
        studies.forEach(study -> listed(who, study, requestId));
        yield new Told.Shown(view);
      }
    };
  }

  /// Who has it besides is told to who shares.
  private void listed(Principal.Professional who, StudyId study, String requestId) {
    trail.record(
        new AuditEvent(
            AuditEvent.study(study.value()),
            clock.instant(),
            who.actor(),
            AuditAction.ACCESS_LISTED,
            "own",
            requestId));
  }

  private DefaultsView view(Principal.Professional who, Passing.Outcome.Chosen chosen) {
    var department = chosen.department();
    var read = Together.both(() -> shares.remembered(who.account()), () -> standing(who, chosen));
    var remembered = read.first();
    var exams = chosen.studies().stream().map(Passing.Passed::exam).toList();
    var last = last(department, chosen);
    var usual = today(department).plus(department.policy().validityDefault());
    return new DefaultsView(
        new DefaultsView.Department(department.id(), department.name()),
        ShareView.patient(exams),
        exams.stream().map(ShareView.ExamView::of).toList(),
        usual.isAfter(last) ? last : usual,
        last,
        Sharing.unlimited(chosen),
        languages,
        language(who),
        access(chosen),
        new DefaultsView.Remembered(
            remembered.twoFactor(), remembered.mail(), remembered.tellOpened()),
        Sharing.AGREEMENT,
        Sharing.anonymizes(chosen),
        Sharing.asksForCodes(chosen),
        Sharing.reachesNumbers(chosen),
        read.second());
  }

  private LocalDate today(Department department) {
    return LocalDate.ofInstant(clock.instant(), department.zone());
  }

  /// As the department lets, and no longer than the way by which one has it.
  private LocalDate last(Department department, Passing.Outcome.Chosen chosen) {
    return Stream.concat(
            Stream.of(today(department).plus(department.policy().validityMaximum())),
            chosen.studies().stream()
                .flatMap(one -> one.until().stream())
                .map(end -> day(end, department.zone())))
        .min(LocalDate::compareTo)
        .orElseThrow();
  }

  /// The last whole day before an end.
  private static LocalDate day(Instant end, ZoneId zone) {
    return LocalDate.ofInstant(end, zone).minusDays(1);
  }

  private static List<String> access(Passing.Outcome.Chosen chosen) {
    return chosen.studies().stream().allMatch(Passing.Passed::write)
        ? List.of(ShareView.access(false), ShareView.access(true))
        : List.of(ShareView.access(false));
  }

  private String language(Principal.Professional who) {
    return accounts
        .find(who.account())
        .map(Account::language)
        .filter(Catalogue::speaks)
        .orElse(FIRST_LANGUAGE);
  }

  /// What this one gave, and what others gave of it to whom it may be told.
  private List<DefaultsView.Standing> standing(
      Principal.Professional who, Passing.Outcome.Chosen chosen) {
    var now = clock.instant();
    var studies = new LinkedHashMap<String, Set<String>>();
    for (var rows : Together.each(chosen.studies(), one -> desk.rows(one.study().id()))) {
      for (var row : rows) {
        var grant = row.grant();
        if (row.withdrawnAt().isEmpty()
            && grant.kind() == Reason.Kind.SHARED
            && grant.by().equals(Optional.of(who.account()))) {
          studies.computeIfAbsent(grant.bucket(), _ -> new HashSet<>()).add(grant.study().value());
        }
      }
    }
    var live =
        desk.standing(studies.keySet()).stream()
            .filter(one -> one.state(now) == Standing.State.ACTIVE)
            .toList();
    var known = names.of(live);
    var zone = chosen.department().zone();
    var told = new ArrayList<DefaultsView.Standing>();
    for (var one : live) {
      var bucket = one.bucket();
      told.add(
          new DefaultsView.Standing(
              known.recipient(bucket),
              ShareView.access(bucket.share().write()),
              bucket.until().map(end -> day(end, zone)),
              studies.getOrDefault(bucket.id(), Set.of()).stream().sorted().toList()));
    }
    return told;
  }
}
