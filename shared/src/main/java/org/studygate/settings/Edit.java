package org.studygate.settings;

import java.util.Optional;

/// One thing that somebody changes of the own account. Whatever else stands there is not touched,
/// so that two pages that are open at once undo nothing of each other.
public sealed interface Edit {
  /// What the trail tells of it: which, never to what.
  String what();

  /// How automated mails address somebody; empty where that is not said.
  record Gender(Optional<String> code) implements Edit {
    @Override
    public String what() {
      return "gender";
    }
  }

  record WorkPhone(Optional<String> number) implements Edit {
    @Override
    public String what() {
      return "work-phone";
    }

    @Override
    public String toString() {
      return "WorkPhone[…]";
    }
  }

  record Language(String code) implements Edit {
    @Override
    public String what() {
      return "language";
    }
  }

  record Switched(Switch which, boolean on) implements Edit {
    @Override
    public String what() {
      return which.what();
    }
  }

  /// What is on or off.
  enum Switch {
    PUBLIC_CONTACT("privacy"),
    PUBLIC_EMAIL("privacy"),
    PUBLIC_MOBILE("privacy"),
    MAIL_ON_STUDY("mail-defaults"),
    MAIL_ON_REPORT("mail-defaults");

    private final String what;

    Switch(String what) {
      this.what = what;
    }

    String what() {
      return what;
    }
  }
}
