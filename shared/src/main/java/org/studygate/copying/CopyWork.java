package org.studygate.copying;

import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// Asks for copies to be made. Lost or doubled it does no harm: what is to be done is noted.
public interface CopyWork {
  /// To look at what is to be done for a bucket.
  void look(String bucket);

  /// To copy one series.
  void copy(StudyId copy, SeriesUid series);
}
