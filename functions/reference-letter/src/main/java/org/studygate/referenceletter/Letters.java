package org.studygate.referenceletter;

import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Buckets;
import org.studygate.access.Principal;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.copying.Copies;
import org.studygate.copying.Progress;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.Verification;
import org.studygate.http.HttpRequest;
import org.studygate.i18n.Catalogue;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.letter.Letter;
import org.studygate.letter.LetterRenderer;
import org.studygate.printing.Asked;
import org.studygate.printing.Fault;
import org.studygate.printing.Printed;
import org.studygate.printing.Printing;
import org.studygate.reference.ReferenceNumber;
import org.studygate.study.StudyId;

/// Numbers that are printed, and their letters.
final class Letters {
  private static final int MOST_DESTINATION = 254;

  private final Printing printing;
  private final Beginning beginning;
  private final Buckets buckets;
  private final Copies copies;
  private final Departments departments;
  private final LetterRenderer renderer;
  private final AuditTrail trail;
  private final URI origin;
  private final Clock clock;

  Letters(
      Printing printing,
      Beginning beginning,
      Buckets buckets,
      Copies copies,
      Departments departments,
      LetterRenderer renderer,
      AuditTrail trail,
      URI origin,
      Clock clock) {
    this.printing = printing;
    this.beginning = beginning;
    this.buckets = buckets;
    this.copies = copies;
    this.departments = departments;
    this.renderer = renderer;
    this.trail = trail;
    this.origin = origin;
    this.clock = clock;
  }

  Told print(Principal.Professional who, HttpRequest request) {
    var key = request.idempotencyKey();
    if (key.isEmpty()) {
      return new Told.KeyMissing();
    }
    var body = request.json();
    var asked = asked(body);
    body.done();
    if (asked.isEmpty()) {
      return new Told.NotFound();
    }
    return switch (printing.print(who, key.get(), asked.get(), request.requestId())) {
      case Printing.Outcome.Done(var printed) -> new Told.Made(view(printed));
      case Printing.Outcome.NotFound() -> new Told.NotFound();
      case Printing.Outcome.Wrong(var fault) -> new Told.Wrong(fault);
      case Printing.Outcome.KeyReused() -> new Told.KeyReused();
    };
  }

  /// Empty when it names a study that cannot be one.
  private static Optional<Asked> asked(JsonObject body) {
    var studies = StudyId.parse(body.strings("studies"));
    var asked =
        new Asked(
            studies.orElse(Set.of()),
            Verification.of(body.string("verification"))
                .orElseThrow(() -> new BadJson("verification is not known")),
            body.optionalText("destination", MOST_DESTINATION),
            report(body.string("access")),
            body.optionalLines("reason").orElse(""),
            body.string("language"),
            body.date("validUntil"),
            body.bool("patientAgreed", false),
            body.bool("anonymize", false),
            body.optionalObject("label").map(Letters::label),
            body.optionalLines("message"));
    return studies.map(_ -> asked);
  }

  private static Asked.Label label(JsonObject json) {
    var label =
        new Asked.Label(
            json.string("text"), json.optionalString("account"), json.optionalString("group"));
    json.done();
    return label;
  }

  private static boolean report(String access) {
    return switch (access) {
      case "images" -> false;
      case "images-and-report" -> true;
      default -> throw new BadJson("access is images or images-and-report");
    };
  }

  Told defaults(Principal.Professional who, Set<StudyId> studies, String requestId) {
    var told = beginning.of(who, studies);
    if (told instanceof Told.Shown) {
      studies.forEach(
          study -> shown(AuditEvent.study(study.value()), who, "destination", requestId));
    }
    return told;
  }

  Told find(Principal.Professional who, String id) {
    return printing
        .find(who, id)
        .<Told>map(printed -> new Told.Shown(view(printed)))
        .orElseGet(Told.NotFound::new);
  }

  private LetterView view(Printed printed) {
    return LetterView.of(
        printed,
        Optional.of(printed.bucket())
            .filter(_ -> printed.anonymized())
            .flatMap(buckets::find)
            .map(bucket -> Progress.of(copies, bucket)));
  }

  Told pdf(Principal.Professional who, String id, Optional<String> language, HttpRequest request) {
    if (language.filter(one -> !Catalogue.speaks(one)).isPresent()) {
      return new Told.Wrong(Fault.LANGUAGE_UNKNOWN);
    }
    var printed = printing.find(who, id);
    var department = printed.flatMap(one -> departments.find(one.department()));
    if (printed.isEmpty() || department.isEmpty()) {
      return new Told.NotFound();
    }
    var said = language.orElse(printed.get().language());
    shown(AuditEvent.bucket(printed.get().bucket()), who, said, request.requestId());
    var pdf = renderer.render(letter(printed.get(), department.get(), said));
    return new Told.Pdf(Base64.getEncoder().encodeToString(pdf));
  }

  private Letter letter(Printed printed, Department department, String language) {
    return new Letter(
        language,
        department.hospital(),
        department.name(),
        department.contact(),
        department.logo(),
        department.brand().light(),
        ReferenceNumber.typed(printed.number()).orElseThrow(),
        Verification.of(printed.verification()).orElseThrow(),
        printed.sentTo(),
        printed.validUntil(),
        Optional.of(printed.patient()),
        printed.exams().stream()
            .map(exam -> new Letter.Exam(exam.date(), exam.description()))
            .toList(),
        printed.anonymized(),
        printed.report(),
        printed.message(),
        origin.resolve("/?d=" + department.id() + "#" + printed.number()).toString());
  }

  private void shown(String trailOf, Principal.Professional who, String what, String requestId) {
    trail.record(
        new AuditEvent(
            trailOf, clock.instant(), who.actor(), AuditAction.LETTER_SHOWN, what, requestId));
  }

  /// The first letter of all waits for no font.
  void prime() {
    renderer.prime();
  }
}
