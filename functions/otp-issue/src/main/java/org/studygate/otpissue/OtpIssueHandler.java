package org.studygate.otpissue;

import java.time.Clock;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.otpissue.Resend.Outcome;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.SessionCookie;
import org.studygate.signin.Codes;
import org.studygate.signin.Steps;
import org.studygate.wiring.Stores;

/// POST /api/patient/otp sends another code, GET tells how the challenge stands.
public final class OtpIssueHandler extends HttpFunction {
  private final Resend resend;
  private final SessionCookie cookie;
  private final Clock clock;

  public OtpIssueHandler() {
    this(Platform.onLambda());
  }

  public OtpIssueHandler(Platform platform) {
    super(platform);
    var environment = platform.environment();
    var stores = new Stores(platform);
    var tokens = stores.tokens();
    var pepper = stores.pepper();
    var challenges = stores.codesToSend();
    var notices = new Notices(new Seal(pepper, platform.random()), tokens);
    this.clock = platform.clock();
    this.resend =
        new Resend(
            new Steps(challenges, stores.buckets(), tokens, clock),
            new Codes(challenges, notices, pepper, tokens, clock),
            stores.trail(),
            clock);
    this.cookie = new SessionCookie(environment.publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request).orElseThrow(Problem.SESSION_ENDED::refusal);
    return switch (request.route()) {
      case "POST /api/patient/otp" -> send(token, request);
      case "GET /api/patient/otp" ->
          HttpResponse.ok(resend.standing(token).orElseThrow(Problem.SESSION_ENDED::refusal));
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private HttpResponse send(Token token, HttpRequest request) {
    request.json().done();
    return switch (resend.send(token, request.requestId())) {
      case Outcome.Sent(var sent) -> HttpResponse.json(202, sent);
      case Outcome.TooMany(var retryAt) ->
          HttpResponse.tooMany(clock.instant(), retryAt, request.requestId());
      case Outcome.Gone() -> throw Problem.SESSION_ENDED.refusal();
    };
  }

  @Override
  protected void prime() {
    resend.standing(new Token("priming"));
  }
}
