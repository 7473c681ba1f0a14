package org.studygate.sessionview;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.access.Principal;
import org.studygate.access.Visit;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.department.Departments;
import org.studygate.department.Face;

/// What a page needs to know of a visit: whose it is, and when it ends.
final class Views {
  private final Departments departments;
  private final Accounts accounts;
  private final Clock clock;

  Views(Departments departments, Accounts accounts, Clock clock) {
    this.departments = departments;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// `now` is our clock, so that the page's own may be wrong.
  record VisitView(
      String kind,
      Instant now,
      Instant idleUntil,
      Instant expiresAt,
      Optional<Face> department,
      Optional<ProfessionalView> professional) {}

  /// @param state `registered` as long as the service desk has still to look at it
  record ProfessionalView(String name, String role, String state) {}

  VisitView of(Visit visit) {
    var session = visit.session();
    var professional =
        switch (visit.principal()) {
          case Principal.Patient _ -> Optional.<ProfessionalView>empty();
          case Principal.Professional who -> accounts.find(who.account()).map(Views::view);
        };
    return new VisitView(
        professional.isPresent() ? "professional" : "patient",
        clock.instant(),
        session.idleUntil(),
        session.expires(),
        face(session.department()),
        professional);
  }

  private Optional<Face> face(String department) {
    return department.isEmpty() ? Optional.empty() : departments.find(department).map(Face::of);
  }

  private static ProfessionalView view(Account account) {
    return new ProfessionalView(
        account.name().whole(), account.role().code(), account.state().code());
  }
}
