package org.studygate.studyview;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.access.Held;
import org.studygate.access.Holdings;
import org.studygate.access.Paid;
import org.studygate.access.Principal;
import org.studygate.access.Professionals;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.access.Visit;
import org.studygate.access.Visits;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.Problem;
import org.studygate.mark.DynamoMarks;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.order.DynamoCards;
import org.studygate.order.DynamoOrders;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.sharing.DynamoOpenings;
import org.studygate.sharing.FirstOpened;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;

/// What comes next needs no other house: a professional's visit, a bucket of chosen studies and a
/// share go the same way as a patient's number, with doubles for accounts and grants alone.
class SeamTest {
  private static final OrderId FIRST = new OrderId("noord", "A1");
  private static final OrderId SECOND = new OrderId("noord", "A2");

  @AutoClose private final TestTables tables = TestTables.start();
  private final TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  private final Tokens tokens = new Tokens(new SecureRandom());
  private final DynamoBuckets buckets = new DynamoBuckets(tables.client(), "BucketsTable");
  private final DynamoSessions sessions = new DynamoSessions(tables.client(), "SessionsTable");
  private final DynamoStudies studies = new DynamoStudies(tables.client(), "StudiesTable");
  private final DynamoAuditTrail trail =
      new DynamoAuditTrail(tables.client(), "AuditTable", tokens);
  private final Accounts accounts = new Accounts();
  private final Visits visits = new Visits(sessions, buckets, accounts, clock);
  private final Reading reading =
      new Reading(
          new Authorisation(
              accounts,
              new DynamoOrders(tables.client(), "OrdersTable"),
              studies,
              new DynamoDepartments(tables.client(), "DepartmentsTable"),
              clock),
          studies,
          trail,
          new DynamoMarks(tables.client(), "MarksTable", trail),
          firsts(),
          lists(),
          new Views(new Named(), new Exact(new Named(), (_, _) -> {}, clock), clock),
          clock);

