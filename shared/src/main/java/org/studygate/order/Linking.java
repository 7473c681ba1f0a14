package org.studygate.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.RollUps;
import org.studygate.study.Studies;
import org.studygate.study.Studies.Hand;
import org.studygate.study.Studies.Link;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Brings studies, orders and reports together. Each side first writes what it knows, then reads
/// the other: so of two that come at once at least one sees both, and both would decide the same.
/// What cannot be brought together is told to the hospital each time it is looked at, as the same
/// receipt.
public final class Linking {
  private static final int TRIES = 20;

  private final Studies studies;
  private final Orders orders;
  private final RollUps rollUps;
  private final Receipts receipts;
  private final Clock clock;

  public Linking(Studies studies, Orders orders, RollUps rollUps, Receipts receipts, Clock clock) {
    this.studies = studies;
    this.orders = orders;
    this.rollUps = rollUps;
    this.receipts = receipts;
    this.clock = clock;
  }

  /// Instances of a study have come and are written; it was read after that.
  public void studyCame(Study study) {
    MatchRule.byOwnAccession(study).forEach(order -> orders.claim(order, study.id()));
    decide(study.id(), Optional.of(study));
  }

  /// An order has come; `listed` are the studies that its message names, also if a newer message no
  /// longer does. Answers the studies concerned.
  public Set<StudyId> orderCame(OrderId order, Iterable<StudyId> listed) {
    for (var study : listed) {
      studies.hint(study, order);
      orders.claim(order, study);
    }
    var concerned = new LinkedHashSet<>(orders.filed(order).studies());
    concerned.forEach(study -> decide(study, studies.find(study)));
    return concerned;
  }

  /// What a study's link would be if people decided so. An order that they name has been
  /// noted with it ([#offer]), and is found.
  public Link byHand(Study study, Hand hand) {
    var asked = study.linked(study.link().by(hand));
    return MatchRule.decide(asked, candidates(study), () -> studies.persons(study.id()));
  }

  /// Notes on both sides that they have to do with each other. It joins nothing by itself.
  public void offer(OrderId order, StudyId study) {
    studies.hint(study, order);
    orders.claim(order, study);
  }

  /// People have decided about a study, and that is written: what follows from it.
  public void decided(StudyId id) {
    decide(id, studies.find(id));
  }

  /// A version of a report that names no study has come, or a PDF has joined it.
  public void reportCame(OrderId order) {
    var reports = orders.reports(order);
    for (var study : orders.filed(order).studies()) {
      var found = studies.find(study);
      if (found.flatMap(Study::order).equals(Optional.of(order))) {
        reports.certain().forEach(version -> pass(study, version));
      }
      if (found.flatMap(Study::order).equals(Optional.of(order)) || found.isEmpty()) {
        rollUps.now(study); // what lists show of it, and who may see it
      }
      reports.doubtful().forEach(version -> studies.hold(study, version));
    }
    if (reports.all().findAny().isPresent()) {
      studies.hint(StudyId.of(order), order);
      rollUps.now(StudyId.of(order)); // the order stands for a study that has not come
    }
    reports
        .doubtful()
        .forEach(
            version ->
                tell(
                    order.department(),
                    Remark.REPORT_IN_DOUBT,
                    version.at(),
                    Optional.of(order.accession()),
                    Optional.empty()));
  }

  /// A report that names this study has come.
  public void studyReportCame(StudyId id) {
    var found = studies.find(id);
    found.ifPresent(study -> tellReports(study, study.link()));
    rollUps.now(id);
  }

  /// Reports that name the study, but the accession number of another order.
  private void tellReports(Study study, Link link) {
    if (link.order().isEmpty()) {
      return; // it opens for nobody, and neither do they
    }
    for (var version : studies.versions(study.id())) {
      if (version.report().startsWith("study-") && !version.order().equals(link.order())) {
        tell(
            study.department(),
            Remark.REPORT_OTHER_ORDER,
            version.at(),
            version.order().map(OrderId::accession),
            Optional.of(study.uid()));
      }
    }
  }

