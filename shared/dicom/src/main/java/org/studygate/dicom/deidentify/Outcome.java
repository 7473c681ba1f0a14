package org.studygate.dicom.deidentify;

import java.util.Optional;

/// What became of a file.
public sealed interface Outcome {

  /// The copy is written, to the last byte.
  ///
  /// @param sopInstance its UID
  /// @param look why a person must look at it before anybody else does; of a masked one, somebody
  // has
  record Copied(String sopInstance, Optional<BurnedIn> look) implements Outcome {}

  /// It does not go along. Nothing was written.
  record LeftOut(Why why) implements Outcome {}

  enum Why {
    /// Not an image: a report, a document, a plan.
    KIND("kind"),
    /// A stream in which words may lie where we do not look: video, JPEG XL.
    STREAM("stream"),
    /// An overlay within compressed pixels.
    OVERLAY("overlay"),
    /// Frames that cannot be decoded, so nothing in them can be blackened.
    UNDECODABLE("undecodable"),
    /// No region of the mask lies in the picture: whoever drew it saw another one.
    OUTSIDE("outside"),
    /// Not sound.
    DAMAGED("damaged");

    private final String code;

    Why(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
