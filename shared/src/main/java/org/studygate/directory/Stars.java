package org.studygate.directory;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.account.Shown;
import org.studygate.department.Departments;
import org.studygate.dynamo.Together;

/// The favourites of somebody, as they are at this moment: who is gone or hides is left out, and
/// comes back when that is over.
public final class Stars {
  private final Directory directory;
  private final Favourites favourites;
  private final Departments departments;

  public Stars(Directory directory, Favourites favourites, Departments departments) {
    this.directory = directory;
    this.favourites = favourites;
    this.departments = departments;
  }

  /// What became of a star.
  public enum Outcome {
    KEPT,
    /// There is no such one, or none that this one sees.
    NOT_FOUND,
    TOO_MANY
  }

  /// Empty where whoever asks may not.
  public Optional<List<Line>> list(Asker asker) {
    return lines(asker, favourites.of(asker.account()));
  }

  private Optional<List<Line>> lines(Asker asker, Set<Favourite> kept) {
    var people =
        Stream.concat(ids(kept, Kind.USER).stream(), Stream.of(asker.account()))
            .collect(toUnmodifiableSet());
    var read =
        Together.both(() -> directory.read(people, ids(kept, Kind.GROUP)), departments::list);
    var standing = read.first();
    return asker.inForce(
        standing,
        () -> {
          var persons =
              ids(kept, Kind.USER).stream()
                  .filter(id -> !id.equals(asker.account()))
                  .flatMap(id -> here(standing.accounts(), id))
                  .flatMap(account -> Shown.of(account).stream())
                  .map(shown -> Line.of(shown, true));
          var groups =
              ids(kept, Kind.GROUP).stream()
                  .flatMap(id -> here(standing.groups(), id))
                  .filter(asker::sees)
                  .map(group -> Line.of(group, true));
          var houses = ids(kept, Kind.DEPARTMENT);
          var named =
              read.second().stream()
                  .filter(one -> houses.contains(one.id()))
                  .map(one -> Line.of(one, true));
          return Stream.of(persons, groups, named)
              .flatMap(lines -> lines)
              .sorted(Comparator.comparing(Line::name).thenComparing(Line::id))
              .toList();
        });
  }

  private static <T> Stream<T> here(Map<String, T> all, String id) {
    return Stream.ofNullable(all.get(id));
  }

  private static Set<String> ids(Set<Favourite> kept, Kind kind) {
    return kept.stream()
        .filter(one -> one.kind() == kind)
        .map(Favourite::id)
        .collect(toUnmodifiableSet());
  }

  /// Nobody is kept who is not found: an id tells nothing that a search does not.
  public Outcome keep(Asker asker, Favourite favourite) {
    if (lines(asker, Set.of(favourite)).filter(lines -> !lines.isEmpty()).isEmpty()) {
      return Outcome.NOT_FOUND;
    }
    return favourites.keep(asker.account(), favourite) ? Outcome.KEPT : Outcome.TOO_MANY;
  }

  /// One that was never there is gone likewise.
  public void drop(Asker asker, String id) {
    favourites.drop(asker.account(), id);
  }
}
