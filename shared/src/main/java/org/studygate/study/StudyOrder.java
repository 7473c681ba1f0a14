package org.studygate.study;

import java.util.Comparator;

/// In which order things are shown: by their number, those without one last, then by UID.
public final class StudyOrder {
  public static final Comparator<Series> SERIES =
      Comparator.comparingInt((Series series) -> series.number().orElse(Integer.MAX_VALUE))
          .thenComparing(series -> series.uid().value());

  public static final Comparator<Instance> INSTANCES =
      Comparator.comparingInt((Instance one) -> one.number().orElse(Integer.MAX_VALUE))
          .thenComparing(Instance::sopUid);

  private StudyOrder() {}
}
