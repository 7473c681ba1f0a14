package org.studygate.access;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.studygate.department.Verification;
import org.studygate.order.BirthDate;
import org.studygate.platform.Pepper;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References;
import org.studygate.study.OrderId;

/// Registers the numbers that hospitals send with their orders. The same registration made twice,
/// or after a crash half way, ends in the same items; an older message never undoes a newer one.
public final class Registrar {
  private static final int BUCKET_ID_LENGTH = 32;

  private final References references;
  private final Buckets buckets;
  private final Pepper pepper;
  private final Clock clock;

  public Registrar(References references, Buckets buckets, Pepper pepper, Clock clock) {
    this.references = references;
    this.buckets = buckets;
    this.pepper = pepper;
    this.clock = clock;
  }

  /// What an order says of its number.
  ///
  /// @param version orders the messages about one order
  public record Registration(
      OrderId order,
      ReferenceNumber number,
      Verification verification,
      boolean report,
      Optional<String> destination,
      String language,
      BirthDate birthDate,
      Validity validity,
      String version) {
    @Override
    public String toString() {
      return "Registration[" + order.department() + "]";
    }
  }

  /// What became of it. Only `Registered` opens anything.
  public sealed interface Outcome {
    record Registered(String bucketId) implements Outcome {}

    /// It opens nothing, and what it was to open waits for a number of ours.
    record Waiting(String bucketId) implements Outcome {}

    /// It belongs to another order already, of whatever department.
    record Taken() implements Outcome {}

    /// A newer message about this order has been here.
    record Outdated() implements Outcome {}

    /// A person has ended it: it stays ended, the order needs another number.
    record Withdrawn() implements Outcome {}
  }

  /// The bucket that a number opens for an order, whether or not it has been registered. Whoever
  /// registers notes it with the order first, so that a later message finds it whatever happens.
  public String bucketFor(OrderId order, ReferenceNumber number) {
    return bucketId(order, Hashes.reference(pepper, number));
  }

  /// What waits for a number of ours where the hospital's is of no use, one for an order.
  public String bucketFor(OrderId order) {
    return bucketId(order, "ours");
  }

  public Outcome register(Registration registration) {
    var hash = Hashes.reference(pepper, registration.number());
    return register(registration, bucketId(registration.order(), hash), hash);
  }

  /// The number of this registration is of no use: what it was to open waits for one of ours. Where
  /// staff have made one, that one goes on with what the order says now.
  ///
  /// @param why the code of the receipt
  public Outcome refuse(Registration registration, String why) {
    var bucketId = bucketFor(registration.order());
    var waiting = bucket(registration, bucketId);
    return switch (buckets.refuse(waiting, why, registration.version())) {
      case WRITTEN -> new Outcome.Waiting(bucketId);
      case WITHDRAWN -> new Outcome.Withdrawn();
      case NEWER_THERE -> new Outcome.Outdated();
      case NUMBERED -> register(registration, bucketId, buckets.number(bucketId).orElseThrow());
    };
  }

  private Outcome register(Registration registration, String bucketId, String hash) {
    var entry =
        new References.Entry(
            bucketId,
            Hashes.birth(pepper, hash, registration.birthDate()),
            registration.birthDate().known());
    // The number comes first: a former date of birth lets nobody in any more before the bucket ends
    // what it has let in. A number whose bucket is not there yet opens nothing.
    return switch (references.register(hash, entry, registration.version())) {
      case TAKEN -> new Outcome.Taken();
      case NEWER_THERE -> new Outcome.Outdated();
      case WRITTEN ->
          switch (buckets.register(
              bucket(registration, bucketId), hash, entry.birthHash(), registration.version())) {
            case WRITTEN, NUMBERED -> new Outcome.Registered(bucketId);
            case WITHDRAWN -> new Outcome.Withdrawn();
            case NEWER_THERE -> new Outcome.Outdated();
          };
    };
  }

  public boolean paid(String bucketId) {
    return buckets.find(bucketId).filter(bucket -> bucket.paid().now()).isPresent();
  }

  /// The message of this version names the bucket's number no more. A later one may name it again.
  public void supersede(String bucketId, String version) {
    buckets.supersede(bucketId, version);
  }

  private String bucketId(OrderId order, String referenceHash) {
    return pepper.hash("bucket", order + "|" + referenceHash).substring(0, BUCKET_ID_LENGTH);
  }

  private Bucket bucket(Registration registration, String bucketId) {
    return new Bucket(
        bucketId,
        registration.order().department(),
        new Scope.OfOrder(registration.order()),
        registration.report(),
        registration.verification(),
        registration.destination(),
        registration.language(),
        registration.validity().from(),
        registration.validity().until(),
        false,
        false,
        Paid.NOTHING,
        0,
        Set.of(),
        Origin.registered(clock.instant()));
  }
}
