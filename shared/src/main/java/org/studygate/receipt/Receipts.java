package org.studygate.receipt;

/// Tells a department what became of what it sent. Told twice, it is one receipt.
public interface Receipts {
  void tell(Receipt receipt);
}
