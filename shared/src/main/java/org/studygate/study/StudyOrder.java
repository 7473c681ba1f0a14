package org.studygate.study;

import java.util.Comparator;

/// In which order things are shown: by their number, those without one last, then by UID.
final class StudyOrder {
  static final Comparator<Series> SERIES =
      Comparator.comparingInt((Series series) -> series.number().orElse(Integer.MAX_VALUE))
          .thenComparing(series -> series.uid().value());

  static final Comparator<Instance> INSTANCES =
      Comparator.comparingInt((Instance one) -> one.number().orElse(Integer.MAX_VALUE))
          .thenComparing(Instance::sopUid);

  private StudyOrder() {}
}
