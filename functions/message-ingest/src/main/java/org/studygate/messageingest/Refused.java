package org.studygate.messageingest;

/// A message that cannot be used, with the code and the sentence that staff read.
final class Refused extends Exception {
  private final String reason;
  private final String sentence;

  Refused(String reason, String sentence) {
    super(reason, null, false, false);
    this.reason = reason;
    this.sentence = sentence;
  }

  String reason() {
    return reason;
  }

  String sentence() {
    return sentence;
  }
}
