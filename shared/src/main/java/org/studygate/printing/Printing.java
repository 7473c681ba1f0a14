package org.studygate.printing;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.Given;
import org.studygate.access.Grant;
import org.studygate.access.Grants;
import org.studygate.access.Origin;
import org.studygate.access.Paid;
import org.studygate.access.Principal;
import org.studygate.access.Scope;
import org.studygate.access.Validity;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.CopyNames;
import org.studygate.copying.CopyWork;
import org.studygate.department.Department;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Together;
import org.studygate.i18n.Catalogue;
import org.studygate.notice.MailAddress;
import org.studygate.notice.Mobile;
import org.studygate.platform.Pepper;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.signin.Masked;

/// A number that somebody prints for a patient or for anybody else on paper (product.md 7). One
/// act, done once however often it is asked for: the number, what it opens, and what the trail
/// tells of it.
public final class Printing {
  /// Of the sentence that the patient agreed to, as the page has it.
  public static final String AGREEMENT = "1";

  static final int LONGEST_REASON = 500;
  static final int LONGEST_MESSAGE = 2000;
  private static final int ID_LENGTH = 32;

  private final Prints prints;
  private final Choosing choosing;
  private final Labels labels;
  private final Grants grants;
  private final CopyNames names;
  private final CopyWork work;
  private final Pepper pepper;
  private final SecureRandom random;
  private final Clock clock;

  public Printing(
      Prints prints,
      Choosing choosing,
      Labels labels,
      Grants grants,
      CopyWork work,
      Pepper pepper,
      SecureRandom random,
      Clock clock) {
    this.prints = prints;
    this.choosing = choosing;
    this.labels = labels;
    this.grants = grants;
    this.names = new CopyNames(pepper);
    this.work = work;
    this.pepper = pepper;
    this.random = random;
    this.clock = clock;
  }

  public sealed interface Outcome {
    record Done(Printed printed) implements Outcome {}

    /// A study that is not there, or nothing that this one may hand on.
    record NotFound() implements Outcome {}

    record Wrong(Fault fault) implements Outcome {}

    /// The same key was another wish before.
    record KeyReused() implements Outcome {}
  }

  /// @param key names the act: the same one twice is one
  public Outcome print(Principal.Professional who, String key, Asked asked, String requestId) {
    var id = pepper.hash("act", who.account() + '|' + key).substring(0, ID_LENGTH);
    var digest = pepper.hash("asked", asked.text());
    var outcome =
        prints
            .find(id)
            .map(act -> again(act, digest))
            .orElseGet(() -> first(who, id, digest, asked, requestId));
    if (outcome instanceof Outcome.Done(var printed)) { // who was told nothing comes again
      asked.label().ifPresent(label -> labels.set(asked.studies(), label));
      if (printed.anonymized()) {
        work.look(printed.bucket());
      }
    }
    return outcome;
  }

  private static Outcome again(Prints.Act act, String digest) {
    return act.digest().equals(digest) ? new Outcome.Done(act.printed()) : new Outcome.KeyReused();
  }

  /// A letter of one's own.
  public Optional<Printed> find(Principal.Professional who, String id) {
    var kept = clock.instant().minus(Prints.KEPT);
    return prints
        .find(id)
        .filter(act -> act.at().isAfter(kept))
        .map(Prints.Act::printed)
        .filter(one -> one.by().equals(who.account()));
  }

  private Outcome first(
      Principal.Professional who, String id, String digest, Asked asked, String requestId) {
    return switch (choosing.choose(who, asked.studies())) {
      case Choosing.Outcome.NotFound() -> new Outcome.NotFound();
      case Choosing.Outcome.Wrong(var fault) -> new Outcome.Wrong(fault);
      case Choosing.Outcome.Chosen chosen -> {
        var destination = destination(asked, chosen.department());
        var fault =
            fault(asked, chosen, destination)
                .or(
                    () ->
                        asked.label().flatMap(label -> labels.fault(who, asked.studies(), label)));
        yield fault.isPresent()
            ? new Outcome.Wrong(fault.get())
            : written(who, id, digest, asked, chosen, destination, requestId);
      }
    };
  }

