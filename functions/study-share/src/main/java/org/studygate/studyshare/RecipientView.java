package org.studygate.studyshare;

import java.util.Optional;

/// To whom something was given.
///
/// @param kind user, group, department, email or mobile
/// @param id empty of what was typed
record RecipientView(String kind, Optional<String> id, String name) {
  @Override
  public String toString() {
    return "RecipientView[" + kind + "]";
  }
}
