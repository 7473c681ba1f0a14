package org.studygate.access;

import java.util.Optional;
import java.util.Set;
import org.studygate.audit.AuditEvent;

/// Who asks, as far as rights go.
public sealed interface Principal {
  /// Who this is in the trail: an id of ours, never a name.
  String who();

  /// The trail that tells what this one did where no study is concerned.
  String trail();

  /// Whoever came in with the number of a bucket, and has given the proof that it asks for.
  record Patient(Bucket bucket) implements Principal {
    @Override
    public String who() {
      return "patient:" + bucket.id();
    }

    @Override
    public String trail() {
      return AuditEvent.bucket(bucket.id());
    }
  }

  /// @param staffOf the department that this one works for
  /// @param proved `bucket@epoch` of each bucket whose code was given in this visit
  record Professional(
      String account, Set<String> groups, Optional<String> staffOf, Set<String> proved)
      implements Principal {
    public Professional {
      groups = Set.copyOf(groups);
      proved = Set.copyOf(proved);
    }

    @Override
    public String who() {
      return "professional:" + account;
    }

    @Override
    public String trail() {
      return AuditEvent.account(account);
    }
  }
}
