package org.studygate.sharing;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.Given;
import org.studygate.access.Grant;
import org.studygate.access.Held;
import org.studygate.access.Origin;
import org.studygate.access.Paid;
import org.studygate.access.Principal;
import org.studygate.access.Scope;
import org.studygate.access.Share;
import org.studygate.account.Account;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.CopyNames;
import org.studygate.copying.CopyWork;
import org.studygate.department.Department;
import org.studygate.directory.Favourite;
import org.studygate.directory.Kind;
import org.studygate.i18n.Catalogue;
import org.studygate.notice.Notices;
import org.studygate.notice.Outgoing;
import org.studygate.notice.ShareMessage;
import org.studygate.order.Initials;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.study.StudyId;

/// Studies that somebody gives to others (product.md 6). One act, done once however often it is
/// asked for: a bucket for each recipient and for each way by which the studies go on.
public final class Sharing {
  /// Of the sentence that the patient agreed to, as the page has it.
  public static final String AGREEMENT = "1";

  static final int LONGEST_REASON = 500;
  static final int LONGEST_MESSAGE = 2000;
  private static final int ID_LENGTH = 32;

  private final Shares shares;
  private final Passing passing;
  private final Recipients recipients;
  private final Notices notices;
  private final CopyNames names;
  private final CopyWork work;
  private final Pepper pepper;
  private final Tokens tokens;
  private final SecureRandom random;
  private final Clock clock;

  public Sharing(
      Shares shares,
      Passing passing,
      Recipients recipients,
      Notices notices,
      CopyWork work,
      Pepper pepper,
      Tokens tokens,
      SecureRandom random,
      Clock clock) {
    this.shares = shares;
    this.passing = passing;
    this.recipients = recipients;
    this.notices = notices;
    this.names = new CopyNames(pepper);
    this.work = work;
    this.pepper = pepper;
    this.tokens = tokens;
    this.random = random;
    this.clock = clock;
  }

  public sealed interface Outcome {
    record Done(Shared shared) implements Outcome {}

    /// A study that is not there, or nothing that this one may share.
    record NotFound() implements Outcome {}

    record Wrong(Fault.Wrong wrong) implements Outcome {}

    /// The same key was another wish before.
    record KeyReused() implements Outcome {}
  }

  /// @param key names the act: the same one twice is one
  public Outcome share(Principal.Professional who, String key, Asked asked, String requestId) {
    var id = pepper.hash("share", who.account() + '|' + key).substring(0, ID_LENGTH);
    var digest = pepper.hash("asked", asked.text());
    var outcome =
        shares
            .find(id)
            .map(act -> again(act, digest))
            .orElseGet(() -> first(who, id, digest, asked, requestId));
    if (outcome instanceof Outcome.Done(var shared) && shared.anonymized()) {
      shared.shares().forEach(one -> work.look(one.bucket())); // who was told nothing comes again
    }
    return outcome;
  }

  private static Outcome again(Shares.Act act, String digest) {
    return act.digest().equals(digest) ? new Outcome.Done(act.shared()) : new Outcome.KeyReused();
  }

  private Outcome first(
      Principal.Professional who, String id, String digest, Asked asked, String requestId) {
    return switch (passing.choose(who, asked.studies())) {
      case Passing.Outcome.NotFound() -> new Outcome.NotFound();
      case Passing.Outcome.Wrong(var wrong) -> new Outcome.Wrong(wrong);
      case Passing.Outcome.Chosen chosen -> first(who, id, digest, asked, chosen, requestId);
    };
  }

