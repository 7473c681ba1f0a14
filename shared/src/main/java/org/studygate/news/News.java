package org.studygate.news;

import java.util.List;
import org.studygate.access.Grant;
import org.studygate.notice.NewsMessage.What;
import org.studygate.notice.Outgoing;
import org.studygate.study.StudyId;

/// Of whom a study has been told already.
public interface News {
  /// The rows of a study that mappings gave to accounts, with what has not been told of each.
  List<Untold> untold(StudyId study);

  record Untold(Grant row, List<What> what) {}

  /// Notes that it has been told. Told before, or the row has gone: `false`, and nothing is done.
  boolean told(Grant row, What what);

  /// The same, with the mail that tells it: both or neither.
  boolean told(Grant row, What what, Outgoing mail);
}
