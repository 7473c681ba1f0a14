package org.studygate.dicom.guard;

/// What we let pass as a UID: digits and dots, so that no key made of it can ever climb out of its
/// folder.
public final class Uids {
  private Uids() {}

  /// `[0-9]+(\.[0-9]+)*`, at most 64 characters.
  public static boolean valid(String uid) {
    if (uid.isEmpty() || uid.length() > 64) {
      return false;
    }
    var afterDot = true;
    for (var i = 0; i < uid.length(); i++) {
      var c = uid.charAt(i);
      if (c == '.') {
        if (afterDot) {
          return false;
        }
        afterDot = true;
      } else if (c >= '0' && c <= '9') {
        afterDot = false;
      } else {
        return false;
      }
    }
    return !afterDot;
  }
}
