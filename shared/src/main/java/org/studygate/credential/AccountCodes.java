package org.studygate.credential;

import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Factor;
import org.studygate.notice.Notices;
import org.studygate.notice.Outgoing;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.session.Subject;
import org.studygate.signin.Challenges.Code;
import org.studygate.signin.Masked;
import org.studygate.signin.OtpPolicy;
import org.studygate.signin.VerifyCode;

/// Draws the one-time codes of accounts, for what is registered with them and nothing else. When
/// and how often they are sent is the rule that patients have, too.
public final class AccountCodes {
  private final Notices notices;
  private final Pepper pepper;
  private final Tokens tokens;

  public AccountCodes(Notices notices, Pepper pepper, Tokens tokens) {
    this.notices = notices;
    this.pepper = pepper;
    this.tokens = tokens;
  }

  /// A code for a step, and the message that carries it; none where nobody is there to get it.
  public record Drawn(Code code, Optional<Outgoing> message) {}

  /// Where codes of an account go.
  public record Way(String channel, String to, String language) {
    /// Of somebody who is not there: as much is done, and nothing is sent.
    public static final Way NOWHERE = new Way("sms", "", "en");

    public static Way of(Account account, Factor factor) {
      return factor == Factor.EMAIL
          ? new Way("email", account.username(), account.language())
          : new Way("sms", account.mobile().orElseThrow(), account.language());
    }

    /// As the page may show it.
    public String masked() {
      return channel.equals("email") ? Masked.email(to) : Masked.mobile(to);
    }

    /// What a step keeps of it, to tell and to send again.
    public Map<String, String> kept() {
      return Map.of("channel", channel, "sentTo", masked(), "to", to, "language", language);
    }

    static Way kept(Step step) {
      return new Way(step.kept("channel"), step.kept("to"), step.kept("language"));
    }

    @Override
    public String toString() {
      return "Way[" + channel + "]";
    }
  }

  /// The first code of a step.
  public Drawn first(Step step) {
    return draw(step, true);
  }

  public Drawn again(Step step) {
    return draw(step, false);
  }

  private Drawn draw(Step step, boolean first) {
    var way = Way.kept(step);
    var digits = tokens.digits(OtpPolicy.DIGITS);
    var code =
        new Code(
            step.hash(),
            new Subject.OfAccount(step.account()),
            step.epoch(),
            VerifyCode.hash(pepper, step.hash(), digits),
            pepper.hash("destination", way.to().isEmpty() ? step.account() : way.to()),
            first);
    var message =
        Optional.of(way)
            .filter(one -> !one.to().isEmpty())
            .map(
                one ->
                    notices.code(step.account(), one.channel(), one.to(), one.language(), digits));
    return new Drawn(code, message);
  }

  /// Whether it is the code that was sent for this step.
  public boolean right(Step step, String typed) {
    return step.code().filter(code -> VerifyCode.matches(pepper, code, typed)).isPresent();
  }
}
