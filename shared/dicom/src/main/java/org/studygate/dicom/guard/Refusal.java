package org.studygate.dicom.guard;

/// Ends a walk from any depth of it; whoever opens the file turns it into an answer. `offset` is
/// where in the file (for a deflated file: in its inflated part) the fault lies.
public final class Refusal extends Exception {
  private final Reason reason;
  private final long offset;

  public Refusal(Reason reason, long offset) {
    super(reason.code(), null, false, false); // a refused file is ordinary: no stack trace
    this.reason = reason;
    this.offset = offset;
  }

  public Reason reason() {
    return reason;
  }

  public long offset() {
    return offset;
  }
}
