package org.studygate.desk;

import org.studygate.http.Problem;
import org.studygate.json.JsonObject;

/// Why somebody does it: kept in the trail, and in no log. Whether there is one is said of the
/// request alone, whatever is there.
record Reason(String text) {
  private static final int LONGEST = 500;

  static Reason of(JsonObject json) {
    var text = json.optionalString("reason").orElse("").strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      throw missing();
    }
    return new Reason(text);
  }

  static Problem.Refusal missing() {
    return Problem.BAD_REQUEST.refusal("reason");
  }

  @Override
  public String toString() {
    return "Reason[…]";
  }
}
