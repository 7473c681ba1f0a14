package org.studygate.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Limits;
import org.studygate.order.BirthDate;
import org.studygate.order.BirthDate.Known;
import org.studygate.platform.Pepper;
import org.studygate.reference.AsTyped;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References;
import org.studygate.reference.References.Entry;
import org.studygate.reference.References.Try;

/// Judges number and date of birth. Whatever was typed, the same calls are made to the same tables
/// and the same hashes are computed, so neither the answer nor its time tells which part was wrong
/// (security rules 10 to 12).
public final class Combination {
  private static final String NO_BUCKET = "none";
  private static final BirthDate NO_DATE = new BirthDate(1, 1, 1);

  private final Limits limits;
  private final References references;
  private final Buckets buckets;
  private final Pepper pepper;
  private final Clock clock;

  public Combination(
      Limits limits, References references, Buckets buckets, Pepper pepper, Clock clock) {
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
    var from = sources(clientAddress);
    for (var source : from) {
      var room = limits.take(source.rule(), source.who(), now);
      if (room.isPresent()) {
        return new Judgement.TooMany(room.get());
      }
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
    // Blocked, a number ends what it has opened; every other try makes the same write.
    buckets.endVisits(
        entry.map(Entry::bucketId).orElse(NO_BUCKET),
        !right && tried instanceof Try.Charged charged && charged.last());
    // A right date is no guess, whatever has become of the number: renewed, it does not come back
    // blocked. Where nothing is to be forgiven, the same write takes off nothing.
    references.forgive(hash, right ? tried.counted() : 0);
    if (tried instanceof Try.Blocked) {
      return new Judgement.Refused(hash, Why.BLOCKED);
    }
    if (bucket.isEmpty() || typed.reference().isEmpty()) {
      return new Judgement.Refused(hash, Why.UNKNOWN);
    }
    if (!right) {
      return new Judgement.Refused(hash, Why.WRONG_DATE);
    }
    if (bucket.get().withdrawn() || bucket.get().expired(now)) {
      return new Judgement.Refused(hash, bucket.get().withdrawn() ? Why.WITHDRAWN : Why.EXPIRED);
    }
    if (bucket.get().blocked()) {
      return new Judgement.Refused(hash, Why.BLOCKED); // by wrong codes
    }
    for (var source : from) {
      limits.giveBack(source.rule(), source.who(), now);
    }
    return bucket.get().open(now)
        ? new Judgement.Right(bucket.get())
        : new Judgement.NotYet(bucket.get());
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private record Source(LimitRule rule, String who) {}

  /// Addresses are personal data: the table keeps keyed hashes of them.
  private List<Source> sources(String clientAddress) {
    return List.of(
        new Source(LimitRule.LOGIN_ADDRESS, pepper.hash("address", clientAddress)),
        new Source(LimitRule.LOGIN_NETWORK, pepper.hash("network", network(clientAddress))));
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
