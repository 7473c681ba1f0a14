package org.studygate.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.study.OrderId;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Which studies a bucket opens. The study itself must say, at this moment, that it belongs: a copy
/// to the one bucket that it was made for, everything else to no such bucket.
public sealed interface Scope {
  boolean holds(Study study);

  /// The same of a bucket above the one that opens it: whoever was given a study may give on a
  // copy.
  default boolean holdsAbove(Study study) {
    return holds(study);
  }

  /// The order that is opened whole; empty where studies were chosen.
  default Optional<OrderId> order() {
    return Optional.empty();
  }

  /// Studies that were chosen one by one; none where they are told by something else.
  default Set<StudyId> chosen() {
    return Set.of();
  }

  /// Likewise, as whoever chose them knows them: where copies are opened, what was copied.
  default Set<StudyId> originals() {
    return chosen();
  }

  /// Everything of one order, whatever comes later too.
  record OfOrder(OrderId id) implements Scope {
    @Override
    public boolean holds(Study study) {
      return study.original() && study.order().equals(order());
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
      return study.original() && study.order().isPresent() && studies.contains(study.id());
    }

    @Override
    public boolean holdsAbove(Study study) {
      return study.copyOf().map(Study.Copy::source).map(studies::contains).orElse(holds(study));
    }

    @Override
    public Set<StudyId> chosen() {
      return studies;
    }
  }

  /// Copies of studies that somebody chose, made for this bucket; never a study itself.
  ///
  /// @param sources what was copied, by copy
  record OfCopies(String bucket, Map<StudyId, StudyId> sources) implements Scope {
    public OfCopies {
      sources = Map.copyOf(sources);
    }

    @Override
    public boolean holds(Study study) {
      var source = Optional.ofNullable(sources.get(study.id()));
      return source.isPresent()
          && study.copyOf().equals(source.map(one -> new Study.Copy(one, bucket)));
    }

    public Set<StudyId> copies() {
      return sources.keySet();
    }

    /// The copy of this study, if there is one.
    public Optional<StudyId> copy(StudyId source) {
      return sources.entrySet().stream()
          .filter(one -> one.getValue().equals(source))
          .map(Map.Entry::getKey)
          .findFirst();
    }

    @Override
    public Set<StudyId> chosen() {
      return copies();
    }

    @Override
    public Set<StudyId> originals() {
      return Set.copyOf(sources.values());
    }
  }

  /// One study, whatever it belongs to: for somebody who must see it now.
  record OfOne(StudyId study) implements Scope {
    @Override
    public boolean holds(Study one) {
      return one.original() && one.id().equals(study);
    }
  }

  /// Whatever a department made, also what belongs to no order (yet).
  record OfDepartment(String id) implements Scope {
    @Override
    public boolean holds(Study study) {
      return study.original() && study.department().equals(id);
    }
  }

  /// What a department made for a physician: which studies those are, the rows say.
  record OfMapping(String id, String department) implements Scope {
    @Override
    public boolean holds(Study study) {
      return study.original() && study.order().isPresent() && study.department().equals(department);
    }
  }
}
