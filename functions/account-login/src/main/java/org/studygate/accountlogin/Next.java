package org.studygate.accountlogin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.signin.Codes.Sent;

/// What the page does next, as `docs/openapi.yaml` has it.
sealed interface Next {
  String next();

  record Password(String next) implements Next {
    Password() {
      this("password");
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
}
