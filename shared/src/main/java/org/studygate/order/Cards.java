package org.studygate.order;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// What lists show of studies.
public interface Cards {
  /// As many as there are, in one request for a hundred; one that is not there is left out.
  Map<StudyId, Shown> find(Collection<StudyId> studies);

  /// @param study as it stands, to tell where it belongs at this moment
  record Shown(Study study, Card card) {}

  Optional<Standing> standing(StudyId study);

  /// Writes a card with its terms; false if somebody has written one since `standing` was read.
  boolean put(Card card, Optional<Standing> standing);

  /// The studies of this term, the newest first, at most so many. From an index: a hint where to
  /// look, no right.
  List<StudyId> under(Term term, int most);

  /// @param stamp rises with every writing
  record Standing(Card card, long stamp) {}
}
