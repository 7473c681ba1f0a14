package org.studygate.order;

import java.util.List;
import java.util.stream.Stream;
import org.studygate.study.Report;

/// Reports that came by accession number.
///
/// @param certain this order's beyond doubt
/// @param doubtful perhaps another patient's, since the number has come to stand for several
public record OrderReports(List<Report.Version> certain, List<Report.Version> doubtful) {
  public Stream<Report.Version> all() {
    return Stream.concat(certain.stream(), doubtful.stream());
  }
}
