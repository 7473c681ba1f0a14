package org.studygate.accountsettings;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.studygate.account.Account;
import org.studygate.account.Account.State;
import org.studygate.account.Accounts;
import org.studygate.account.Mapping;
import org.studygate.account.Role;
import org.studygate.accountsettings.AccountView.MappingView;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Departments;
import org.studygate.dynamo.Together;
import org.studygate.http.HttpResponse;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;
import org.studygate.notice.NoteMessage;
import org.studygate.notice.NoteMessage.About;
import org.studygate.notice.Notices;
import org.studygate.platform.Tokens;
import org.studygate.settings.AccountDesk;
import org.studygate.settings.AccountDesk.Act;
import org.studygate.settings.Deed;

/// What the service desk does about accounts; mappings of a department are its admins' business,
/// too. Whoever works at a desk and may not is told so; to everybody else there is nothing here.
final class Desk {
  static final Parameter STATE = new Parameter("state", "registered");

  private static final int MOST_WAITING = 100;
  private static final int MOST_FOUND = 20;
  private static final int LONGEST_QUESTION = 100;
  private static final int FEWEST_LETTERS = 2;
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_DEPARTMENTS = 50;
  private static final Pattern NUMBER = Pattern.compile("[0-9A-Z][0-9A-Z ./-]{2,31}");

  private final AccountDesk desk;
  private final Accounts accounts;
  private final Departments departments;
  private final AuditTrail trail;
  private final Notices notices;
  private final Tokens tokens;
  private final Clock clock;

  record Found(List<DeskView> accounts) {}

