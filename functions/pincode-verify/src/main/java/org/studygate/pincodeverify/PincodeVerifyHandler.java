package org.studygate.pincodeverify;

import org.studygate.access.DynamoBuckets;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.Pincodes;
import org.studygate.platform.Environment;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.reference.AsTyped;
import org.studygate.session.SessionCookie;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.Steps;

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
    var dynamo = platform.aws().dynamo();
    var clock = platform.clock();
    var tokens = new Tokens(platform.random());
    var buckets = new DynamoBuckets(dynamo, environment.required("BUCKETS_TABLE"));
    var trail = new DynamoAuditTrail(dynamo, environment.required("AUDIT_TABLE"), tokens);
    var pepper = new Pepper(platform.secrets(), environment.required("PEPPER_SECRET_ARN"));
    var challenges =
        new DynamoChallenges(
            dynamo, DynamoChallenges.Tables.ofSteps(environment.required("CHALLENGES_TABLE")));
    this.steps = new Steps(challenges, buckets, tokens, clock);
    this.verify =
        new VerifyPincode(
            steps,
            buckets,
            new DynamoPayments(dynamo, tables(environment), trail),
            new Pincodes(pepper, platform.random()),
            trail,
            tokens,
            clock);
    this.cookie = new SessionCookie(environment.publicOrigin());
    this.log = platform.log();
  }

  private static DynamoPayments.Tables tables(Environment environment) {
    return DynamoPayments.Tables.ofEntry(
        environment.required("PAYMENTS_TABLE"),
        environment.required("BUCKETS_TABLE"),
        environment.required("CHALLENGES_TABLE"),
        environment.required("SESSIONS_TABLE"));
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
