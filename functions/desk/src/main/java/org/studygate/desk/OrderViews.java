package org.studygate.desk;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.NumberDesk;
import org.studygate.account.DeskAct;
import org.studygate.department.Verification;
import org.studygate.desk.Answers.NumberView;
import org.studygate.desk.Answers.OrderView;
import org.studygate.desk.Answers.PatientView;
import org.studygate.desk.Answers.PaymentView;
import org.studygate.desk.Answers.StudyView;
import org.studygate.limit.Tries;
import org.studygate.order.Order;
import org.studygate.order.OrderDesk;
import org.studygate.payment.Checkout;
import org.studygate.payment.Payments;
import org.studygate.payment.Stage;
import org.studygate.payment.Tab;
import org.studygate.signin.Masked;
import org.studygate.study.OrderId;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// One order as the desk shows it.
final class OrderViews {
  private final Studies studies;
  private final Buckets buckets;
  private final NumberDesk numbers;
  private final Payments payments;
  private final Clock clock;

  OrderViews(Studies studies, Buckets buckets, NumberDesk numbers, Payments payments, Clock clock) {
    this.studies = studies;
    this.buckets = buckets;
    this.numbers = numbers;
    this.payments = payments;
    this.clock = clock;
  }

  OrderView of(Clerk clerk, OrderDesk.Line line) {
    var order = line.contents().order();
    var bucket = line.bucket().flatMap(buckets::find);
    var waits = bucket.filter(one -> !numbered(one));
    var number =
        bucket
            .filter(_ -> waits.isEmpty())
            .map(one -> number(one, line.contents().flag()))
            .or(() -> line.contents().flag().map(OrderViews::refused));
    var payment =
        bucket.filter(_ -> waits.isEmpty()).filter(OrderViews::toBePaid).map(this::payment);
    var renewable = waits.filter(one -> !one.expired(clock.instant())).isPresent();
    return new OrderView(
        Ids.text(line.id().department(), line.name()),
        order.accession(),
        order.placedAt(),
        patient(order.patient()),
        studies(line),
        number,
        payment,
        acts(clerk, line.id().department(), number, payment, renewable));
  }

  static PatientView patient(Order.Patient patient) {
    var given = patient.givenName().map(name -> ", " + name).orElse("");
    return new PatientView(
        patient.familyName() + given,
        patient.birthDate().text(),
        patient.id(),
        patient.issuer(),
        patient.sex());
  }

  boolean numbered(String bucket) {
    return buckets.find(bucket).filter(this::numbered).isPresent();
  }

  /// What waits for a number of ours is withdrawn as long as it waits.
  private boolean numbered(Bucket bucket) {
    return !bucket.withdrawn() || numbers.refused(bucket.id()).isEmpty();
  }

  private static NumberView refused(String flag) {
    var state =
        switch (flag) {
          case "weak-number" -> "weak";
          case "number-taken" -> "taken";
          case "number-withdrawn" -> "withdrawn";
          default -> "refused";
        };
    return new NumberView(
        state, Optional.of(flag), 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private NumberView number(Bucket bucket, Optional<String> flag) {
    var dates = numbers.wrongDates(bucket.id());
    return new NumberView(
        state(bucket, dates),
        flag,
        dates,
        buckets.wrongCodes(bucket.id()),
        Optional.of(bucket.validFrom()),
        bucket.until(),
        Optional.of(bucket.verification().code()));
  }

  private String state(Bucket bucket, int wrongDates) {
    if (bucket.withdrawn()) {
      return "withdrawn";
    }
    if (bucket.blocked() || wrongDates >= Tries.DATE.max()) {
      return "blocked";
    }
    return bucket.expired(clock.instant()) ? "expired" : "valid";
  }

  static boolean toBePaid(Bucket bucket) {
    return bucket.verification() == Verification.PAYMENT || bucket.paid().now();
  }

  private PaymentView payment(Bucket bucket) {
    var tab = payments.tab(bucket.id());
    var wrong = buckets.wrongCodes(bucket.id());
    var byHand = tab.paidBy().filter(Tab.STAFF::equals).isPresent();
    return new PaymentView(state(tab), wrong, byHand, bucket.destination().map(Masked::mobile));
  }

  private String state(Tab tab) {
    if (tab.paid()) {
      return "paid";
    }
    var last =
        tab.session()
            .flatMap(session -> payments.checkout(tab.bucket(), session))
            .map(Checkout::stage)
            .or(tab::last);
    return switch (last.orElse(Stage.OPEN)) {
      case PENDING -> "pending";
      case FAILED -> "failed";
      case OPEN, EXPIRED, PAID, DISPUTED, WON, LOST, REFUNDED -> "unpaid";
    };
  }

  private List<StudyView> studies(OrderDesk.Line line) {
    var order = line.contents().order();
    var listed = new LinkedHashMap<StudyId, Optional<Order.Listed>>();
    line.contents().studies().forEach(id -> listed.put(id, Optional.empty()));
    for (var one : order.studies()) {
      one.uid()
          .ifPresent(uid -> listed.put(StudyId.of(line.id().department(), uid), Optional.of(one)));
    }
    var views = new ArrayList<StudyView>();
    listed.forEach(
        (id, named) ->
            studies
                .find(id)
                .filter(study -> study.lastReceivedAt().isPresent())
                .map(study -> came(line.id(), study))
                .or(() -> named.map(one -> announced(id, one)))
                .ifPresent(views::add));
    return views;
  }

  private static StudyView came(OrderId order, Study study) {
    var mine = study.order().equals(Optional.of(order));
    var state =
        mine
            ? study.complete() ? "complete" : "arriving"
            : study.order().isEmpty() ? "held" : "elsewhere";
    return new StudyView(
        study.id().value(),
        study.facts().day(),
        study.facts().description(),
        study.modalities(),
        study.instances(),
        state,
        mine || study.order().isEmpty() ? study.link().why() : List.of(),
        study.link().hand().order().isPresent());
  }

  private static StudyView announced(StudyId id, Order.Listed listed) {
    return new StudyView(
        id.value(),
        listed.date(),
        listed.description().orElse(""),
        listed.modality().map(List::of).orElse(List.of()),
        0,
        "announced",
        List.of(),
        false);
  }

  /// What makes sense as it stands and is this one's to do; each is asked again when it is done.
  private static List<String> acts(
      Clerk clerk,
      String department,
      Optional<NumberView> number,
      Optional<PaymentView> payment,
      boolean renewable) {
    var state = number.map(NumberView::state).orElse("");
    var tried = number.filter(one -> one.failures() + one.codeFailures() > 0).isPresent();
    var paid = payment.map(PaymentView::state).orElse("");
    var acts = new ArrayList<DeskAct>();
    if (tried && !state.equals("withdrawn")) {
      acts.add(DeskAct.UNLOCK);
    }
    if (renewable) {
      acts.add(DeskAct.REGENERATE);
    }
    if (!paid.isEmpty() && !paid.equals("paid") && !state.equals("withdrawn")) {
      acts.add(DeskAct.PAID);
    }
    if (paid.equals("paid") && !state.equals("blocked") && !state.equals("withdrawn")) {
      acts.add(DeskAct.PINCODE);
    }
    acts.add(DeskAct.JUDGE);
    return acts.stream().filter(act -> clerk.may(act, department)).map(DeskAct::code).toList();
  }
}
