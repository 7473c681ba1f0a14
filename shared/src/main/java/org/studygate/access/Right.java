package org.studygate.access;

/// What is asked for.
public enum Right {
  /// To know that the study is there.
  STUDY,
  /// Pictures, and what else is there that is no report.
  IMAGES,
  REPORT
}