  /// Somebody else's order has come under this accession number.
  public void contested(OrderId order, Instant from) {
    orders.contest(order, from);
    reportCame(order);
  }

  private void decide(StudyId id, Optional<Study> found) {
    var study = found;
    for (var tries = 0; tries < TRIES; tries++) {
      if (study.isEmpty()) {
        return; // its instances will ask
      }
      var candidates = candidates(study.get());
      var link = MatchRule.decide(study.get(), candidates, () -> studies.persons(id));
      var since = since(study.get(), link);
      if (link.equals(study.get().link()) && noted(study.get())) {
        settled(study.get(), candidates, link, since);
        return;
      }
      tellReports(study.get(), link);
      if (studies.link(id, study.get().revision(), link, since)) {
        settled(study.get(), candidates, link, since);
        return;
      }
      study = studies.find(id);
    }
    throw new IllegalStateException("a study kept changing while its order was looked for");
  }

  /// One that waits for its order is noted once, so that people see it waiting.
  private static boolean noted(Study study) {
    return study.order().isPresent() || study.flaggedAt().isPresent();
  }

  /// The orders that name a study, and those that it names itself; some may not have come.
  public Set<OrderId> mayHold(Study study) {
    var ids = new LinkedHashSet<>(studies.hints(study.id()));
    ids.addAll(MatchRule.byOwnAccession(study));
    return ids;
  }

  private List<OrderContents> candidates(Study study) {
    var found = new ArrayList<OrderContents>();
    mayHold(study).forEach(order -> orders.find(order).ifPresent(found::add));
    return found;
  }

  /// What is told twice has one time.
  private Instant since(Study study, Link link) {
    return study
        .flaggedAt()
        .filter(_ -> study.link().flags().equals(link.flags()))
        .orElseGet(clock::instant);
  }

  /// What follows from a link; done again where somebody died before it was done.
  private void settled(Study study, List<OrderContents> candidates, Link link, Instant since) {
    var accession = accession(study, candidates, link);
    for (var flag : link.flags()) {
      Remark.of(flag)
          .filter(remark -> remark != Remark.INSTANCE_OTHER_PATIENT) // told with its instances
          .ifPresent(
              remark ->
                  tell(study.department(), remark, since, accession, Optional.of(study.uid())));
    }
    if (study.mixed() || link.hand().order().isPresent()) {
      rebuild(study.id());
    }
    link.order().ifPresent(order -> passAll(study.id(), order));
  }

  /// As the order that gets the study writes it, or one that might have.
  private static Optional<String> accession(
      Study study, List<OrderContents> candidates, Link link) {
    return candidates.stream()
        .map(OrderContents::order)
        .filter(order -> link.order().map(order.id()::equals).orElse(true))
        .map(Order::accession)
        .min(Comparator.naturalOrder())
        .or(
            () ->
                MatchRule.byOwnAccession(study).stream()
                    .map(OrderId::accession)
                    .min(Comparator.naturalOrder()));
  }

  private void tell(
      String department,
      Remark remark,
      Instant at,
      Optional<String> accession,
      Optional<String> studyUid) {
    receipts.tell(
        new Receipt(
            department,
            Optional.empty(),
            remark.code(),
            remark.sentence(),
            at,
            new Receipt.About(accession, studyUid, Optional.empty())));
  }

  /// Series that were built under another link.
  private void rebuild(StudyId id) {
    var study = studies.find(id).orElseThrow();
    for (var series : studies.series(id)) {
      if (series.outdated(study)) {
        rollUps.later(id, series.uid(), studies.change(id, series.uid(), clock.instant()));
      }
    }
  }

  private void passAll(StudyId study, OrderId order) {
    orders.reports(order).certain().forEach(version -> pass(study, version));
  }

  /// Below the study, a reader finds everything in one query.
  private void pass(StudyId study, Report.Version version) {
    studies.report(study, version);
    version.pdf().ifPresent(pdf -> studies.attach(study, version, pdf));
    if (version.disputed()) {
      studies.dispute(study, version);
    }
  }
}
