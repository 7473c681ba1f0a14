package org.studygate.study;

import java.util.regex.Pattern;

/// The UID of a series; digits and dots, so it may stand in keys.
public record SeriesUid(String value) {
  private static final Pattern SHAPE = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  public SeriesUid {
    if (!isUid(value)) {
      throw new IllegalArgumentException("not a UID");
    }
  }

  public static boolean isUid(String text) {
    return text.length() <= 64 && SHAPE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