  private Optional<Fault> fault(
      Asked asked, Choosing.Outcome.Chosen chosen, Optional<String> destination) {
    var policy = chosen.department().policy();
    var today = LocalDate.ofInstant(clock.instant(), chosen.department().zone());
    return Stream.of(
            when(Fault.VERIFICATION_NOT_ALLOWED, !policy.prints(asked.verification())),
            when(
                Fault.NOT_A_MOBILE,
                asked.verification() == Verification.OTP_SMS && destination.isEmpty()),
            when(
                Fault.COUNTRY_NOT_ALLOWED,
                asked.verification() == Verification.OTP_SMS
                    && destination.filter(policy::maySendTo).isEmpty()),
            when(
                Fault.NOT_AN_EMAIL,
                asked.verification() == Verification.OTP_EMAIL && destination.isEmpty()),
            when(
                Fault.REPORT_NOT_ALLOWED,
                asked.report() && policy.report() instanceof ReportRule.Never),
            when(Fault.REPORT_NOT_ALLOWED, asked.report() && asked.anonymize()),
            when(Fault.ANONYMIZE_NOT_POSSIBLE, asked.anonymize() && !allImages(chosen)),
            when(Fault.REASON_MISSING, asked.reason().isBlank()),
            when(Fault.REASON_TOO_LONG, asked.reason().length() > LONGEST_REASON),
            when(Fault.LANGUAGE_UNKNOWN, !Catalogue.speaks(asked.language())),
            when(Fault.VALID_UNTIL_PAST, asked.validUntil().isBefore(today)),
            when(
                Fault.VALID_UNTIL_TOO_LATE,
                asked.validUntil().isAfter(today.plus(policy.validityMaximum()))),
            when(Fault.AGREEMENT_MISSING, !asked.agreed()),
            when(
                Fault.MESSAGE_TOO_LONG,
                asked.message().filter(one -> one.length() > LONGEST_MESSAGE).isPresent()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// Of a study without images nothing can be shown that names nobody.
  private static boolean allImages(Choosing.Outcome.Chosen chosen) {
    return chosen.studies().stream().noneMatch(one -> one.contents().series().isEmpty());
  }

  private static Optional<Fault> when(Fault fault, boolean holds) {
    return Optional.of(fault).filter(_ -> holds);
  }

  private static Optional<String> destination(Asked asked, Department department) {
    return switch (asked.verification()) {
      case OTP_SMS ->
          asked.destination().flatMap(to -> Mobile.read(to, department.policy().countryPrefixes()));
      case OTP_EMAIL -> asked.destination().flatMap(MailAddress::read);
      case DATE_OF_BIRTH, PAYMENT -> Optional.empty();
    };
  }

  private Outcome written(
      Principal.Professional who,
      String id,
      String digest,
      Asked asked,
      Choosing.Outcome.Chosen chosen,
      Optional<String> destination,
      String requestId) {
    var now = clock.instant();
    var number = ReferenceNumber.random(random);
    var hash = Hashes.reference(pepper, number);
    var bucket = bucket(who, id, hash, asked, chosen, destination, now);
    var printed = printed(who, id, number, bucket, asked, chosen);
    var born = chosen.patient().birthDate();
    Together.each(
        chosen.studies(),
        one ->
            grants.put(
                Grant.naming(bucket.id(), one.contents().study(), Optional.of(one.order()))));
    var done =
        prints.write(
            new Prints.Writing(
                new Prints.Act(digest, now, printed),
                bucket,
                hash,
                Hashes.birth(pepper, hash, born),
                born.known(),
                new Given(asked.reason().strip(), now, AGREEMENT),
                remembered(asked, destination, chosen.department()),
                events(who, bucket, asked, now, requestId)));
    return done
        ? new Outcome.Done(printed)
        : prints
            .find(id)
            .map(act -> again(act, digest))
            .orElseThrow(() -> new IllegalStateException("a number was there already"));
  }

  private Bucket bucket(
      Principal.Professional who,
      String id,
      String numberHash,
      Asked asked,
      Choosing.Outcome.Chosen chosen,
      Optional<String> destination,
      Instant now) {
    var zone = chosen.department().zone();
    var validity = Validity.of(LocalDate.ofInstant(now, zone), asked.validUntil(), zone);
    var bucket = pepper.hash("bucket", id + '|' + numberHash).substring(0, ID_LENGTH);
    var origin = Origin.printed(who.account(), now);
    return new Bucket(
        bucket,
        chosen.department().id(),
        asked.anonymize()
            ? names.plan(bucket, asked.studies())
            : new Scope.OfStudies(asked.studies()),
        asked.report(),
        asked.verification(),
        destination,
        asked.language(),
        now,
        validity.until(),
        false,
        false,
        Paid.NOTHING,
        0,
        Set.of(),
        asked.anonymize() ? origin.anonymous() : origin);
  }

  private static Printed printed(
      Principal.Professional who,
      String id,
      ReferenceNumber number,
      Bucket bucket,
      Asked asked,
      Choosing.Outcome.Chosen chosen) {
    return new Printed(
        id,
        who.account(),
        bucket.id(),
        bucket.department(),
        number.printed(),
        chosen.name(),
        chosen.exams(),
        asked.verification().code(),
        bucket.destination().map(_ -> Masked.destination(bucket)),
        asked.report(),
        asked.anonymize(),
        asked.language(),
        asked.validUntil(),
        asked.message().map(String::strip).filter(one -> !one.isEmpty()));
  }

  private static Remembered remembered(
      Asked asked, Optional<String> destination, Department department) {
    var prefix =
        destination
            .filter(_ -> asked.verification() == Verification.OTP_SMS)
            .flatMap(
                to ->
                    department.policy().countryPrefixes().stream()
                        .filter(to::startsWith)
                        .max(Comparator.comparingInt(String::length)));
    return new Remembered(asked.verification().code(), prefix, asked.language());
  }

  private static List<AuditEvent> events(
      Principal.Professional who, Bucket bucket, Asked asked, Instant now, String requestId) {
    var what =
        asked.verification().code()
            + (asked.report() ? ", report" : "")
            + (asked.anonymize() ? ", anonymized" : "");
    var trails = new ArrayList<String>();
    trails.add(AuditEvent.bucket(bucket.id()));
    asked.studies().forEach(study -> trails.add(AuditEvent.study(study.value())));
    return trails.stream()
        .map(
            trail ->
                new AuditEvent(
                    trail, now, who.actor(), AuditAction.NUMBER_PRINTED, what, requestId))
        .toList();
  }
}
