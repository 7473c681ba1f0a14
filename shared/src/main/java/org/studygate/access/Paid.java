package org.studygate.access;

import java.time.Instant;
import java.util.Optional;

/// What has been paid for a bucket, written in the transaction that settles it. Paid for means any
/// time: neither the day a number ends nor a policy's maximum takes it away (product.md 3.4).
///
/// @param now whether it is paid for at this moment
/// @param until the end of the images' retention, as it was said before paying; empty: none
/// @param returned the epoch that began when money went back; 0: it never did
public record Paid(boolean now, Optional<Instant> until, long returned) {
  public static final Paid NOTHING = new Paid(false, Optional.empty(), 0);
}
