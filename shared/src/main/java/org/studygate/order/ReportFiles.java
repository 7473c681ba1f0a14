package org.studygate.order;

import java.util.List;
import java.util.Optional;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.StudyId;

/// PDF files and the messages that name them, whichever comes first.
public interface ReportFiles {
  /// A file has come.
  void arrived(String file, Report.Pdf pdf);

  /// A report names it.
  void named(String file, Naming naming);

  Found find(String file);

  /// Where a report lies: below its study, else below its order.
  record Naming(OrderId order, Optional<StudyId> study, String report, String version) {}

  record Found(List<Report.Pdf> pdfs, List<Naming> namings) {
    /// The newest file of that name.
    public Optional<Report.Pdf> newest() {
      return pdfs.stream().max(java.util.Comparator.comparing(Report.Pdf::rank));
    }

    /// Two orders name one file: nobody can tell whose it is, so nobody gets it.
    public boolean disputed() {
      return namings.stream().map(Naming::order).distinct().count() > 1;
    }
  }
}
