package org.studygate.order;

import java.util.List;
import java.util.Optional;
import org.studygate.department.IntakeRules;
import org.studygate.study.OrderId;

/// The orders of a department as its own people look for them.
public interface OrderDesk {
  /// The newest first, by when they were placed.
  ///
  /// @param before where a page before ended
  Page page(String department, Optional<String> before, int limit);

  /// By accession number, patient id, date of birth, or names in any order: as many as `limit`,
  /// the newest of each kind first. What is found is read again, so it is what was looked for.
  List<OrderId> search(String department, String sought, IntakeRules rules, int limit);

  /// Our own name of an order, for addresses: nobody can tell the accession number from it.
  static String name(OrderId order) {
    return OrderItems.name(order);
  }

  /// By our own name of it.
  Optional<OrderId> named(String department, String name);

  /// An order as it is now; empty if it has not come.
  Optional<Line> line(OrderId order);

  /// @param next continues where this page ends
  record Page(List<OrderId> orders, Optional<String> next) {}

  /// @param name our own, for addresses
  /// @param bucket what its number opens now
  record Line(String name, OrderId id, OrderContents contents, Optional<String> bucket) {
    @Override
    public String toString() {
      return "Line[" + name + "]";
    }
  }
}
