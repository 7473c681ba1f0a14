package org.studygate.studyaccess;

import org.studygate.access.Unlock;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;

/// The calls, each with what it takes.
record Calls(ListAccess access, ListSent sent, Withdraw withdraw) {
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

  private static String named(HttpRequest request) {
    return request.pathParameter("id");
  }
}
