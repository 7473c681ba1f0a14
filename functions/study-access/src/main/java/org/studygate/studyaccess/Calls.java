package org.studygate.studyaccess;

import java.time.Clock;
import org.studygate.access.BreakGlass;
import org.studygate.access.Unlock;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Log;

/// The calls, each with what it takes.
record Calls(
    ListAccess access, ListSent sent, Withdraw withdraw, BreakGlass glass, Log log, Clock clock) {
  HttpResponse access(Asker asker, HttpRequest request) {
    return HttpResponse.ok(access.list(asker, Asked.study(request), request.requestId()));
  }

  HttpResponse sent(Asker asker, HttpRequest request) {
    var page =
        sent.list(
            asker,
            request.query(Asked.DEPARTMENT),
            Asked.state(request),
            request.query(Asked.BEFORE),
            request.requestId());
    var answer = HttpResponse.ok(page.lines());
    return page.next()
        .map(next -> answer.with("link", "<" + next + ">; rel=\"next\""))
        .orElse(answer);
  }

  HttpResponse withdrawGrant(Asker asker, HttpRequest request) {
    withdraw.grant(asker, named(request), request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse withdraw(Asker asker, HttpRequest request) {
    withdraw.bucket(asker, named(request), request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse takeOut(Asker asker, HttpRequest request) {
    withdraw.study(asker, named(request), request.pathParameter("study"), request.requestId());
    return HttpResponse.noContent();
  }

  HttpResponse unlock(Asker asker, HttpRequest request) {
    var reason = Asked.reason(request);
    return switch (withdraw.unlock(asker, named(request), reason, request.requestId())) {
      case Unlock.Outcome.Unlocked() -> HttpResponse.noContent();
      case Unlock.Outcome.NotFound() -> throw Problem.NOT_FOUND.refusal();
      case Unlock.Outcome.ForGood() -> throw Problem.BLOCKED_FOR_GOOD.refusal();
      case Unlock.Outcome.ReasonMissing() -> throw Problem.BAD_REQUEST.refusal("reason");
    };
  }

  HttpResponse glass(Asker asker, HttpRequest request) {
    asker.atDesk();
    var reason = Asked.reason(request);
    var id = request.requestId();
    return switch (glass.open(asker.who(), Asked.study(request), reason, id)) {
      case BreakGlass.Outcome.Opened() -> {
        log.metric("GlassBroken", 1);
        yield HttpResponse.noContent();
      }
      case BreakGlass.Outcome.NotFound() -> throw Problem.NOT_FOUND.refusal();
      case BreakGlass.Outcome.OpenAlready() -> throw Problem.CONFLICT.refusal();
      case BreakGlass.Outcome.ReasonMissing() -> throw Problem.BAD_REQUEST.refusal("reason");
      case BreakGlass.Outcome.TooMany(var at) -> HttpResponse.tooMany(clock.instant(), at, id);
    };
  }

  private static String named(HttpRequest request) {
    return request.pathParameter("id");
  }
}