  Desk(
      AccountDesk desk,
      Accounts accounts,
      Departments departments,
      AuditTrail trail,
      Notices notices,
      Tokens tokens,
      Clock clock) {
    this.desk = desk;
    this.accounts = accounts;
    this.departments = departments;
    this.trail = trail;
    this.notices = notices;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// Whoever registered and waits to be looked at.
  HttpResponse waiting(Call call) {
    forServiceDesk(call);
    return shown(call, desk.in(State.REGISTERED, MOST_WAITING));
  }

  /// By user name or physician number as they are, or by how a name begins.
  HttpResponse search(Call call) {
    forServiceDesk(call);
    var body = call.body();
    var asked = given(body, "q", LONGEST_QUESTION);
    body.done();
    if (asked.contains("@")) {
      return shown(call, accounts.named(asked).stream().toList());
    }
    if (asked.codePoints().anyMatch(Character::isDigit)) {
      return shown(call, numbered(asked));
    }
    if (Account.Name.key(asked).length() < FEWEST_LETTERS) {
      throw Problem.BAD_REQUEST.refusal("q");
    }
    return shown(call, desk.called(asked, MOST_FOUND));
  }

  /// One query a department, and those who wait: their number is not verified, so it is in no
  /// index.
  private List<Account> numbered(String number) {
    var asked =
        departments.list().stream()
            .map(one -> (Callable<List<Mapping>>) () -> accounts.mapped(one.id(), number))
            .toList();
    var ids = new LinkedHashSet<String>();
    if (!asked.isEmpty()) {
      Together.ask(asked).forEach(some -> some.forEach(mapping -> ids.add(mapping.account())));
    }
    var waiting =
        desk.in(State.REGISTERED, MOST_WAITING).stream()
            .filter(account -> account.physicianNumbers().contains(number));
    var mapped = desk.find(ids.stream().limit(MOST_FOUND).toList()).stream();
    return Stream.concat(mapped, waiting).distinct().limit(MOST_FOUND).toList();
  }

  /// The trail is told before anything is shown.
  private HttpResponse shown(Call call, List<Account> found) {
    var views = found.stream().map(account -> DeskView.of(account, mappings(account))).toList();
    var who = call.visit().actor();
    trail.record(
        new AuditEvent(
            who.trail(),
            clock.instant(),
            new Actor.Staff(call.account()),
            AuditAction.ACCOUNTS_LISTED,
            "found-" + views.size(),
            call.requestId()));
    return HttpResponse.ok(new Found(views));
  }

  private List<Mapping> mappings(Account account) {
    return account.state() == State.REGISTERED ? List.of() : accounts.mappings(account.id());
  }

  /// From now on exams arrive: of all departments, or of those that are named.
  HttpResponse verify(Call call) {
    forServiceDesk(call);
    var body = call.body();
    var reason = given(body, "reason", LONGEST_REASON);
    var number = body.optionalText("physicianNumber", LONGEST_NAME);
    var named = body.strings("departments");
    body.done();
    var account = account(call);
    var verified =
        number
            .or(() -> account.physicianNumbers().stream().findFirst())
            .filter(one -> NUMBER.matcher(one).matches())
            .orElseThrow(() -> Problem.BAD_REQUEST.refusal("physicianNumber"));
    var mappings =
        sources(named).stream()
            .map(
                department ->
                    mapping(
                        account, department, verified, account.name().whole(), Optional.empty()))
            .toList();
    var act = act(call, account, AuditAction.ACCOUNT_VERIFIED, Optional.of(About.VERIFIED), reason);
    return done(desk.verify(account.id(), verified, mappings, act));
  }

  private List<String> sources(List<String> named) {
    var all = departments.list().stream().map(Departments.Listed::id).toList();
    var chosen = named.isEmpty() ? all : List.copyOf(new LinkedHashSet<>(named));
    if (!all.containsAll(chosen) || chosen.size() > MOST_DEPARTMENTS) {
      throw Problem.BAD_REQUEST.refusal("departments");
    }
    return chosen;
  }

  HttpResponse act(Call call, Deed deed) {
    forServiceDesk(call);
    var body = call.body();
    var reason = given(body, "reason", LONGEST_REASON);
    body.done();
    var account = account(call);
    if (account.id().equals(call.account())) {
      throw Problem.CONFLICT.refusal(); // nobody closes the door behind which one stands
    }
    var told = Optional.of(About.REFUSED).filter(_ -> deed == Deed.REFUSE);
    var act = act(call, account, deed.action(), told, reason);
    return done(desk.done(account.id(), deed, act));
  }

  /// A department that is not one's own is answered like an account that never was.
  HttpResponse map(Call call) {
    var body = call.body();
    var department = body.string("department");
    forDepartment(call, department);
    var reason = given(body, "reason", LONGEST_REASON);
    var number = given(body, "physicianNumber", LONGEST_NAME);
    var name = body.optionalText("name", LONGEST_NAME);
    var group = body.optionalString("group");
    body.done();
    if (!NUMBER.matcher(number).matches()) {
      throw Problem.BAD_REQUEST.refusal("physicianNumber");
    }
    if (departments.find(department).isEmpty()) {
      throw Problem.BAD_REQUEST.refusal("department");
    }
    var account = account(call);
    if (group.filter(one -> !account.groups().contains(one)).isPresent()) {
      throw Problem.BAD_REQUEST.refusal("group");
    }
    if (accounts.mappings(account.id()).stream().anyMatch(one -> is(one, department, number))) {
      throw Problem.CONFLICT.refusal(); // there already
    }
    var called = name.orElseGet(() -> account.name().whole());
    var mapping = mapping(account, department, number, called, group);
    var act = ofMapping(call, mapping, AuditAction.MAPPING_ADDED, reason);
    if (!desk.map(mapping, act)) {
      throw Problem.CONFLICT.refusal();
    }
    return HttpResponse.json(201, MappingView.of(mapping));
  }

  private static boolean is(Mapping mapping, String department, String number) {
    return mapping.department().equals(department) && mapping.physicianNumber().equals(number);
  }

  HttpResponse unmap(Call call) {
    forSomeDepartment(call);
    var body = call.body();
    var reason = given(body, "reason", LONGEST_REASON);
    body.done();
    var mapping =
        accounts.mappings(call.id()).stream()
            .filter(one -> one.id().equals(call.request().pathParameter("mapping")))
            .findFirst()
            .orElseThrow(Problem.NOT_FOUND::refusal);
    forDepartment(call, mapping.department());
    var act = ofMapping(call, mapping, AuditAction.MAPPING_REMOVED, reason);
    if (!desk.unmap(mapping, act)) {
      throw Problem.NOT_FOUND.refusal(); // somebody was quicker
    }
    return HttpResponse.noContent();
  }

  private Mapping mapping(
      Account account, String department, String number, String name, Optional<String> group) {
    var mails = account.mailDefaults();
    return new Mapping(
        tokens.id(),
        account.id(),
        department,
        name,
        number,
        group,
        mails.onStudy(),
        mails.onReport());
  }

  /// @param told what its owner is told by mail
  private Act act(
      Call call, Account account, AuditAction action, Optional<About> told, String reason) {
    var event = event(AuditEvent.account(account.id()), call, action, call.who().role().code());
    var mail =
        told.map(
            about ->
                notices.note(
                    account.id(),
                    new NoteMessage(account.username(), account.language(), about, "", "")));
    return new Act(event, Optional.empty(), reason, mail);
  }

  private Act ofMapping(Call call, Mapping mapping, AuditAction action, String reason) {
    var role = call.who().role().code();
    var event = event(AuditEvent.account(mapping.account()), call, action, role);
    var there = event(AuditEvent.department(mapping.department()), call, action, mapping.account());
    return new Act(event, Optional.of(there), reason, Optional.empty());
  }

  private AuditEvent event(String of, Call call, AuditAction action, String outcome) {
    var who = new Actor.Staff(call.account());
    return new AuditEvent(of, clock.instant(), who, action, outcome, call.requestId());
  }

  private static HttpResponse done(boolean done) {
    if (!done) {
      throw Problem.CONFLICT.refusal();
    }
    return HttpResponse.noContent();
  }

  private Account account(Call call) {
    return accounts.find(call.id()).orElseThrow(Problem.NOT_FOUND::refusal);
  }

  private static String given(JsonObject body, String name, int most) {
    return body.optionalText(name, most).orElseThrow(() -> Problem.BAD_REQUEST.refusal(name));
  }

  private static void forServiceDesk(Call call) {
    if (call.who().role() != Role.SERVICE_DESK) {
      throw refusal(call);
    }
  }

  private static void forSomeDepartment(Call call) {
    if (!Set.of(Role.SERVICE_DESK, Role.ADMIN).contains(call.who().role())) {
      throw refusal(call);
    }
  }

  private static void forDepartment(Call call, String department) {
    var own = call.who().staffOf().filter(department::equals).isPresent();
    switch (call.who().role()) {
      case SERVICE_DESK -> {}
      case ADMIN, STAFF -> {
        if (!own) {
          throw Problem.NOT_FOUND.refusal();
        }
        forSomeDepartment(call);
      }
      case PROFESSIONAL -> throw Problem.NOT_FOUND.refusal();
    }
  }

  private static Problem.Refusal refusal(Call call) {
    var atADesk = call.who().role() != Role.PROFESSIONAL;
    return (atADesk ? Problem.FORBIDDEN : Problem.NOT_FOUND).refusal();
  }
}
