package org.studygate.accountlogin;

import java.time.Instant;
import java.util.Optional;
import org.studygate.http.Problem;
import org.studygate.platform.Tokens.Token;
import org.studygate.signin.Codes;

/// What became of a request.
sealed interface Outcome {
  /// On to the next step, or to the visit, under a new cookie.
  ///
  /// @param browser a browser that is remembered from now on
  record On(Token cookie, Next next, Optional<Token> browser) implements Outcome {
    On(Token cookie, Next next) {
      this(cookie, next, Optional.empty());
    }
  }

  /// Still at the same step.
  record Still(Next next) implements Outcome {}

  /// Another code is on its way, at the same step.
  record Sent(Codes.Sent sent) implements Outcome {}

  record Refused(Problem problem) implements Outcome {}

  record TooMany(Instant retryAt) implements Outcome {}

  /// The step is over, or never was: one begins again.
  static Outcome ended() {
    return new Refused(Problem.SESSION_ENDED);
  }
}
