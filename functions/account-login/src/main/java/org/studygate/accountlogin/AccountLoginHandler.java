package org.studygate.accountlogin;

import java.time.Clock;
import org.studygate.credential.BrowserCookie;
import org.studygate.credential.Device;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.session.SessionCookie;

/// Signing in with an account, step by step; `Calls` says which step each route is.
public final class AccountLoginHandler extends HttpFunction {
  private final Wiring wiring;
  private final Calls calls;
  private final SessionCookie cookie;
  private final BrowserCookie browser;
  private final Clock clock;
  private final Log log;

  public AccountLoginHandler() {
    this(Platform.onLambda());
  }

  public AccountLoginHandler(Platform platform) {
    super(platform);
    this.wiring = Wiring.on(platform);
    this.calls = wiring.calls();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
    this.browser = new BrowserCookie(platform.environment().publicOrigin());
    this.clock = platform.clock();
    this.log = platform.log();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var outcome = outcome(request, ask(request));
    return switch (outcome) {
      case Outcome.On(var token, var next, var remembered) -> {
        var on = HttpResponse.ok(next).withCookie(cookie.set(token));
        yield remembered.map(browser::set).map(on::withCookie).orElse(on);
      }
      case Outcome.Still(var next) -> HttpResponse.ok(next);
      case Outcome.Sent(var sent) -> HttpResponse.json(202, sent);
      case Outcome.TooMany(var retryAt) ->
          HttpResponse.tooMany(clock.instant(), retryAt, request.requestId());
      case Outcome.Refused(var problem) -> {
        if (problem != Problem.SESSION_ENDED) {
          log.metric("LoginRefused", 1);
        }
        throw problem.refusal();
      }
    };
  }

  private Outcome outcome(HttpRequest request, Ask ask) {
    return switch (request.route()) {
      case "POST /api/account/login" -> calls.login(request.json(), ask);
      case "POST /api/account/password" -> calls.password(request.json(), ask);
      case "POST /api/account/challenge" -> calls.challenge(request.json(), ask);
      case "POST /api/account/factor" -> calls.factor(request.json(), ask);
      case "POST /api/account/factor-change" -> calls.change(request.json(), ask);
      case "POST /api/account/otp" -> calls.otp(request.json(), ask);
      case "POST /api/account/forgot" -> calls.forgot(request.json(), ask);
      case "POST /api/account/new-password" -> calls.newPassword(request.json(), ask);
      case "POST /api/account/register" -> calls.register(request.json(), ask);
      case "POST /api/account/register/verify" -> calls.verify(request.json(), ask);
      case "POST /api/account/return" -> calls.back(request.json(), ask);
      case "GET /api/account/step" -> calls.step(ask);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private Ask ask(HttpRequest request) {
    return new Ask(
        cookie.read(request),
        browser.read(request),
        request.sourceAddress(),
        Device.words(request.header("user-agent").orElse("")),
        request.requestId());
  }

  @Override
  protected void prime() {
    wiring.prime();
  }
}
