package org.studygate.notice;

import java.net.URI;
import java.util.List;

/// What a mail says. Its text and its HTML are both made from this, so they cannot differ.
///
/// @param preheader what a list of mails shows beside the subject, also on locked screens
record MailContent(
    String language,
    String sender,
    String subject,
    String preheader,
    String title,
    List<Block> blocks,
    String footer) {

  sealed interface Block {
    record Paragraph(String text) implements Block {}

    /// To be read off and typed.
    record Code(String digits) implements Block {}

    /// The same of what is longer.
    record Reference(String printed) implements Block {}

    /// What a person wrote, in its lines.
    record Quote(String label, List<String> lines) implements Block {
      public Quote {
        lines = List.copyOf(lines);
      }
    }

    /// To be followed.
    record Link(String label, URI to) implements Block {}

    /// Of less weight.
    record Note(String text) implements Block {}
  }
}