  private Outcome first(
      Principal.Professional who,
      String id,
      String digest,
      Asked asked,
      Passing.Outcome.Chosen chosen,
      String requestId) {
    return switch (recipients.find(who, asked.recipients(), chosen.department())) {
      case Recipients.Outcome.Wrong(var wrong) -> new Outcome.Wrong(wrong);
      case Recipients.Outcome.All(var by, var all) -> {
        var parts = parts(asked, chosen);
        var until = until(asked, chosen.department());
        var fault =
            fault(asked, chosen, until)
                .map(Fault::wrong)
                .or(() -> fault(all, chosen, parts, until))
                .or(() -> outlasts(parts, until));
        yield fault.isPresent()
            ? new Outcome.Wrong(fault.get())
            : written(new Act(who, by, id, digest, asked, chosen, all, parts, until, requestId));
      }
    };
  }

  /// Studies that go on by one way.
  private record Part(Optional<Held> parent, List<Passing.Passed> studies) {
    Set<StudyId> ids() {
      return studies.stream().map(one -> one.study().id()).collect(Collectors.toSet());
    }
  }

  private static List<Part> parts(Asked asked, Passing.Outcome.Chosen chosen) {
    var parts = new LinkedHashMap<String, Part>();
    for (var one : chosen.studies()) {
      var parent = one.parent(asked.write());
      parts
          .computeIfAbsent(
              parent.map(way -> way.bucket().id()).orElse(""),
              _ -> new Part(parent, new ArrayList<>()))
          .studies()
          .add(one);
    }
    return List.copyOf(parts.values());
  }

  private static Instant until(Asked asked, Department department) {
    return asked
        .validUntil()
        .map(last -> last.plusDays(1).atStartOfDay(department.zone()).toInstant())
        .orElse(Instant.MAX);
  }

