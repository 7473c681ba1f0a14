package org.studygate.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.limit.SourceLimits;
import org.studygate.limit.SourceLimits.Source;
import org.studygate.order.BirthDate;
import org.studygate.order.BirthDate.Known;
import org.studygate.platform.Pepper;
import org.studygate.reference.AsTyped;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References;
import org.studygate.reference.References.Entry;
import org.studygate.reference.References.Try;

/// Judges number and date of birth. Every refusal makes the same calls to the same tables and
/// computes the same hashes, so neither the answer nor its time tells which part was wrong
/// (security rules 10 to 12).
public final class Combination {
  private static final String NO_BUCKET = "none";
  private static final BirthDate NO_DATE = new BirthDate(1, 1, 1);

  private final SourceLimits limits;
  private final References references;
  private final Buckets buckets;
  private final Pepper pepper;
  private final Clock clock;

  public Combination(
      SourceLimits limits, References references, Buckets buckets, Pepper pepper, Clock clock) {
    this.limits = limits;
    this.references = references;
    this.buckets = buckets;
    this.pepper = pepper;
    this.clock = clock;
  }

  /// What is typed; a part that cannot be one is empty and judged like a wrong one.
  public record Typed(
      String text, Optional<ReferenceNumber> reference, Optional<BirthDate> dateOfBirth) {
    public static Typed of(String reference, String dateOfBirth) {
      return new Typed(reference, ReferenceNumber.typed(reference), AsTyped.date(dateOfBirth));
    }

    @Override
    public String toString() {
      return "Typed[…]";
    }
  }

  /// The judgement. `referenceHash` and `why` are for the trail, never for the visitor.
  public sealed interface Judgement {
    record Right(Bucket bucket) implements Judgement {}

    /// The combination is right, the bucket opens later.
    record NotYet(Bucket bucket) implements Judgement {}

    record Refused(String referenceHash, Why why) implements Judgement {}

    /// Too many wrong ones from where this came.
    record TooMany(Instant retryAt) implements Judgement {}
  }

  /// Why a combination was refused; written to the trail only.
  public enum Why {
    UNKNOWN,
    WRONG_DATE,
    BLOCKED,
    EXPIRED,
    WITHDRAWN
  }

  public Judgement judge(Typed typed, String clientAddress) {
    var now = clock.instant();
    var from = source(pepper, clientAddress);
    var room = limits.take(from, now);
    if (room.isPresent()) {
      return new Judgement.TooMany(room.get());
    }
    var hash =
        typed
            .reference()
            .map(number -> Hashes.reference(pepper, number))
            .orElseGet(() -> pepper.hash("no-reference", typed.text()));
    var tried = references.charge(hash, now);
    var entry = tried instanceof Try.Charged charged ? charged.entry() : Optional.<Entry>empty();
    var bucket = buckets.find(entry.map(Entry::bucketId).orElse(NO_BUCKET));
    // Somebody who knows more of the own birth than the hospital does is not wrong.
    var known = entry.map(Entry::known).orElse(Known.DAY);
    var birth = Hashes.birth(pepper, hash, typed.dateOfBirth().orElse(NO_DATE).upTo(known));
    var right =
        same(birth, entry.map(Entry::birthHash).orElse(""))
            && bucket.isPresent()
            && typed.reference().isPresent()
            && typed.dateOfBirth().isPresent();
    var why = refusal(tried, typed, bucket, right, now);
    if (why.isPresent()) {
      // The same two writes, whatever was typed. Blocked, a number ends what it has opened. A right
      // date is no guess, whatever has become of the number: renewed, it does not come back
      // blocked.
      buckets.endVisits(
          entry.map(Entry::bucketId).orElse(NO_BUCKET),
          !right && tried instanceof Try.Charged charged && charged.last());
      references.forgive(hash, right ? tried.counted() : 0);
      return new Judgement.Refused(hash, why.get());
    }
    references.forgive(hash, tried.counted());
    limits.giveBack(from, now);
    var opened = bucket.orElseThrow();
    return opened.open(now) ? new Judgement.Right(opened) : new Judgement.NotYet(opened);
  }

  private static Optional<Why> refusal(
      Try tried, Typed typed, Optional<Bucket> bucket, boolean right, Instant now) {
    if (tried instanceof Try.Blocked) {
      return Optional.of(Why.BLOCKED);
    }
    if (bucket.isEmpty() || typed.reference().isEmpty()) {
      return Optional.of(Why.UNKNOWN);
    }
    if (!right) {
      return Optional.of(Why.WRONG_DATE);
    }
    if (bucket.get().withdrawn()) {
      return Optional.of(Why.WITHDRAWN);
    }
    if (bucket.get().expired(now)) {
      return Optional.of(Why.EXPIRED);
    }
    return bucket.get().blocked() ? Optional.of(Why.BLOCKED) : Optional.empty(); // by wrong codes
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /// Addresses are personal data: the table of limits keeps keyed hashes of them.
  public static Source source(Pepper pepper, String clientAddress) {
    return new Source(
        pepper.hash("network", network(clientAddress)), pepper.hash("address", clientAddress));
  }

  /// IPv4 /24, IPv6 /48 as API Gateway writes them.
  static String network(String address) {
    var separator = address.indexOf(':') >= 0 ? ':' : '.';
    var at = -1;
    for (var i = 0; i < 3; i++) {
      var next = address.indexOf(separator, at + 1);
      if (next < 0) {
        return address;
      }
      at = next;
    }
    return address.substring(0, at);
  }
}
