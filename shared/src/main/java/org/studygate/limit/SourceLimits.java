package org.studygate.limit;

import java.time.Instant;
import java.util.Optional;

/// How many wrong combinations may come from one place: one address, and the network that it is in.
public interface SourceLimits {
  /// Keyed hashes, since addresses are personal data.
  record Source(String network, String address) {}

  /// Counts one for both. Empty: counted; else neither is, and there is room again at that time.
  Optional<Instant> take(Source source, Instant now);

  /// Takes one back that was taken at that time: it turned out to be a genuine visitor.
  void giveBack(Source source, Instant now);
}
