package org.studygate.dicom.video;

/// A stream that is not what it seemed to be, or that we do not put into another box.
final class BadVideo extends Exception {
  private static final long serialVersionUID = 1L;

  BadVideo(String why) {
    super(why);
  }
}
