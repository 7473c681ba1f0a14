package org.studygate.notice;

/// A message as it reaches a person.
public sealed interface Written {
  String to();

  record Sms(String to, String text) implements Written {
    @Override
    public String toString() {
      return "Sms[…]";
    }
  }

  /// @param sender what stands before the address of the sender
  record Mail(String to, String sender, String subject, String text, String html)
      implements Written {
    public Mail {
      if ((to + subject).chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("an address or subject is one line");
      }
    }

    @Override
    public String toString() {
      return "Mail[…]";
    }
  }
}
