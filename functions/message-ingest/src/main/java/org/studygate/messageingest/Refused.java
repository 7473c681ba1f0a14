package org.studygate.messageingest;

import java.util.Optional;
import org.studygate.receipt.Receipt;

/// A message that cannot be used, with the code and the sentence that the hospital reads.
final class Refused extends Exception {
  private final String reason;
  private final String sentence;
  private final Receipt.About about;

  Refused(String reason, String sentence) {
    this(reason, sentence, Receipt.About.NOTHING);
  }

  private Refused(String reason, String sentence, Receipt.About about) {
    super(reason, null, false, false);
    this.reason = reason;
    this.sentence = sentence;
    this.about = about;
  }

  /// The same, of a message that names what it is about.
  Refused about(Optional<String> accession, Optional<String> studyUid) {
    return new Refused(reason, sentence, new Receipt.About(accession, studyUid, Optional.empty()));
  }

  String reason() {
    return reason;
  }

  String sentence() {
    return sentence;
  }

  Receipt.About about() {
    return about;
  }
}
