package org.studygate.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a bucket has besides that somebody gave to people with accounts: to whom, what it came out
/// of, and how far it goes.
///
/// @param recipient `account:…`, `group:…` or `department:…`; empty of whoever has no account
/// @param path the buckets that it was given on from, the first of all in front; none where it was
///     given by who sees the studies by a right of their own
/// @param further whether whoever has it may give it on
/// @param write whether its reports may be written, not only read
/// @param message to whom it was given
/// @param urgent its mail said so
/// @param openedAt when it was opened first, by whomever
/// @param unsent its recipient could not be told of it
/// @param tellOpened who gave it wants to hear when it is opened first
public record Share(
    Optional<String> recipient,
    List<String> path,
    boolean further,
    boolean write,
    Optional<String> message,
    boolean urgent,
    Optional<Instant> openedAt,
    boolean unsent,
    boolean tellOpened) {
  /// Of what is no share: it came out of nothing else, and goes no further.
  public static final Share NONE =
      new Share(
          Optional.empty(), List.of(), false, false, Optional.empty(), false, Optional.empty());

  /// So many buckets one above the other.
  public static final int DEEPEST = 4;

  public Share {
    path = List.copyOf(path);
    if (path.size() >= DEEPEST) {
      throw new IllegalArgumentException("given on too often");
    }
  }

  /// As it is given.
  public Share(
      Optional<String> recipient,
      List<String> path,
      boolean further,
      boolean write,
      Optional<String> message,
      boolean urgent,
      Optional<Instant> openedAt) {
    this(recipient, path, further, write, message, urgent, openedAt, false, false);
  }

  /// Whoever gave it hears when it is opened first.
  public Share telling(boolean opened) {
    return new Share(recipient, path, further, write, message, urgent, openedAt, unsent, opened);
  }

  @Override
  public String toString() {
    return "Share[…]";
  }
}
