package org.studygate.department;

/// How far two colours stand apart, from 1 to 21 (WCAG 2.2, contrast ratio).
final class Contrast {
  private Contrast() {}

  static double between(String one, String other) {
    var lighter = Math.max(luminance(one), luminance(other));
    var darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
  }

  private static double channel(String colour, int at) {
    var value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
