package org.studygate.access;

import java.util.Comparator;
import org.studygate.study.Facts;
import org.studygate.study.StudyContents;

/// Studies as a list shows them: by the date of the exam, the latest first.
final class NewestFirst {
  static final Comparator<StudyContents> ORDER =
      Comparator.comparing((StudyContents contents) -> moment(contents.study().facts()))
          .reversed()
          .thenComparing(contents -> contents.study().id().value());

  private NewestFirst() {}

  private static String moment(Facts facts) {
    return facts.date() + facts.time();
  }
}
