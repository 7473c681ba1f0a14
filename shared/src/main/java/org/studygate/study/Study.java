package org.studygate.study;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A study as far as it has come. Totals and facts are those of the last roll-up.
///
/// @param link to the order it belongs to: the only one that counts
/// @param whose every person and accession number that its files name, as far as they are kept;
///     more than one person is a fault of the sender
/// @param instances those that show a picture
/// @param received all, documents included
/// @param firstCompleteAt when it became available; a late instance reopens it, never hides it
/// @param flags what staff should look at: `other-bytes`, and those of the link
/// @param flaggedAt since when the link has its flags
/// @param revision rises with every change, so that a decision made on older facts is not written
/// @param copyOf of a copy without the person: of what, and for whom
public record Study(
    StudyId id,
    String department,
    String uid,
    Studies.Link link,
    Set<Whose> whose,
    Facts facts,
    boolean complete,
    int series,
    int instances,
    int received,
    List<String> modalities,
    Optional<Instant> firstCompleteAt,
    Optional<Instant> lastReceivedAt,
    Expectation expectation,
    Set<String> flags,
    Optional<Instant> flaggedAt,
    long revision,
    Optional<Copy> copyOf) {
  private static final String COPIES = "anon/";

  /// Of a copy, whose objects lie apart from those of departments: so nothing that is sent can come
  /// to lie among them.
  ///
  /// @param source the study that was copied
  /// @param bucket the only one that opens it
  public record Copy(StudyId source, String bucket) {
    public String shelf() {
      return COPIES + bucket;
    }
  }

  /// As it came.
  public Study(
      StudyId id,
      String department,
      String uid,
      Studies.Link link,
      Set<Whose> whose,
      Facts facts,
      boolean complete,
      int series,
      int instances,
      int received,
      List<String> modalities,
      Optional<Instant> firstCompleteAt,
      Optional<Instant> lastReceivedAt,
      Expectation expectation,
      Set<String> flags,
      Optional<Instant> flaggedAt,
      long revision) {
    this(
        id,
        department,
        uid,
        link,
        whose,
        facts,
        complete,
        series,
        instances,
        received,
        modalities,
        firstCompleteAt,
        lastReceivedAt,
        expectation,
        flags,
        flaggedAt,
        revision,
        Optional.empty());
  }

  /// So many different ones are kept; what comes after is held back.
  public static final int MOST_WHOSE = 100;

  /// A study that an order names and of which no instance has come.
  public static Study announced(StudyId id, OrderId order) {
    var expectation = new Expectation(Optional.empty(), Optional.empty(), Optional.empty(), 0);
    return new Study(
        id,
        order.department(),
        "",
        new Studies.Link(Optional.of(order), Optional.empty(), Set.of(), Set.of()),
        Set.of(),
        Facts.NONE,
        false,
        0,
        0,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        expectation,
        Set.of(),
        Optional.empty(),
        0);
  }

  /// Under what its objects lie.
  public String shelf() {
    return copyOf.map(Copy::shelf).orElse(department);
  }

  /// Whether it is what a department made, and no copy of it.
  public boolean original() {
    return copyOf.isEmpty();
  }

  public Optional<OrderId> order() {
    return link.order();
  }

  public Set<Person> persons() {
    return whose.stream().map(Whose::person).collect(Collectors.toUnmodifiableSet());
  }

  /// Whether its files name more than one person, or one in more than one way.
  public boolean mixed() {
    return persons().size() > 1;
  }

  /// Whether what is about this person belongs to the order's patient. All else is held back.
  public boolean shows(Person person) {
    return link.shown().contains(person);
  }

  /// As it would be under another link.
  public Study linked(Studies.Link other) {
    return new Study(
        id,
        department,
        uid,
        other,
        whose,
        facts,
        complete,
        series,
        instances,
        received,
        modalities,
        firstCompleteAt,
        lastReceivedAt,
        expectation,
        flags,
        flaggedAt,
        revision,
        copyOf);
  }

  Study about(Facts other) {
    return new Study(
        id,
        department,
        uid,
        link,
        whose,
        other,
        complete,
        series,
        instances,
        received,
        modalities,
        firstCompleteAt,
        lastReceivedAt,
        expectation,
        flags,
        flaggedAt,
        revision,
        copyOf);
  }

  public boolean hasImages() {
    return instances > 0;
  }

  /// What was announced of the study's size.
  ///
  /// @param doneAt when the sender said that it had sent everything
  /// @param done how many that were, if it said so
  /// @param ordered what the order expects
  /// @param completeAt with how many instances it was complete last
  public record Expectation(
      Optional<Instant> doneAt,
      Optional<Integer> done,
      Optional<Integer> ordered,
      int completeAt) {}

  @Override
  public String toString() {
    return "Study[" + id + "]";
  }
}
