package org.studygate.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.study.StudyId;

/// Who may see which study. An index says where to look and nothing more: what is held is read
/// from the rows themselves and from the buckets that they name, as they stand.
public interface Grants {
  /// What these principals hold of one study: the rows that stand, each with its bucket.
  default List<Held> of(Set<String> principals, StudyId study) {
    return of(principals, Set.of(study)).getOrDefault(study, List.of());
  }

  /// The same of several, with all of their buckets in one read.
  Map<StudyId, List<Held>> of(Set<String> principals, Set<StudyId> studies);

  /// Every row of a study.
  List<Grant> of(StudyId study);

  /// What of these lines is held at this moment. What could not be read is not held.
  Map<StudyId, List<Held>> held(Collection<Grant.Line> lines);

  /// So many studies of these principals, the newest first, each with every line that leads to it.
  ///
  /// @param before where the page before this one ended
  Page page(Set<String> principals, Optional<String> before, int studies);

  /// @param next where the next page begins; empty if there is none
  record Page(Map<StudyId, List<Grant.Line>> studies, Optional<String> next) {}

  /// Lines whose name begins like this, by name and at most so many.
  List<Grant.Line> named(Set<String> principals, String beginning, int most);

  /// Writes a row unless it is there; `false` if it is.
  boolean put(Grant grant);

  /// Writes what has changed of a row; `false` if it has gone meanwhile, and stays gone: whoever
  /// took it away knew more.
  boolean correct(Grant grant);

  void remove(Grant grant);
}
