package org.studygate.studyingest;

import java.time.Duration;
import java.util.Set;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// An instance that lies in its place.
///
/// @param quiet how long its department waits for more
record Filed(
    StudyId study,
    String department,
    String studyUid,
    SeriesUid series,
    Set<String> patients,
    Set<String> accessions,
    Duration quiet) {
  @Override
  public String toString() {
    return "Filed[" + study + "]";
  }
}
