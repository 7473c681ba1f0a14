package org.studygate.referenceadd;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.studygate.access.Principal;
import org.studygate.access.Visits;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.reference.AsTyped;
import org.studygate.referenceadd.AddReference.Outcome;
import org.studygate.session.SessionCookie;
import org.studygate.signin.Combination.Typed;

/// POST /api/studies/references and /verify, /api/buckets/{id}/otp and /verify
public final class ReferenceAddHandler extends HttpFunction {
  private final Visits visits;
  private final AddReference adding;
  private final ProveReference proving;
  private final ShareCalls shares;
  private final SessionCookie cookie;
  private final Clock clock;

  record Open(String next, boolean already) {}

  record Wait(String next, Optional<LocalDate> from) {}

  record Code(
      String next, String channel, String sentTo, Optional<Instant> resendAt, Instant expiresAt) {}

  record Pincode(String next, String mobile) {}

  record Next(String next) {}

  public ReferenceAddHandler() {
    this(Platform.onLambda());
  }

  public ReferenceAddHandler(Platform platform) {
    super(platform);
    var wiring = new Wiring(platform);
    this.visits = wiring.visits();
    this.adding = wiring.adding();
    this.proving = wiring.proving(adding);
    this.shares = new ShareCalls(wiring.opening(), platform.clock());
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
    this.clock = platform.clock();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request).orElseThrow(Problem.SESSION_ENDED::refusal);
    var visit = visits.click(token).orElseThrow(Problem.SESSION_ENDED::refusal);
    if (!(visit.principal() instanceof Principal.Professional who)) {
      throw Problem.NOT_FOUND.refusal(); // a number opens what it opens
    }
    var step = AddReference.step(token);
    var caller = new OpenShare.Caller(who, token, visit.session(), request.requestId());
    return switch (request.route()) {
      case "POST /api/studies/references" ->
          answer(add(who, step, request), Problem.COMBINATION_INCORRECT, request);
      case "POST /api/studies/references/verify" ->
          answer(prove(who, step, request), Problem.CODE_INCORRECT, request);
      case "POST /api/buckets/{id}/otp" -> shares.ask(caller, request);
      case "POST /api/buckets/{id}/otp/verify" -> shares.prove(caller, request);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private Outcome add(Principal.Professional who, Token step, HttpRequest request) {
    var body = request.json();
    var typed = Typed.of(body.string("reference"), body.string("dateOfBirth"));
    body.done();
    return adding.add(who, step, typed, request.sourceAddress(), request.requestId());
  }

  private Outcome prove(Principal.Professional who, Token step, HttpRequest request) {
    var body = request.json();
    var code = AsTyped.digits(body.string("code"));
    body.done();
    return proving.prove(who, step, code, request.requestId());
  }

  private HttpResponse answer(Outcome outcome, Problem refusal, HttpRequest request) {
    return switch (outcome) {
      case Outcome.Added(var already) -> HttpResponse.ok(new Open("open", already));
      case Outcome.CodeSent(var sent) ->
          HttpResponse.ok(
              new Code("otp", sent.channel(), sent.sentTo(), sent.resendAt(), sent.expiresAt()));
      case Outcome.Pincode(var mobile) -> HttpResponse.ok(new Pincode("pincode", mobile));
      case Outcome.Unpaid() -> HttpResponse.ok(new Next("pay"));
      case Outcome.Wait(var from) -> HttpResponse.ok(new Wait("wait", from));
      case Outcome.Refused() -> throw refusal.refusal();
      case Outcome.TooMany(var retryAt) ->
          HttpResponse.tooMany(clock.instant(), retryAt, request.requestId());
    };
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
