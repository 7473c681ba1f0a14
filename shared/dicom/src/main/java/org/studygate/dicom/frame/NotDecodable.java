package org.studygate.dicom.frame;

/// A frame that we cannot turn into a picture. The original stays as it is.
public record NotDecodable(Why why) implements Decoded {
  public enum Why {
    NO_PIXELS("no-pixels"),
    NO_SUCH_FRAME("no-such-frame"),
    UNSUPPORTED_SYNTAX("unsupported-syntax"),
    UNSUPPORTED_PIXELS("unsupported-pixels"),
    TOO_LARGE("too-large"),
    TOO_SLOW("too-slow"),
    DAMAGED("damaged");

    private final String code;

    Why(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    @Override
    public String toString() {
      return code;
    }
  }
}