  private FirstOpened firsts() {
    return new FirstOpened(
        buckets,
        new DynamoOpenings(tables.client(), "BucketsTable", "OutboxTable"),
        new DynamoAccounts(tables.client(), "AccountsTable"),
        new Notices(new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom()), tokens),
        clock);
  }

  /// Nobody has another study of the same patient here.
  private ListStudies lists() {
    var grants =
        new DynamoGrants(tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
    var worklist =
        new Worklist(
            accounts,
            grants,
            new DynamoCards(tables.client(), "StudiesTable"),
            new DynamoMarks(tables.client(), "MarksTable", trail),
            clock);
    var names =
        new Names(
            new DynamoAccounts(tables.client(), "AccountsTable"),
            new DynamoDepartments(tables.client(), "DepartmentsTable"),
            clock);
    return new ListStudies(worklist, names, trail, clock);
  }

  private StudyId lungs = StudyId.of("noord", "none");
  private StudyId heart = StudyId.of("noord", "none");
  private StudyId knee = StudyId.of("noord", "none");

  /// Accounts with their groups, and who was given which buckets: the two ports that professionals
  /// need. Buckets are read as they stand, as every implementation has to.
  private final class Accounts implements Professionals, Holdings {
    final Set<String> proved = new HashSet<>();
    final List<Grant> grants = new ArrayList<>();

    record Grant(String to, List<String> path) {}

    @Override
    public Optional<Principal.Professional> live(String account, Session session) {
      return Optional.of(
          new Principal.Professional(
              account,
              Role.PROFESSIONAL,
              Set.of("group:chest"),
              Optional.empty(),
              Set.copyOf(proved)));
    }

    @Override
    public Map<StudyId, List<Held>> of(Principal who, Set<StudyId> studies) {
      var ways = all(who);
      return studies.stream().collect(toMap(study -> study, _ -> ways));
    }

    @Override
    public List<Held> all(Principal who) {
      return switch (who) {
        case Principal.Patient _ -> Holdings.NUMBERS.all(who);
        case Principal.Professional professional ->
            grants.stream()
                .filter(
                    grant ->
                        professional.groups().contains(grant.to())
                            || grant.to().equals("account:" + professional.account()))
                .map(grant -> grant.path().stream().map(id -> buckets.find(id).orElseThrow()))
                .map(path -> new Held(path.toList()))
                .toList();
      };
    }
  }

  static final class Named implements Addresses {
    @Override
    public String dicom(String key, String fileName) {
      return key;
    }

    @Override
    public String picture(String key) {
      return key;
    }

    @Override
    public String video(String key) {
      return key;
    }

    @Override
    public String film(String key) {
      return key;
    }

    @Override
    public String planes(String key) {
      return key;
    }

    @Override
    public String metadata(String key) {
      return key;
    }

    @Override
    public String pdf(String key) {
      return key;
    }

    @Override
    public String contents(String key) {
      return key;
    }
  }

  @BeforeEach
  void begin() {
    var hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.Never());
    hospital.order(FIRST, "RIS-2026-48151623", Verification.DATE_OF_BIRTH, true, "1.2.1", "1.2.2");
    hospital.order(SECOND, "RIS-2026-48151624", Verification.DATE_OF_BIRTH, true, "1.2.3");
    lungs = hospital.study(FIRST, "1.2.1", 2);
    heart = hospital.study(FIRST, "1.2.2", 2);
    knee = hospital.study(SECOND, "1.2.3", 2);
    hospital.report(FIRST, "Geen bijzonderheden.");
  }

  @Test
  void aNumberOfChosenStudiesOpensThemWhateverOrdersTheyAreOf() {
    bucket("print", Set.of(lungs, knee), Verification.DATE_OF_BIRTH);
    var visit = visit(new Subject.OfBucket("print"));
    assertThat(listed(visit)).containsExactlyInAnyOrder(lungs.value(), knee.value());
    assertThat(reading.manifest(visit, lungs, false, "r")).isPresent();
    assertThat(reading.manifest(visit, heart, false, "r")).isEmpty();
    assertThat(reading.report(visit, lungs, "r")).isEmpty(); // the department gives patients none
  }

  @Test
  void aProfessionalReadsWhatIsSharedUntilTheFirstOfAllIsTakenBack() {
    bucket("mine", Set.of(lungs, heart), Verification.DATE_OF_BIRTH);
    bucket("theirs", Set.of(lungs, heart, knee), Verification.DATE_OF_BIRTH);
    accounts.grants.add(new Accounts.Grant("group:chest", List.of("mine", "theirs")));
    var visit = visit(new Subject.OfAccount("maes"));
    assertThat(listed(visit)).containsExactlyInAnyOrder(lungs.value(), heart.value());
    assertThat(reading.report(visit, lungs, "r").orElseThrow().text())
        .contains("Geen bijzonderheden.");
    assertThat(reading.manifest(visit, knee, false, "r")).isEmpty();
    buckets.withdraw("mine");
    assertThat(listed(visit)).isEmpty();
    assertThat(reading.manifest(visit, lungs, false, "r")).isEmpty();
    assertThat(
            trail.read(AuditEvent.study(lungs.value()), Optional.empty(), 9).events().stream()
                .map(AuditEvent::who))
        .containsOnly(new Actor.Professional("maes"));
    assertThat(trail.read(AuditEvent.account("maes"), Optional.empty(), 9).events()).hasSize(4);
  }

  @Test
  void aShareWithTwoFactorsOpensWithItsCode() {
    bucket("secret", Set.of(knee), Verification.OTP_SMS);
    accounts.grants.add(new Accounts.Grant("account:maes", List.of("secret")));
    var visit = visit(new Subject.OfAccount("maes"));
    assertThat(listed(visit)).isEmpty();
    assertThatThrownBy(() -> reading.manifest(visit, knee, false, "r"))
        .isInstanceOf(Problem.Refusal.class)
        .hasMessage("code-needed");
    assertThat(reading.report(visit, knee, "r")).isEmpty();
    accounts.proved.add("secret@0");
    assertThat(reading.manifest(visit(new Subject.OfAccount("maes")), knee, false, "r"))
        .isPresent();
  }

  private void bucket(String id, Set<StudyId> chosen, Verification verification) {
    var bucket =
        new Bucket(
            id,
            "noord",
            new Scope.OfStudies(chosen),
            true,
            verification,
            Optional.empty(),
            "nl",
            clock.instant(),
            clock.instant().plus(Duration.ofDays(30)),
            false,
            false,
            Paid.NOTHING,
            0);
    buckets.register(bucket, "hash-" + id, "birth", "v1");
    assertThat(buckets.find(id)).contains(bucket);
  }

  private Visit visit(Subject subject) {
    var token = tokens.next();
    sessions.begin(Session.begin(token.hash(), subject, 0, "noord", clock.instant()));
    return visits.click(token).orElseThrow();
  }

  private List<String> listed(Visit visit) {
    return reading.list(visit, false, "r").studies().stream().map(Answers.Line::id).toList();
  }
}
