package org.studygate.receipt;

/// Writes down what a department is told for the people at its desk; the objects of the
/// bucket are for its systems.
public interface ReceiptNotes {
  /// Tells whether it was new: what is there stays.
  ///
  /// @param id begins with the time of the receipt
  boolean note(Receipt receipt, String id);
}
