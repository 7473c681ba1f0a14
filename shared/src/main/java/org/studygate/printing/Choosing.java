package org.studygate.printing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Authorisation;
import org.studygate.access.Decision;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.department.Department;
import org.studygate.order.About;
import org.studygate.order.Order;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// Which studies may be handed on together: seen in a way that lets one do so, of one department
/// and of one patient.
public final class Choosing {
  /// As many as a bucket holds.
  public static final int MOST = 50;

  private final Authorisation authorisation;

  public Choosing(Authorisation authorisation) {
    this.authorisation = authorisation;
  }

  /// A study with the order that names its patient.
  public record Chosen(StudyContents contents, Order order) {
    About about() {
      return new About(contents.study(), Optional.of(order));
    }

    Exam exam() {
      return new Exam(contents.study().id().value(), about().date(), about().description());
    }
  }

  public sealed interface Outcome {
    record Chosen(Department department, List<Choosing.Chosen> studies) implements Outcome {
      public Chosen {
        studies = List.copyOf(studies);
      }

      public Order.Patient patient() {
        return studies.getFirst().order().patient();
      }

      /// As a letter calls the patient.
      public String name() {
        return studies.getFirst().about().patient().name();
      }

      public List<StudyId> ids() {
        return studies.stream().map(one -> one.contents().study().id()).toList();
      }

      public List<Exam> exams() {
        return studies.stream().map(Choosing.Chosen::exam).toList();
      }
    }

    record NotFound() implements Outcome {}

    record Wrong(Fault fault) implements Outcome {}
  }

  public Outcome choose(Principal.Professional who, Set<StudyId> ids) {
    if (ids.isEmpty()) {
      return new Outcome.Wrong(Fault.NO_STUDY);
    }
    if (ids.size() > MOST) {
      return new Outcome.Wrong(Fault.TOO_MANY_STUDIES);
    }
    var seen = new ArrayList<Decision.Permitted>();
    for (var decision : authorisation.ask(who, ids, Right.STUDY)) {
      if (!(decision instanceof Decision.Permitted permitted) || !ofOneself(permitted)) {
        return new Outcome.NotFound();
      }
      seen.add(permitted);
    }
    return together(seen);
  }

  /// What one sees by a share may be shared, and is printed by those who see it by themselves.
  private static boolean ofOneself(Decision.Permitted seen) {
    return seen.ways().stream().anyMatch(way -> way.furthers() && !way.shared());
  }

  private static Outcome together(List<Decision.Permitted> seen) {
    var first = seen.getFirst().opened();
    if (!seen.stream().allMatch(one -> one.opened().owner().equals(first.owner()))) {
      return new Outcome.Wrong(Fault.SEVERAL_DEPARTMENTS);
    }
    if (seen.stream().anyMatch(one -> one.opened().order().isEmpty())) {
      return new Outcome.Wrong(Fault.NO_ORDER);
    }
    var chosen =
        seen.stream()
            .map(one -> new Chosen(one.contents(), one.opened().order().orElseThrow()))
            .toList();
    var patient = chosen.getFirst().order().person();
    if (!chosen.stream().map(one -> one.order().person()).allMatch(one -> one.sameAs(patient))) {
      return new Outcome.Wrong(Fault.SEVERAL_PATIENTS);
    }
    return first
        .department()
        .<Outcome>map(department -> new Outcome.Chosen(department, chosen))
        .orElseGet(Outcome.NotFound::new);
  }
}
