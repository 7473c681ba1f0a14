package org.studygate.study;

import java.util.regex.Pattern;

/// An order is known by its department and its accession number.
public record OrderId(String department, String accession) {
  private static final Pattern DEPARTMENT = Pattern.compile("[a-z0-9-]{2,32}");
  private static final int LONGEST = 64;

  public OrderId {
    if (!DEPARTMENT.matcher(department).matches()) {
      throw new IllegalArgumentException("not a department");
    }
    if (accession.isBlank() || accession.length() > LONGEST) {
      throw new IllegalArgumentException("not an accession number");
    }
  }

  public static OrderId parse(String text) {
    var slash = text.indexOf('/');
    return new OrderId(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
  }

  /// Whether an accession number of a file or a message can be part of an id.
  public static boolean possible(String accession) {
    return !accession.isBlank() && accession.length() <= LONGEST;
  }

  @Override
  public String toString() {
    return department + "/" + accession;
  }
}
