package org.studygate.studyingest;

import java.time.Duration;
import java.util.Optional;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// An instance whose objects lie in their places.
///
/// @param quiet how long its department waits for more
/// @param announced how many instances the file says its study has
/// @param item what is still to be written of it; empty where it is there already
/// @param first whether nobody had stored the original before: then nobody else has written of it
record Filed(
    StudyId study,
    String department,
    String studyUid,
    SeriesUid series,
    Whose whose,
    Duration quiet,
    Optional<Integer> announced,
    Optional<Studies.Filed> item,
    boolean first) {
  @Override
  public String toString() {
    return "Filed[" + study + "]";
  }
}
