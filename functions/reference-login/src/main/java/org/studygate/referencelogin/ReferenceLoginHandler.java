package org.studygate.referencelogin;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.referencelogin.Login.Outcome;
import org.studygate.session.SessionCookie;
import org.studygate.signin.Combination.Typed;

/// POST /api/patient/login
public final class ReferenceLoginHandler extends HttpFunction {
  private final Wiring wiring;
  private final Login login;
  private final SessionCookie cookie;
  private final Clock clock;
  private final Log log;

  record Next(String next) {}

  record Wait(String next, Optional<LocalDate> from) {}

  record Code(
      String next, String channel, String sentTo, Optional<Instant> resendAt, Instant expiresAt) {}

  record Pincode(String next, String mobile) {}

  public ReferenceLoginHandler() {
    this(Platform.onLambda());
  }

  public ReferenceLoginHandler(Platform platform) {
    super(platform);
    this.wiring = new Wiring(platform);
    this.login = wiring.login();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
    this.clock = platform.clock();
    this.log = platform.log();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var body = request.json();
    var typed = Typed.of(body.string("reference"), body.string("dateOfBirth"));
    body.done();
    var former = cookie.read(request);
    return switch (login.attempt(typed, request.sourceAddress(), former, request.requestId())) {
      case Outcome.Open(var token) ->
          HttpResponse.ok(new Next("open")).withCookie(cookie.set(token));
      case Outcome.CodeSent(var token, var sent) ->
          HttpResponse.ok(
                  new Code("otp", sent.channel(), sent.sentTo(), sent.resendAt(), sent.expiresAt()))
              .withCookie(cookie.set(token));
      case Outcome.Pay(var token, var offer) ->
          HttpResponse.ok(Pay.of(offer)).withCookie(cookie.set(token));
      case Outcome.Pincode(var token, var mobile) ->
          HttpResponse.ok(new Pincode("pincode", mobile)).withCookie(cookie.set(token));
      case Outcome.Wait(var from) -> HttpResponse.ok(new Wait("wait", from));
      case Outcome.Refused() -> {
        log.metric("LoginRefused", 1);
        throw Problem.COMBINATION_INCORRECT.refusal();
      }
      case Outcome.TooMany(var retryAt) ->
          HttpResponse.tooMany(clock.instant(), retryAt, request.requestId());
    };
  }

  @Override
  protected void prime() {
    wiring.prime();
  }
}
