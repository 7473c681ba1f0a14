package org.studygate.studyaccess;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.access.AccessDesk;
import org.studygate.access.Standing;
import org.studygate.study.Study;

/// How rows stand below one another: what was given on stands under what it came out of, and ends
/// with it.
///
/// @param standing the buckets of all rows of the study
record Below(Map<String, Standing> standing, Instant now) {
  /// What a row is, besides what it says.
  ///
  /// @param under the bucket that it was given on from
  record Line(
      String principal, Optional<String> by, Optional<String> under, Standing.State state) {}

  Line line(AccessDesk.Row row, Standing own, Study study) {
    var path = path(row);
    var above = path.isEmpty() ? Optional.<String>empty() : Optional.of(path.getLast());
    return new Line(principal(row), by(row), above, state(row, own, study));
  }

  /// Whose it is; of a row that names a bucket alone the bucket says it.
  String principal(AccessDesk.Row row) {
    return Optional.of(row.grant())
        .filter(grant -> grant.names())
        .flatMap(grant -> bucket(grant.bucket()))
        .flatMap(one -> one.bucket().share().recipient())
        .orElse(row.grant().principal());
  }

  Optional<String> by(AccessDesk.Row row) {
    return row.grant().names()
        ? bucket(row.grant().bucket()).flatMap(one -> one.bucket().origin().by())
        : row.grant().by();
  }

  Stream<Standing> above(AccessDesk.Row row) {
    return path(row).stream().flatMap(id -> bucket(id).stream());
  }

  /// Each follows what it came out of; otherwise as they came.
  String place(AccessDesk.Row row) {
    var whole = Stream.concat(path(row).stream(), Stream.of(row.grant().bucket()));
    return whole.map(this::moment).collect(Collectors.joining(" "));
  }

  private String moment(String id) {
    var from = bucket(id).map(one -> one.bucket().validFrom().getEpochSecond()).orElse(0L);
    return "%012d-%s".formatted(from, id);
  }

  /// What was taken out, or ended above, is over for this study, whatever the bucket says.
  private Standing.State state(AccessDesk.Row row, Standing own, Study study) {
    if (row.withdrawnAt().isPresent()) {
      return Standing.State.WITHDRAWN;
    }
    if (!ListAccess.shared(own.bucket())) {
      return own.state(now);
    }
    return Stream.concat(Stream.of(row.grant().bucket()), path(row).stream())
        .map(id -> bucket(id).filter(one -> ListAccess.opens(one.bucket(), study)))
        .map(one -> one.map(found -> found.state(now)).orElse(Standing.State.WITHDRAWN))
        .filter(state -> state != Standing.State.ACTIVE)
        .findFirst()
        .orElse(Standing.State.ACTIVE);
  }

  private List<String> path(AccessDesk.Row row) {
    return bucket(row.grant().bucket()).map(one -> one.bucket().share().path()).orElse(List.of());
  }

  private Optional<Standing> bucket(String id) {
    return Optional.ofNullable(standing.get(id));
  }

  @Override
  public String toString() {
    return "Below[" + standing.size() + "]";
  }
}
