package org.studygate.referenceletter;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.access.Principal;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.department.Department;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.i18n.Catalogue;
import org.studygate.printing.Choosing;
import org.studygate.printing.Labels;
import org.studygate.printing.Printing;
import org.studygate.printing.Prints;
import org.studygate.printing.Remembered;
import org.studygate.study.StudyId;

/// What the page of printing begins with: what was chosen last, what the department lets, and where
/// the order says that the patient is to be reached.
final class Beginning {
  private static final String FIRST_LANGUAGE = "en";

  private final Choosing choosing;
  private final Prints prints;
  private final Labels labels;
  private final Accounts accounts;
  private final Clock clock;

  Beginning(Choosing choosing, Prints prints, Labels labels, Accounts accounts, Clock clock) {
    this.choosing = choosing;
    this.prints = prints;
    this.labels = labels;
    this.accounts = accounts;
    this.clock = clock;
  }

  Told of(Principal.Professional who, Set<StudyId> studies) {
    return switch (choosing.choose(who, studies)) {
      case Choosing.Outcome.NotFound() -> new Told.NotFound();
      case Choosing.Outcome.Wrong(var fault) -> new Told.Wrong(fault);
      case Choosing.Outcome.Chosen chosen -> new Told.Shown(view(who, chosen));
    };
  }

  private DefaultsView view(Principal.Professional who, Choosing.Outcome.Chosen chosen) {
    var department = chosen.department();
    var policy = department.policy();
    var today = LocalDate.ofInstant(clock.instant(), department.zone());
    var last = today.plus(policy.validityMaximum());
    var usual = today.plus(policy.validityDefault());
    var remembered = prints.remembered(who.account());
    var patient = chosen.patient();
    return new DefaultsView(
        remembered
            .map(Remembered::verification)
            .filter(code -> allowed(department).anyMatch(one -> one.code().equals(code))),
        remembered
            .flatMap(Remembered::prefix)
            .filter(prefix -> policy.countryPrefixes().contains(prefix)),
        remembered.map(Remembered::language).orElseGet(() -> language(who)),
        usual.isAfter(last) ? last : usual,
        last,
        allowed(department).map(Verification::code).toList(),
        policy.countryPrefixes(),
        new DefaultsView.Destination(patient.mobile(), patient.email()),
        !(policy.report() instanceof ReportRule.Never),
        chosen.name(),
        new DefaultsView.Named(department.id(), department.name()),
        chosen.exams(),
        new DefaultsView.Agreement(Printing.AGREEMENT),
        labels(who, chosen));
  }

  private DefaultsView.Labels labels(Principal.Professional who, Choosing.Outcome.Chosen chosen) {
    var targets = labels.targets(who, chosen.ids());
    return new DefaultsView.Labels(named(targets.accounts()), named(targets.groups()));
  }

  private static List<DefaultsView.Named> named(Map<String, String> all) {
    return all.entrySet().stream()
        .map(one -> new DefaultsView.Named(one.getKey(), one.getValue()))
        .sorted(Comparator.comparing(DefaultsView.Named::name))
        .toList();
  }

  /// In the order in which the page offers them.
  private static Stream<Verification> allowed(Department department) {
    return Stream.of(Verification.OTP_SMS, Verification.OTP_EMAIL, Verification.DATE_OF_BIRTH)
        .filter(department.policy()::prints);
  }

  private String language(Principal.Professional who) {
    return Optional.of(who.account())
        .flatMap(accounts::find)
        .map(Account::language)
        .filter(Catalogue::speaks)
        .orElse(FIRST_LANGUAGE);
  }
}
