package org.studygate.directory;

/// Somebody whom an account keeps at hand.
public record Favourite(Kind kind, String id) {
  /// As far as an id can be one of ours at all.
  public static boolean possible(String id) {
    return id.matches("[A-Za-z0-9_-]{1,64}");
  }
}
