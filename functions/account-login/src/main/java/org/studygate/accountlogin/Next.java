package org.studygate.accountlogin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.account.Composition;
import org.studygate.signin.Codes.Sent;

/// What the page does next, as `docs/openapi.yaml` has it.
sealed interface Next {
  String next();

  record Password(String next) implements Next {
    Password() {
      this("password");
    }
  }

  record Redirect(String next, String url) implements Next {
    Redirect(String url) {
      this("redirect", url);
    }
  }

  record Totp(String next) implements Next {
    Totp() {
      this("totp");
    }
  }

  record Otp(
      String next, String channel, String sentTo, Optional<Instant> resendAt, Instant expiresAt)
      implements Next {
    static Otp of(Sent sent) {
      return new Otp("otp", sent.channel(), sent.sentTo(), sent.resendAt(), sent.expiresAt());
    }
  }

  record ChooseFactor(String next, List<String> factors, boolean mandatory) implements Next {
    ChooseFactor(List<String> factors, boolean mandatory) {
      this("choose-factor", factors, mandatory);
    }
  }

  record EnrolTotp(String next, String secret, String uri) implements Next {
    EnrolTotp(String secret, String uri) {
      this("enrol-totp", secret, uri);
    }

    @Override
    public String toString() {
      return "EnrolTotp[…]";
    }
  }

  /// @param code whether the code that was sent is asked for beside the password
  record NewPassword(String next, boolean code) implements Next {
    NewPassword(boolean code) {
      this("new-password", code);
    }
  }

  /// @param failedAt the last attempt since the last visit that was refused
  record Open(String next, Optional<Instant> failedAt) implements Next {
    Open(Optional<Instant> failedAt) {
      this("open", failedAt);
    }
  }

  /// The visit is open, and groups are to be looked at.
  record ConfirmGroups(String next, List<Shown> groups, Optional<Instant> failedAt)
      implements Next {
    record Shown(String id, String name, List<Composition.Member> members) {}

    static ConfirmGroups of(List<Composition> due, Optional<Instant> failedAt) {
      var shown = due.stream().map(one -> new Shown(one.id(), one.name(), one.members())).toList();
      return new ConfirmGroups("confirm-groups", shown, failedAt);
    }
  }
}
