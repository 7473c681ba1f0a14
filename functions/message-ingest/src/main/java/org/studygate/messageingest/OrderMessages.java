package org.studygate.messageingest;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Registrar;
import org.studygate.access.Validity;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Department;
import org.studygate.department.Policy;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.inbox.InboxObject;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.order.BirthDate;
import org.studygate.order.Linking;
import org.studygate.order.Order;
import org.studygate.order.OrderJson;
import org.studygate.order.Orders;
import org.studygate.order.Orders.Placing;
import org.studygate.order.Orders.Registered;
import org.studygate.order.Remark;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;
import org.studygate.reference.ReferenceNumber;
import org.studygate.study.OrderId;
import org.studygate.study.RollUps;
import org.studygate.study.StudyId;

/// Orders, and the numbers that hospitals register with them. A later message about the same
/// order replaces the earlier one; a number that is not in it any more opens nothing from then
/// on.
final class OrderMessages {
  private static final int WITH_A_PARTIAL_DATE = 64;

  private final Orders orders;
  private final Registrar registrar;
  private final NumberStrength strength;
  private final Linking linking;
  private final RollUps rollUps;
  private final AuditTrail trail;
  private final Receipts receipts;
  private final Clock clock;

  OrderMessages(
      Orders orders,
      Registrar registrar,
      NumberStrength strength,
      Linking linking,
      RollUps rollUps,
      AuditTrail trail,
      Receipts receipts,
      Clock clock) {
    this.orders = orders;
    this.registrar = registrar;
    this.strength = strength;
    this.linking = linking;
    this.rollUps = rollUps;
    this.trail = trail;
    this.receipts = receipts;
    this.clock = clock;
  }

  void take(InboxObject object, Department department, JsonObject json) throws Refused {
    var id = Messages.order(department, json);
    var placedAt =
        json.optionalInstant("placedAt").orElseThrow(() -> new BadJson("placedAt is missing"));
    Messages.plausible(placedAt, object.at());
    var order = OrderJson.read(id, version(placedAt, object), placedAt, json);
    var stated = json.optionalObject("reference");
    var reference = Optional.<Requested>empty();
    if (stated.isPresent()) {
      signsInWith(order.patient().birthDate(), department);
      reference = Optional.of(reference(stated.get()));
    }
    json.done();
    switch (orders.place(order)) {
      case Placing.Newest(var otherName) -> {
        register(object, department, order, reference);
        if (otherName) {
          tell(object, order, Remark.NAME_DIFFERS.code(), Remark.NAME_DIFFERS.sentence());
        }
        link(order);
      }
      case Placing.Older() -> link(order.id(), List.of()); // its patient id may be the files'
      case Placing.OtherPatient() -> {
        linking.contested(order.id(), order.placedAt());
        throw new Refused(
            Remark.ACCESSION_OTHER_PATIENT.code(), Remark.ACCESSION_OTHER_PATIENT.sentence());
      }
    }
  }

  private void register(
      InboxObject object, Department department, Order order, Optional<Requested> reference) {
    var registered =
        reference
            .map(number -> register(department, order, number))
            .orElseGet(() -> new Registered(Optional.empty(), Optional.empty()));
    registered
        .flag()
        .ifPresent(
            flag ->
                NumberFlags.sentence(flag)
                    .ifPresent(sentence -> tell(object, order, flag, sentence)));
    var version = order.version();
    orders
        .registered(order.id(), version, registered)
        .forEach(bucket -> registrar.supersede(bucket, version));
  }

  private void tell(InboxObject object, Order order, String code, String sentence) {
    receipts.tell(
        new Receipt(
            order.id().department(),
            Optional.of(object.key()),
            code,
            sentence,
            object.at(),
            new Receipt.About(Optional.of(order.accession()), Optional.empty(), Optional.empty())));
  }

  private void link(Order order) {
    var listed = new ArrayList<StudyId>();
    for (var study : order.studies()) {
      study.uid().ifPresent(uid -> listed.add(StudyId.of(order.id().department(), uid)));
    }
    link(order.id(), listed);
  }

  private void link(OrderId order, List<StudyId> listed) {
    linking.orderCame(order, listed).forEach(rollUps::now);
    linking.reportCame(order);
  }

  /// Fixed width, so that texts compare as times do.
  private static String version(Instant placedAt, InboxObject object) {
    return "%015d-%015d-%s"
        .formatted(placedAt.toEpochMilli(), object.at().toEpochMilli(), object.sequencer());
  }

  private record Requested(
      String number,
      Optional<Verification> verification,
      Optional<Boolean> report,
      Optional<LocalDate> from,
      Optional<LocalDate> until) {
    @Override
    public String toString() {
      return "Requested[…]";
    }
  }

  private static Requested reference(JsonObject json) throws Refused {
    var verification = json.optionalString("verification");
    var known = verification.flatMap(Verification::of);
    if (verification.isPresent() && known.isEmpty()) {
      throw new BadJson("reference.verification is not known");
    }
    var hasReport = json.names().contains("report");
    var number =
        new Requested(
            json.string("number"),
            known,
            hasReport ? Optional.of(json.bool("report", false)) : Optional.empty(),
            json.optionalDate("validFrom"),
            json.optionalDate("validUntil"));
    json.done();
    for (var day : List.of(number.from(), number.until())) {
      if (day.isPresent()) {
        Messages.plausible(day.get());
      }
    }
    return number;
  }

