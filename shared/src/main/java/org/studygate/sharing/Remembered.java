package org.studygate.sharing;

/// What somebody chose the last time, and begins with the next.
public record Remembered(boolean twoFactor, boolean mail, boolean tellOpened) {
  /// Of who has shared nothing yet.
  public static final Remembered FIRST = new Remembered(false, true, false);
}
