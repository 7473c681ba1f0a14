package org.studygate.access;

import java.util.Optional;
import java.util.Set;
import org.studygate.study.OrderId;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Which studies a bucket opens. The study itself must say, at this moment, that it belongs.
public sealed interface Scope {
  boolean holds(Study study);

  /// The order that is opened whole; empty where studies were chosen.
  default Optional<OrderId> order() {
    return Optional.empty();
  }

  /// Everything of one order, whatever comes later too.
  record OfOrder(OrderId id) implements Scope {
    @Override
    public boolean holds(Study study) {
      return study.order().equals(order());
    }

    @Override
    public Optional<OrderId> order() {
      return Optional.of(id);
    }
  }

  /// Studies that somebody chose. One that belongs to no order (any more) is nobody's to see.
  record OfStudies(Set<StudyId> studies) implements Scope {
    public OfStudies {
      studies = Set.copyOf(studies);
    }

    @Override
    public boolean holds(Study study) {
      return study.order().isPresent() && studies.contains(study.id());
    }
  }

  /// One study, whatever it belongs to: for somebody who must see it now.
  record OfOne(StudyId study) implements Scope {
    @Override
    public boolean holds(Study one) {
      return one.id().equals(study);
    }
  }

  /// Whatever a department made, also what belongs to no order (yet).
  record OfDepartment(String id) implements Scope {
    @Override
    public boolean holds(Study study) {
      return study.department().equals(id);
    }
  }

  /// What a department made for a physician: which studies those are, the rows say.
  record OfMapping(String id, String department) implements Scope {
    @Override
    public boolean holds(Study study) {
      return study.order().isPresent() && study.department().equals(department);
    }
  }
}
