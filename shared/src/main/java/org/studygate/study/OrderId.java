package org.studygate.study;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.department.IntakeRules;

/// An order is known by its department and its accession number, as [#of] makes it of what a file
/// or a message says.
public record OrderId(String department, String accession) {
  private static final Pattern DEPARTMENT = Pattern.compile("[a-z0-9-]{2,32}");
  private static final int LONGEST = 64;

  public OrderId {
    if (!DEPARTMENT.matcher(department).matches()) {
      throw new IllegalArgumentException("not a department");
    }
    if (!possible(accession)) {
      throw new IllegalArgumentException("not an accession number");
    }
  }

  /// The one place where an accession number is read: orders, reports and files pad it each in
  /// their own way, and most hospitals mean the same by `a17` and `A17`. Empty if it cannot name
  /// an order.
  public static Optional<OrderId> of(String department, String accession, IntakeRules rules) {
    var bare = Blanks.strip(accession);
    var normal = rules.accessionCaseKept() ? bare : bare.toUpperCase(Locale.ROOT);
    return possible(normal) ? Optional.of(new OrderId(department, normal)) : Optional.empty();
  }

  public static OrderId parse(String text) {
    var slash = text.indexOf('/');
    return new OrderId(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
  }

  /// Whether an accession number can be part of an id.
  public static boolean possible(String accession) {
    return !accession.isBlank() && accession.length() <= LONGEST;
  }

  @Override
  public String toString() {
    return department + "/" + accession;
  }
}
