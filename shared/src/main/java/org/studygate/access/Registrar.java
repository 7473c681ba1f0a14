package org.studygate.access;

import java.util.Optional;
import java.util.function.Predicate;
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

  public Registrar(References references, Buckets buckets, Pepper pepper) {
    this.references = references;
    this.buckets = buckets;
    this.pepper = pepper;
  }

  /// What an order says of its number.
  ///
  /// @param strong whether a number is hard enough to guess for this department
  /// @param version orders the messages about one order
  public record Registration(
      String department,
      String orderId,
      String number,
      Predicate<ReferenceNumber> strong,
      Verification verification,
      boolean report,
      Optional<String> destination,
      String language,
      BirthDate birthDate,
      Validity validity,
      String version) {
    @Override
    public String toString() {
      return "Registration[" + department + "]";
    }
  }

  /// What became of it. Only `Registered` opens anything.
  public sealed interface Outcome {
    record Registered(String bucketId) implements Outcome {}

    /// Too easy to guess for this department.
    record TooWeak() implements Outcome {}

    /// Nothing that somebody could type: see [ReferenceNumber#typed].
    record NoNumber() implements Outcome {}

    /// It belongs to another order already, of whatever department.
    record Taken() implements Outcome {}

    /// A newer message about this order has been here.
    record Outdated() implements Outcome {}

    /// A person has ended it: it stays ended, the order needs another number.
    record Withdrawn() implements Outcome {}
  }

  /// @param noted is told the bucket before anything opens it, so that whoever withdraws this
  ///     order's buckets finds it whatever happens next; `false` stops here
  public Outcome register(Registration registration, Predicate<String> noted) {
    var number = ReferenceNumber.typed(registration.number());
    if (number.isEmpty()) {
      return new Outcome.NoNumber();
    }
    if (!registration.strong().test(number.get())) {
      return new Outcome.TooWeak();
    }
    var hash = Hashes.reference(pepper, number.get());
    var bucketId = bucketId(registration.orderId(), hash);
    if (!noted.test(bucketId)) {
      return new Outcome.Outdated();
    }
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
            case WRITTEN -> new Outcome.Registered(bucketId);
            case WITHDRAWN -> new Outcome.Withdrawn();
            case NEWER_THERE -> new Outcome.Outdated();
          };
    };
  }

  /// The bucket that this number opens for this order, if it has been paid for.
  public Optional<String> paid(String orderId, String number) {
    return ReferenceNumber.typed(number)
        .map(typed -> bucketId(orderId, Hashes.reference(pepper, typed)))
        .flatMap(buckets::find)
        .filter(bucket -> bucket.paid().now())
        .map(Bucket::id);
  }

  /// The message of this version names the bucket's number no more. A later one may name it again.
  public void supersede(String bucketId, String version) {
    buckets.supersede(bucketId, version);
  }

  private String bucketId(String orderId, String referenceHash) {
    return pepper.hash("bucket", orderId + '|' + referenceHash).substring(0, BUCKET_ID_LENGTH);
  }

  private static Bucket bucket(Registration registration, String bucketId) {
    return new Bucket(
        bucketId,
        registration.department(),
        new Scope.OfOrder(OrderId.parse(registration.orderId())),
        registration.report(),
        registration.verification(),
        registration.destination(),
        registration.language(),
        registration.validity().from(),
        registration.validity().until(),
        false,
        false,
        Paid.NOTHING,
        0);
  }
}
