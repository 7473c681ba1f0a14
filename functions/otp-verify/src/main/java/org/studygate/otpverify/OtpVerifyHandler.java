package org.studygate.otpverify;

import java.time.Clock;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.reference.AsTyped;
import org.studygate.session.SessionCookie;
import org.studygate.signin.Challenges;
import org.studygate.signin.VerifyCode;
import org.studygate.wiring.Stores;

/// POST /api/patient/otp/verify
public final class OtpVerifyHandler extends HttpFunction {
  private final Entry entry;
  private final Challenges challenges;
  private final Clock clock;
  private final Log log;
  private final SessionCookie cookie;

  record Next(String next) {}

  public OtpVerifyHandler() {
    this(Platform.onLambda());
  }

  public OtpVerifyHandler(Platform platform) {
    super(platform);
    var environment = platform.environment();
    var stores = new Stores(platform);
    var clock = platform.clock();
    var tokens = stores.tokens();
    var challenges = stores.codesToRedeem();
    var buckets = stores.buckets();
    var pepper = stores.pepper();
    var trail = stores.trail();
    this.challenges = challenges;
    this.entry =
        new Entry(new VerifyCode(challenges, buckets, pepper, tokens, clock), trail, clock);
    this.cookie = new SessionCookie(environment.publicOrigin());
    this.clock = clock;
    this.log = platform.log();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var body = request.json();
    var code = AsTyped.digits(body.string("code"));
    body.done();
    var former = cookie.read(request).orElseThrow(Problem.CODE_INCORRECT::refusal);
    var token = entry.enter(former, code, request.requestId());
    if (token.isEmpty()) {
      log.metric("LoginRefused", 1);
      throw Problem.CODE_INCORRECT.refusal();
    }
    return HttpResponse.ok(new Next("open")).withCookie(cookie.set(token.get()));
  }

  @Override
  protected void prime() {
    challenges.find("priming", clock.instant());
  }
}
