package org.studygate.study;

/// Asks for a series to be built again or a study to be judged.
public interface RollUps {
  /// Soon: more instances of the series are likely to come, and then the last message counts.
  void later(StudyId study, SeriesUid series, long gen);

  /// Now, whatever generation it is.
  void now(StudyId study, SeriesUid series);

  /// Now: how the study stands, when something other than an instance has come.
  void now(StudyId study);
}
