package org.studygate.referenceadd;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.reference.AsTyped;
import org.studygate.referenceadd.OpenShare.Caller;
import org.studygate.referenceadd.OpenShare.Outcome;

/// The calls about codes of shares, with what they take and answer.
record ShareCalls(OpenShare opening, Clock clock) {
  private static final int ACCEPTED = 202;

  record Code(String sentTo, Optional<Instant> resendAt, Instant expiresAt) {}

  record Next(String next) {}

  HttpResponse ask(Caller caller, HttpRequest request) {
    request.json().done();
    return answer(opening.ask(caller, request.pathParameter("id")), caller);
  }

  HttpResponse prove(Caller caller, HttpRequest request) {
    var body = request.json();
    var code = AsTyped.digits(body.string("code"));
    body.done();
    return answer(opening.prove(caller, request.pathParameter("id"), code), caller);
  }

  private HttpResponse answer(Outcome outcome, Caller caller) {
    return switch (outcome) {
      case Outcome.Sent(var sent) ->
          HttpResponse.json(ACCEPTED, new Code(sent.sentTo(), sent.resendAt(), sent.expiresAt()));
      case Outcome.Opened() -> HttpResponse.ok(new Next("open"));
      case Outcome.Refused() -> throw Problem.CODE_INCORRECT.refusal();
      case Outcome.NotFound() -> throw Problem.NOT_FOUND.refusal();
      case Outcome.NoMobile() -> throw Problem.MOBILE_UNREACHABLE.refusal();
      case Outcome.TooMany(var retryAt) ->
          HttpResponse.tooMany(clock.instant(), retryAt, caller.requestId());
    };
  }
}
