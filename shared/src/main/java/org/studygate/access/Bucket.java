package org.studygate.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.studygate.department.Verification;

/// What is given in one act, and how it is opened: by a number, until when and after which proof;
/// or by a mapping or a department, which last until somebody ends them and ask for nothing.
/// `epoch` rises with every withdrawal, unlock, block by dates of birth, and with a correction that
/// changes who may come in; a challenge or session of an earlier epoch is dead.
///
/// @param validFrom with `validUntil` what the order says; what is paid for is not bound by it
/// @param blocked too many codes were wrong in a row; somebody has to unlock it
/// @param added `account@epoch` of those who added its number to their list, with the epoch at
///     which they showed what it asks for
/// @param origin how it came to be
/// @param share to whom it was given, and how far it goes
public record Bucket(
    String id,
    String department,
    Scope scope,
    boolean report,
    Verification verification,
    Optional<String> destination,
    String language,
    Instant validFrom,
    Instant validUntil,
    boolean withdrawn,
    boolean blocked,
    Paid paid,
    long epoch,
    Set<String> added,
    Origin origin,
    Share share) {
  public Bucket {
    added = Set.copyOf(added);
  }

  /// One that was given on by nobody, and goes no further.
  public Bucket(
      String id,
      String department,
      Scope scope,
      boolean report,
      Verification verification,
      Optional<String> destination,
      String language,
      Instant validFrom,
      Instant validUntil,
      boolean withdrawn,
      boolean blocked,
      Paid paid,
      long epoch,
      Set<String> added,
      Origin origin) {
    this(
        id,
        department,
        scope,
        report,
        verification,
        destination,
        language,
        validFrom,
        validUntil,
        withdrawn,
        blocked,
        paid,
        epoch,
        added,
        origin,
        Share.NONE);
  }

  /// Of a number that a hospital sent and nobody has added to a list.
  public Bucket(
      String id,
      String department,
      Scope scope,
      boolean report,
      Verification verification,
      Optional<String> destination,
      String language,
      Instant validFrom,
      Instant validUntil,
      boolean withdrawn,
      boolean blocked,
      Paid paid,
      long epoch) {
    this(
        id,
        department,
        scope,
        report,
        verification,
        destination,
        language,
        validFrom,
        validUntil,
        withdrawn,
        blocked,
        paid,
        epoch,
        Set.of(),
        Origin.REGISTERED);
  }

  /// One that is of no number.
  static Bucket lasting(String id, String department, Scope scope, boolean withdrawn) {
    return new Bucket(
        id,
        department,
        scope,
        true,
        Verification.DATE_OF_BIRTH,
        Optional.empty(),
        "",
        Instant.EPOCH,
        Instant.MAX,
        withdrawn,
        false,
        Paid.NOTHING,
        0,
        Set.of(),
        Origin.of(scope));
  }

  /// The bucket of a mapping, one for its whole life.
  public static String ofMapping(String mapping) {
    return "mapping-" + mapping;
  }

  public static String ofDepartment(String department) {
    return "department-" + department;
  }

  /// Whether it opens anything at this moment.
  public boolean open(Instant now) {
    return !blocked && valid(now);
  }

  /// The same for a code that has been counted already: as the last try it may be the right one.
  /// `validUntil` is the start of the first day after.
  public boolean valid(Instant now) {
    return !withdrawn
        && origin.ready()
        && !expired(now)
        && (paid.now() || !now.isBefore(validFrom));
  }

  public boolean expired(Instant now) {
    return until().filter(end -> !now.isBefore(end)).isPresent();
  }

  /// When it ends by itself; empty if it does not.
  public Optional<Instant> until() {
    return paid.now()
        ? paid.until()
        : Optional.of(validUntil).filter(end -> !end.equals(Instant.MAX));
  }

  /// As it is once it has been paid for.
  public Bucket paidFor() {
    return new Bucket(
        id,
        department,
        scope,
        report,
        verification,
        destination,
        language,
        validFrom,
        validUntil,
        withdrawn,
        blocked,
        new Paid(true, Optional.empty(), paid.returned()),
        epoch,
        added,
        origin,
        share);
  }

  /// What a visit keeps of a code that was given: `bucket@epoch`.
  public static String proof(String id, long epoch) {
    return id + '@' + epoch;
  }

  /// Whoever added its number, at whatever epoch.
  Set<String> addedBy() {
    return added.stream()
        .map(one -> one.substring(0, one.lastIndexOf('@')))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether this account has added its number, and since then nothing asks for the proof anew.
  public boolean addedBy(String account) {
    return added.contains(account + '@' + epoch);
  }

  @Override
  public String toString() {
    return "Bucket[" + id + "]";
  }
}
