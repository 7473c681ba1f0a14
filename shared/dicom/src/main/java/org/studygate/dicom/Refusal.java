package org.studygate.dicom;

/// Ends a walk from any depth of it; never leaves the package, where it becomes a [Rejected].
final class Refusal extends Exception {
  private final Rejected rejected;

  Refusal(Reason reason, long offset) {
    super(reason.code(), null, false, false); // a refused file is ordinary: no stack trace
    this.rejected = new Rejected(reason, offset);
  }

  Rejected rejected() {
    return rejected;
  }
}
