package org.studygate.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.Decision;
import org.studygate.access.Held;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.department.Department;
import org.studygate.order.About;
import org.studygate.order.Order;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Which studies somebody may share, and out of what: a right of one's own, or a share that may go
/// on.
public final class Passing {
  /// As many as a bucket holds.
  public static final int MOST = 50;

  private final Authorisation authorisation;

  public Passing(Authorisation authorisation) {
    this.authorisation = authorisation;
  }

  /// A study that goes on.
  ///
  /// @param images whether it has some
  /// @param ways by which it may
  public record Passed(Study study, Order order, boolean images, List<Held> ways) {
    public Passed {
      ways = List.copyOf(ways);
    }

    public Exam exam() {
      var about = new About(study, Optional.of(order));
      return new Exam(
          study.id().value(), about.date(), about.description(), about.patient().name());
    }

    /// Whether reports may be written by who has it through this one.
    public boolean write() {
      return ways.stream().anyMatch(Held::write);
    }

    /// When the best of the ways ends; empty if it does not.
    public Optional<Instant> until() {
      return best(ways).flatMap(Held::until);
    }

    /// What it is given on from: nothing where it stands on a right of one's own, which the
    /// department ends study by study; else the widest share.
    Optional<Held> parent(boolean write) {
      var fit = ways.stream().filter(way -> !write || way.write()).toList();
      return fit.stream().anyMatch(way -> !way.shared()) ? Optional.empty() : best(fit);
    }

    private static Optional<Held> best(List<Held> ways) {
      return ways.stream().max(WIDEST);
    }
  }

  private static final Comparator<Held> WIDEST =
      Comparator.comparing((Held way) -> !way.shared())
          .thenComparing(Held::report)
          .thenComparing(way -> way.until().orElse(Instant.MAX))
          .thenComparing(way -> way.bucket().id());

  public sealed interface Outcome {
    record Chosen(Department department, List<Passed> studies) implements Outcome {
      public Chosen {
        studies = List.copyOf(studies);
      }

      /// Whether all of it is of one patient, as far as anybody can tell.
      boolean ofOnePatient() {
        var first = studies.getFirst().order().person();
        return studies.stream().map(one -> one.order().person()).allMatch(one -> one.sameAs(first));
      }
    }

    record NotFound() implements Outcome {}

    record Wrong(Fault.Wrong wrong) implements Outcome {}
  }

  public Outcome choose(Principal.Professional who, Set<StudyId> ids) {
    if (ids.isEmpty()) {
      return new Outcome.Wrong(Fault.NO_STUDY.wrong());
    }
    if (ids.size() > MOST) {
      return new Outcome.Wrong(Fault.TOO_MANY_STUDIES.wrong());
    }
    var seen = new ArrayList<Decision.Permitted>();
    for (var decision : authorisation.ask(who, ids, Right.STUDY)) {
      if (!(decision instanceof Decision.Permitted permitted) || further(permitted).isEmpty()) {
        return new Outcome.NotFound();
      }
      seen.add(permitted);
    }
    return together(seen);
  }

  private static List<Held> further(Decision.Permitted seen) {
    return seen.ways().stream().filter(Held::furthers).toList();
  }

  private static Outcome together(List<Decision.Permitted> seen) {
    var first = seen.getFirst().opened();
    if (!seen.stream().allMatch(one -> one.opened().owner().equals(first.owner()))) {
      return new Outcome.Wrong(Fault.SEVERAL_DEPARTMENTS.wrong());
    }
    var passed = new ArrayList<Passed>();
    for (var one : seen) {
      one.opened()
          .order()
          .ifPresent(
              order ->
                  passed.add(
                      new Passed(
                          one.contents().study(),
                          order,
                          !one.contents().series().isEmpty(),
                          further(one))));
    }
    if (passed.size() < seen.size()) {
      return new Outcome.Wrong(Fault.NO_ORDER.wrong());
    }
    return first
        .department()
        .<Outcome>map(department -> new Outcome.Chosen(department, passed))
        .orElseGet(Outcome.NotFound::new);
  }

  /// The path below this way.
  static List<String> below(Held way) {
    return way.path().stream().map(Bucket::id).toList();
  }
}
