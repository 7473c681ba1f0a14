package org.studygate.dicom.frame;

/// Ends a decoder from within; becomes [NotDecodable].
public final class Undecodable extends Exception {
  private final NotDecodable.Why why;

  Undecodable(NotDecodable.Why why) {
    super(why.code(), null, false, false);
    this.why = why;
  }

  NotDecodable.Why why() {
    return why;
  }
}
