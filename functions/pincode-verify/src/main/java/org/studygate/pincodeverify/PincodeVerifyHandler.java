package org.studygate.pincodeverify;

import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.payment.Pincodes;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.reference.AsTyped;
import org.studygate.session.SessionCookie;
import org.studygate.signin.Steps;
import org.studygate.wiring.Stores;

/// POST /api/patient/pincode
public final class PincodeVerifyHandler extends HttpFunction {
  private final VerifyPincode verify;
  private final Steps steps;
  private final SessionCookie cookie;
  private final Log log;

  record Next(String next) {}

  public PincodeVerifyHandler() {
    this(Platform.onLambda());
  }

  public PincodeVerifyHandler(Platform platform) {
    super(platform);
    var environment = platform.environment();
    var stores = new Stores(platform);
    var clock = platform.clock();
    var tokens = stores.tokens();
    var buckets = stores.buckets();
    var trail = stores.trail();
    var pepper = stores.pepper();
    var challenges = stores.steps();
    this.steps = new Steps(challenges, buckets, tokens, clock);
    this.verify =
        new VerifyPincode(
            steps,
            buckets,
            stores.pincodes(),
            new Pincodes(pepper, platform.random()),
            trail,
            tokens,
            clock);
    this.cookie = new SessionCookie(environment.publicOrigin());
    this.log = platform.log();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var body = request.json();
    var pincode = AsTyped.digits(body.string("pincode"));
    body.done();
    var former = cookie.read(request).orElseThrow(Problem.CODE_INCORRECT::refusal);
    var token = verify.enter(former, pincode, request.requestId());
    if (token.isEmpty()) {
      log.metric("LoginRefused", 1);
      throw Problem.CODE_INCORRECT.refusal();
    }
    return HttpResponse.ok(new Next("open")).withCookie(cookie.set(token.get()));
  }

  @Override
  protected void prime() {
    steps.find(new Token("priming"));
  }
}