  private Optional<Fault> fault(Asked asked, Passing.Outcome.Chosen chosen, Instant until) {
    var policy = chosen.department().policy();
    var today = LocalDate.ofInstant(clock.instant(), chosen.department().zone());
    return Stream.of(
            when(
                Fault.WRITE_NOT_HELD,
                asked.write() && !chosen.studies().stream().allMatch(Passing.Passed::write)),
            when(Fault.REASON_MISSING, asked.reason().isBlank()),
            when(Fault.REASON_TOO_LONG, asked.reason().length() > LONGEST_REASON),
            when(Fault.LANGUAGE_UNKNOWN, !Catalogue.speaks(asked.language())),
            when(
                Fault.VALID_UNTIL_PAST,
                asked.validUntil().filter(last -> last.isBefore(today)).isPresent()),
            when(
                Fault.VALID_UNTIL_TOO_LATE,
                asked
                    .validUntil()
                    .filter(last -> last.isAfter(today.plus(policy.validityMaximum())))
                    .isPresent()),
            when(Fault.UNLIMITED_NOT_ALLOWED, until.equals(Instant.MAX) && !policy.unlimited()),
            when(Fault.AGREEMENT_MISSING, !asked.agreed()),
            when(
                Fault.MESSAGE_TOO_LONG,
                asked.message().filter(one -> one.length() > LONGEST_MESSAGE).isPresent()),
            when(Fault.ANONYMIZE_NOT_POSSIBLE, asked.anonymize() && !anonymizes(chosen)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// Whether it may be without an end: as the department lets, and where what it comes out of has
  /// none.
  public static boolean unlimited(Passing.Outcome.Chosen chosen) {
    return chosen.department().policy().unlimited()
        && chosen.studies().stream().allMatch(one -> one.until().isEmpty());
  }

  /// Whether copies without the identity may be made of it.
  public static boolean anonymizes(Passing.Outcome.Chosen chosen) {
    return chosen.studies().stream().allMatch(Passing.Passed::images);
  }

  /// Whether every recipient must be asked for a code, since who shares it was.
  public static boolean asksForCodes(Passing.Outcome.Chosen chosen) {
    return chosen.studies().stream()
        .flatMap(one -> one.parent(false).stream())
        .anyMatch(Sharing::asks);
  }

  /// Whether somebody without an account may get it.
  public static boolean reachesNumbers(Passing.Outcome.Chosen chosen) {
    return chosen.ofOnePatient()
        && chosen.studies().stream().allMatch(one -> one.parent(false).isEmpty());
  }

  private static Optional<Fault> when(Fault fault, boolean holds) {
    return Optional.of(fault).filter(_ -> holds);
  }

  /// What is asked of recipients by the way on which the studies go on.
  private static Optional<Fault.Wrong> fault(
      List<Recipients.Known> all, Passing.Outcome.Chosen chosen, List<Part> parts, Instant until) {
    var passedOn = parts.stream().anyMatch(part -> part.parent().isPresent());
    var coded = parts.stream().flatMap(part -> part.parent().stream()).anyMatch(Sharing::asks);
    for (var i = 0; i < all.size(); i++) {
      var one = all.get(i);
      if (one.recipient().principal().isEmpty() && passedOn) {
        return Optional.of(Fault.RECIPIENT_WITHOUT_ACCOUNT.of(i));
      }
      if (one.recipient().principal().isEmpty() && until.equals(Instant.MAX)) {
        return Optional.of(Fault.UNLIMITED_NOT_ALLOWED.wrong()); // a number ends
      }
      if (one.recipient().principal().isEmpty() && !chosen.ofOnePatient()) {
        return Optional.of(Fault.SEVERAL_PATIENTS.wrong());
      }
      if (coded && !one.verification().byCode()) {
        return Optional.of(Fault.RECIPIENT_WITHOUT_CODE.of(i));
      }
    }
    return Optional.empty();
  }

  private static boolean asks(Held way) {
    return way.path().stream().anyMatch(bucket -> bucket.verification().byCode());
  }

  /// Nothing lasts longer than what it comes out of.
  private static Optional<Fault.Wrong> outlasts(List<Part> parts, Instant until) {
    return parts.stream()
            .flatMap(part -> part.parent().stream())
            .flatMap(way -> way.until().stream())
            .anyMatch(until::isAfter)
        ? Optional.of(Fault.VALID_UNTIL_TOO_LATE.wrong())
        : Optional.empty();
  }

  /// All that one act knows.
  private record Act(
      Principal.Professional who,
      Account by,
      String id,
      String digest,
      Asked asked,
      Passing.Outcome.Chosen chosen,
      List<Recipients.Known> recipients,
      List<Part> parts,
      Instant until,
      String requestId) {
    @Override
    public String toString() {
      return "Act[" + id + "]";
    }
  }

  /// What is made for one recipient out of one part.
  private record Made(Recipients.Known to, Part part, Bucket bucket, Optional<Printed> number) {
    @Override
    public String toString() {
      return "Made[" + bucket + "]";
    }
  }

  private record Printed(ReferenceNumber printed, Shares.Numbered numbered) {
    @Override
    public String toString() {
      return "Printed[…]";
    }
  }

  private Outcome written(Act act) {
    var now = clock.instant();
    var made = new ArrayList<Made>();
    for (var to : act.recipients()) {
      act.parts().forEach(part -> made.add(made(act, to, part, now)));
    }
    var writing = writing(act, made, now);
    if (writing.size() > Shares.MOST_WRITES) {
      return new Outcome.Wrong(Fault.TOO_MUCH_AT_ONCE.wrong());
    }
    return switch (shares.write(writing)) {
      case DONE -> new Outcome.Done(writing.act().shared());
      case DONE_BEFORE ->
          shares.find(act.id()).map(done -> again(done, act.digest())).orElseThrow();
      case PARENT_GONE -> new Outcome.NotFound();
    };
  }

  private Made made(Act act, Recipients.Known to, Part part, Instant now) {
    var bucket = bucket(act, to, part, now);
    return new Made(
        to,
        part,
        bucket,
        to.recipient().principal().isPresent()
            ? Optional.empty()
            : Optional.of(number(act, bucket)));
  }

  /// Who has no account gives the number, and the date of birth that whoever shared told.
  private Printed number(Act act, Bucket bucket) {
    var number = ReferenceNumber.random(random);
    var hash = Hashes.reference(pepper, number);
    var born = act.chosen().studies().getFirst().order().patient().birthDate();
    return new Printed(
        number, new Shares.Numbered(bucket, hash, Hashes.birth(pepper, hash, born), born.known()));
  }

  private Bucket bucket(Act act, Recipients.Known to, Part part, Instant now) {
    var asked = act.asked();
    var id = tokens.id();
    var origin = Origin.shared(act.who().account(), now);
    return new Bucket(
        id,
        act.chosen().department().id(),
        asked.anonymize() ? names.plan(id, part.ids()) : new Scope.OfStudies(part.ids()),
        !asked.anonymize(),
        to.verification(),
        Optional.of(to.recipient()).filter(one -> one.principal().isEmpty()).map(Recipient::named),
        asked.language(),
        now,
        act.until(),
        false,
        false,
        Paid.NOTHING,
        0,
        Set.of(),
        asked.anonymize() ? origin.anonymous() : origin,
        new Share(
                to.recipient().principal(),
                part.parent().map(Passing::below).orElse(List.of()),
                asked.further() && !asked.anonymize(),
                asked.write() && !asked.anonymize(),
                message(asked),
                asked.urgent(),
                Optional.empty())
            .telling(asked.tellOpened()));
  }

  private static Optional<String> message(Asked asked) {
    return asked.message().map(String::strip).filter(one -> !one.isEmpty());
  }

  private Shares.Writing writing(Act act, List<Made> made, Instant now) {
    var parents = new HashMap<String, List<Bucket>>();
    for (var one : made) {
      one.part()
          .parent()
          .ifPresent(
              way ->
                  parents
                      .computeIfAbsent(way.bucket().id(), _ -> new ArrayList<>())
                      .add(one.bucket()));
    }
    return new Shares.Writing(
        new Shares.Act(act.digest(), now, shared(act, made)),
        new Given(act.asked().reason().strip(), now, AGREEMENT),
        made.stream().flatMap(one -> rows(act, one)).toList(),
        made.stream().filter(one -> one.number().isEmpty()).map(Made::bucket).toList(),
        made.stream().flatMap(one -> one.number().stream()).map(Printed::numbered).toList(),
        parents,
        mails(act, made),
        remembered(act.asked()),
        favourites(act.asked()),
        events(act, made, now));
  }

  /// Of copies the rows come with them; below the studies themselves the bucket is named, for who
  /// looks after those.
  private static Stream<Grant> rows(Act act, Made made) {
    return made.part().studies().stream()
        .map(
            one ->
                made.to()
                    .recipient()
                    .principal()
                    .filter(_ -> !act.asked().anonymize())
                    .map(
                        principal ->
                            Grant.shared(
                                principal,
                                made.bucket().id(),
                                act.who().account(),
                                one.study(),
                                Optional.of(one.order())))
                    .orElseGet(
                        () ->
                            Grant.naming(
                                made.bucket().id(), one.study(), Optional.of(one.order()))));
  }

  /// Each gets one, also who is in several of the groups.
  private List<Outgoing> mails(Act act, List<Made> made) {
    var mails = new ArrayList<Outgoing>();
    var told = new HashSet<String>();
    for (var one : made) {
      one.number().ifPresent(number -> mails.add(mail(act, one, number)));
      if (one.to().asked().mail()) {
        for (var person : one.to().people()) {
          if (!person.id().equals(act.who().account()) && told.add(person.id())) {
            mails.add(mail(act, one, person));
          }
        }
      }
    }
    return mails;
  }

  private Outgoing mail(Act act, Made made, Account person) {
    var study =
        act.asked().studies().size() == 1 && !act.asked().anonymize()
            ? act.asked().studies().stream()
            : Stream.<StudyId>empty();
    return notices.share(
        made.bucket().id(),
        message(
            act,
            "email",
            person.username(),
            Optional.of(made.to())
                .filter(to -> !(to.recipient() instanceof Recipient.Account))
                .map(Recipients.Known::name),
            new ShareMessage.Way.SignedIn(
                study.map(StudyId::value).findFirst(), made.to().verification().byCode())));
  }

  private Outgoing mail(Act act, Made made, Printed number) {
    var to = made.to();
    return notices.share(
        made.bucket().id(),
        message(
            act,
            to.recipient() instanceof Recipient.Mobile ? "sms" : "email",
            to.recipient().named(),
            Optional.empty(),
            new ShareMessage.Way.ByNumber(number.printed().printed(), to.verification())));
  }

  private static ShareMessage message(
      Act act, String channel, String to, Optional<String> with, ShareMessage.Way way) {
    var asked = act.asked();
    return new ShareMessage(
        channel,
        to,
        asked.language(),
        act.chosen().department().id(),
        act.by().name().whole(),
        with,
        asked.urgent(),
        act.chosen().studies().size(),
        asked.anonymize()
            ? List.of()
            : act.chosen().studies().stream().map(Passing.Passed::exam).map(Sharing::told).toList(),
        message(asked),
        asked.validUntil(),
        way);
  }

  private static ShareMessage.Exam told(Exam exam) {
    return new ShareMessage.Exam(Initials.of(exam.patient()), exam.description(), exam.date());
  }

  private static Remembered remembered(Asked asked) {
    var last = asked.recipients().getLast();
    return new Remembered(last.twoFactor(), last.mail(), asked.tellOpened());
  }

  private static Set<Favourite> favourites(Asked asked) {
    return asked.recipients().stream()
        .filter(Asked.To::favourite)
        .map(Asked.To::recipient)
        .filter(one -> one.principal().isPresent())
        .map(one -> new Favourite(Kind.of(one.kind()).orElseThrow(), one.named()))
        .collect(Collectors.toSet());
  }

  private static List<AuditEvent> events(Act act, List<Made> made, Instant now) {
    var events = new ArrayList<AuditEvent>();
    for (var one : made) {
      events.add(
          event(act, AuditEvent.bucket(one.bucket().id()), one.to().recipient().kind(), now));
    }
    for (var study : act.asked().studies()) {
      events.add(event(act, AuditEvent.study(study.value()), whom(act).code(), now));
    }
    return events;
  }

  private static ToWhom whom(Act act) {
    var kinds = act.recipients().stream().map(one -> one.recipient().kind()).distinct().toList();
    return new ToWhom(
        act.recipients().size() == 1 ? kinds.getFirst() : ToWhom.SEVERAL, act.asked().anonymize());
  }

  private static AuditEvent event(Act act, String trail, String outcome, Instant now) {
    return new AuditEvent(
        trail, now, act.who().actor(), AuditAction.STUDY_SHARED, outcome, act.requestId());
  }

  private static Shared shared(Act act, List<Made> made) {
    var asked = act.asked();
    return new Shared(
        act.id(),
        act.who().account(),
        act.chosen().department().id(),
        made.stream().map(Sharing::one).toList(),
        act.chosen().studies().stream().map(Passing.Passed::exam).toList(),
        asked.write(),
        asked.language(),
        asked.validUntil(),
        asked.urgent(),
        asked.anonymize(),
        asked.further(),
        asked.tellOpened(),
        message(asked));
  }

  private static Shared.One one(Made made) {
    var to = made.to();
    return new Shared.One(
        made.bucket().id(),
        to.recipient().kind(),
        Optional.of(to.recipient())
            .filter(one -> one.principal().isPresent())
            .map(Recipient::named),
        to.name(),
        made.part().ids().stream().map(StudyId::value).sorted().toList(),
        to.verification().byCode(),
        to.asked().mail());
  }
}
