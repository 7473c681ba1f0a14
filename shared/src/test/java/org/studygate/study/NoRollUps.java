package org.studygate.study;

/// Nobody builds anything.
public record NoRollUps() implements RollUps {
  @Override
  public void later(StudyId study, SeriesUid series, long gen) {}

  @Override
  public void now(StudyId study, SeriesUid series) {}

  @Override
  public void now(StudyId study) {}
}
