package org.studygate.order;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

/// Brings studies, orders and reports together. Each side first writes what it knows, then reads
/// the
/// other: so of two that come at once at least one sees both, and both would decide the same.
public final class Linking {
  private static final int TRIES = 20;

  private final Studies studies;
  private final Orders orders;

  public Linking(Studies studies, Orders orders) {
    this.studies = studies;
    this.orders = orders;
  }

  /// Instances of a study have come and are written.
  public void studyCame(StudyId study) {
    studies
        .find(study)
        .ifPresent(
            found -> MatchRule.byOwnAccession(found).forEach(order -> orders.claim(order, study)));
    decide(study);
  }

  /// An order has come; `listed` are the studies that its message names, also if a newer message no
  /// longer does. Answers the studies concerned.
  public Set<StudyId> orderCame(OrderId order, Iterable<StudyId> listed) {
    for (var study : listed) {
      studies.hint(study, order);
      orders.claim(order, study);
    }
    var concerned = new LinkedHashSet<>(orders.filed(order).studies());
    concerned.forEach(this::decide);
    return concerned;
  }

  /// A version of a report that names no study has come, or a PDF has joined it.
  public void reportCame(OrderId order) {
    var filed = orders.filed(order);
    for (var study : filed.studies()) {
      var found = studies.find(study);
      if (found.flatMap(one -> one.order()).equals(Optional.of(order))) {
        filed.reports().forEach(version -> pass(study, version));
      }
    }
  }

  private void decide(StudyId id) {
    for (var tries = 0; tries < TRIES; tries++) {
      var study = studies.find(id);
      if (study.isEmpty()) {
        return; // its instances will ask
      }
      var candidates = new LinkedHashSet<>(studies.hints(id));
      candidates.addAll(MatchRule.byOwnAccession(study.get()));
      var found = new ArrayList<Order>();
      for (var candidate : candidates) {
        orders.find(candidate).ifPresent(contents -> found.add(contents.order()));
      }
      var link = MatchRule.decide(study.get(), found);
      if (studies.link(id, study.get().revision(), link)) {
        link.order().ifPresent(order -> passAll(id, order));
        return;
      }
    }
    throw new IllegalStateException("a study kept changing while its order was looked for");
  }

  private void passAll(StudyId study, OrderId order) {
    orders.filed(order).reports().forEach(version -> pass(study, version));
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
