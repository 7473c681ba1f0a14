package org.studygate.dicom.deidentify;

import java.util.List;

/// What becomes of an element.
enum Action {
  /// It goes.
  REMOVE,
  /// Its value goes.
  EMPTY,
  /// A value that is the same in every copy takes its place.
  DUMMY,
  /// A UID becomes a new one.
  UID,
  /// The items of a sequence are treated as the data set is.
  CLEAN,
  /// It stays as it is; of a sequence, its items are treated.
  KEEP;

  /// Of a code that leaves the choice to the type of the element, the one that keeps any object
  /// valid: nobody has to look the type up.
  static Action of(String code) {
    var choices = List.of(code.split("/"));
    if (choices.contains("U*")) {
      return CLEAN;
    }
    if (choices.contains("D")) {
      return DUMMY;
    }
    if (choices.contains("U")) {
      return UID;
    }
    if (choices.contains("Z")) {
      return EMPTY;
    }
    if (choices.equals(List.of("X"))) {
      return REMOVE;
    }
    throw new IllegalArgumentException("unknown code " + code);
  }
}
