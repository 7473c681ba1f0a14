package org.studygate.sharing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Bucket;
import org.studygate.access.Given;
import org.studygate.access.Grant;
import org.studygate.audit.AuditEvent;
import org.studygate.directory.Favourite;
import org.studygate.notice.Outgoing;
import org.studygate.order.BirthDate.Known;

/// Acts of sharing, for a month; and what somebody begins with the next time.
public interface Shares {
  /// So long the same wish is answered as it was.
  Duration KEPT = Duration.ofDays(30);

  /// So many things one act may write.
  int MOST_WRITES = 100;

  /// An act as it was done.
  ///
  /// @param digest of what was asked for
  record Act(String digest, Instant at, Shared shared) {}

  Optional<Act> find(String id);

  /// Rows say where to look and give nothing alone: they are written first, and taken away again if
  /// nothing comes of the rest. Act, buckets, numbers, mails, events, favourites and what is
  /// remembered: all or nothing.
  Outcome write(Writing writing);

  enum Outcome {
    DONE,
    /// This act has been done: look again.
    DONE_BEFORE,
    /// What it was given on from has ended or become narrower meanwhile.
    PARENT_GONE
  }

  Remembered remembered(String account);

  /// A bucket with the number that opens it, of whoever has no account.
  record Numbered(Bucket bucket, String referenceHash, String birthHash, Known birthKnown) {
    @Override
    public String toString() {
      return "Numbered[" + bucket + "]";
    }
  }

  /// @param buckets of those who have accounts
  /// @param parents by id, those buckets that come out of it
  record Writing(
      Act act,
      Given given,
      List<Grant> rows,
      List<Bucket> buckets,
      List<Numbered> numbers,
      Map<String, List<Bucket>> parents,
      List<Outgoing> mails,
      Remembered remembered,
      Set<Favourite> favourites,
      List<AuditEvent> events) {
    /// How many things its transaction writes or looks at.
    int size() {
      return 2
          + buckets.size()
          + 2 * numbers.size()
          + parents.size()
          + mails.size()
          + (act.shared().anonymized() ? buckets.size() + numbers.size() : 0)
          + favourites.size()
          + events.size();
    }

    @Override
    public String toString() {
      return "Writing[…]";
    }
  }
}