  /// Who is to sign in types a date of birth. A department may let what is known of it be enough.
  private static void signsInWith(BirthDate date, Department department) throws Refused {
    if (date.partial() && !department.policy().intake().partialBirthDates()) {
      throw new Refused(
          "birth-date-partial",
          "patient.birthDate is known without its day, and the department's policy does not allow"
              + " signing in with that: send the whole date, or the order without a reference.");
    }
  }

  /// A number that has been paid for stays open whatever the policy now asks of a new one, and
  /// whatever else is wrong with the message (product.md 3.4).
  private Registered register(Department department, Order order, Requested number) {
    var policy = department.policy();
    var verification = number.verification().orElse(policy.verification());
    var typed = ReferenceNumber.typed(number.number());
    var bucket = typed.map(one -> registrar.bucketFor(order.id(), one));
    var paid = bucket.filter(registrar::paid);
    var destination = Destination.of(verification, order.patient(), policy);
    var unreachable =
        destination instanceof Destination.None(var flag)
            ? Optional.of(flag)
            : Optional.<String>empty();
    if (unreachable.isPresent() && paid.isEmpty()) {
      return refused(order, unreachable.get(), paid);
    }
    if (verification == Verification.PAYMENT && policy.payment().isEmpty() && paid.isEmpty()) {
      return refused(order, "no-payment-rules", paid);
    }
    var validity = validity(department, order, number);
    if (validity.isEmpty()) {
      return refused(order, "bad-validity", paid);
    }
    if (bucket.isEmpty()) {
      return refused(order, "bad-number", paid);
    }
    // No code could be sent: the pincode remains the way in.
    var proof = unreachable.isPresent() ? Verification.PAYMENT : verification;
    var wanted =
        new Registrar.Registration(
            order.id(),
            typed.get(),
            proof,
            number.report().orElse(!(policy.report() instanceof ReportRule.Never)),
            destination.to(),
            order.patient().language().orElse(department.languages().getFirst()),
            order.patient().birthDate(),
            validity.get(),
            order.version());
    if (strength.bits(typed.get(), department, order) < minimum(policy, proof, order.patient())) {
      return useless(order, wanted, "weak-number", paid);
    }
    // Noted before anything opens it: a later message that names it no more finds it, wherever this
    // one dies.
    if (!orders.intend(order.id(), order.version(), bucket.get())) {
      return refused(order, "outdated", paid);
    }
    return switch (registrar.register(wanted)) {
      case Registrar.Outcome.Registered(_) -> {
        write(order, AuditAction.NUMBER_REGISTERED, proof.code());
        yield new Registered(bucket, unreachable);
      }
      case Registrar.Outcome.Taken(), Registrar.Outcome.Waiting(_) ->
          useless(order, wanted, "number-taken", paid);
      case Registrar.Outcome.Outdated() -> refused(order, "outdated", paid);
      case Registrar.Outcome.Withdrawn() -> refused(order, "number-withdrawn", paid);
    };
  }

  /// What the number was to open waits for one of ours, which staff ask for; once they have, it is
  /// that one's whatever further messages say of theirs.
  private Registered useless(
      Order order, Registrar.Registration wanted, String flag, Optional<String> paid) {
    if (paid.isPresent()) {
      return refused(order, flag, paid);
    }
    var bucket = registrar.bucketFor(order.id());
    if (!orders.intend(order.id(), order.version(), bucket)) {
      return refused(order, "outdated", paid);
    }
    return switch (registrar.refuse(wanted, flag)) {
      case Registrar.Outcome.Waiting(var id) -> refused(order, flag, Optional.of(id));
      case Registrar.Outcome.Registered(var id) -> refused(order, flag, Optional.of(id));
      case Registrar.Outcome.Taken(), Registrar.Outcome.Outdated() ->
          refused(order, "outdated", paid);
      case Registrar.Outcome.Withdrawn() -> refused(order, "number-withdrawn", paid);
    };
  }

  /// A year is guessed in a hundred tries, not in thirty thousand: where nothing is asked for
  /// besides, the number makes up for it.
  private static int minimum(Policy policy, Verification verification, Order.Patient patient) {
    var alone = verification == Verification.DATE_OF_BIRTH && patient.birthDate().partial();
    return alone
        ? Math.max(policy.minimumComplexityBits(), WITH_A_PARTIAL_DATE)
        : policy.minimumComplexityBits();
  }

  /// What was paid for with a number of ours stays open, too.
  private Registered refused(Order order, String flag, Optional<String> kept) {
    write(order, AuditAction.NUMBER_REFUSED, flag);
    var left = kept.or(() -> Optional.of(registrar.bucketFor(order.id())).filter(registrar::paid));
    return new Registered(left, Optional.of(flag));
  }

  private void write(Order order, AuditAction action, String outcome) {
    var department = order.id().department();
    trail.record(
        new AuditEvent(
            AuditEvent.department(department),
            clock.instant(),
            new Actor.Hospital(department),
            action,
            outcome,
            order.id().toString()));
  }

  /// From the day the order says, else the day it was placed; never longer than the policy
  /// allows.
  private static Optional<Validity> validity(Department department, Order order, Requested number) {
    var policy = department.policy();
    var from =
        number.from().orElseGet(() -> LocalDate.ofInstant(order.placedAt(), department.zone()));
    var last = from.plus(policy.validityMaximum());
    var until = number.until().orElseGet(() -> from.plus(policy.validityDefault()));
    var capped = until.isAfter(last) ? last : until;
    return capped.isBefore(from)
        ? Optional.empty()
        : Optional.of(Validity.of(from, capped, department.zone()));
  }
}
