package org.studygate.studyaccess;

import java.util.List;
import java.util.Map;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.SessionCookie;
import org.studygate.wiring.Stores;

/// Who has access to what, what was sent, and its end.
public final class StudyAccessHandler extends HttpFunction {
  private final Wiring wiring;
  private final SessionCookie cookie;

  public StudyAccessHandler() {
    this(Platform.onLambda());
  }

  public StudyAccessHandler(Platform platform) {
    this(platform, Wiring.on(platform, new Stores(platform)));
  }

  StudyAccessHandler(Platform platform, Wiring wiring) {
    super(platform);
    this.wiring = wiring;
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var visit =
        cookie
            .read(request)
            .flatMap(wiring.visits()::click)
            .orElseThrow(Problem.SESSION_ENDED::refusal);
    var asker = Asker.of(visit).orElseThrow(Problem.NOT_FOUND::refusal);
    try {
      return answer(asker, request);
    } catch (Problem.Refusal refusal) {
      wiring.told().refused(asker, refusal.problem(), request.requestId());
      throw refusal;
    }
  }

  private HttpResponse answer(Asker asker, HttpRequest request) {
    var calls = wiring.calls();
    return switch (request.route()) {
      case "GET /api/studies/{id}/access" -> calls.access(asker, request);
      case "DELETE /api/grants/{id}" -> calls.withdrawGrant(asker, request);
      case "GET /api/buckets" -> calls.sent(asker, request);
      case "DELETE /api/buckets/{id}" -> calls.withdraw(asker, request);
      case "DELETE /api/buckets/{id}/studies/{study}" -> calls.takeOut(asker, request);
      case "POST /api/buckets/{id}/unlock" -> calls.unlock(asker, request);
      case "POST /api/studies/{id}/glass" -> calls.glass(asker, request);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  @Override
  public Map<String, List<Parameter>> parameters() {
    return Asked.PARAMETERS;
  }

  @Override
  protected void prime() {
    wiring.visits().find(new Token("priming"));
  }
}
