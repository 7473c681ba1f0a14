package org.studygate.sessionview;

import java.util.Optional;
import java.util.function.Function;
import org.studygate.access.Visit;
import org.studygate.access.Visits;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.SessionCookie;
import org.studygate.session.Subject;
import org.studygate.signin.SignOut;

/// GET /api/session, POST /api/session/extend, POST /api/session/logout.
public final class SessionHandler extends HttpFunction {
  private final Visits visits;
  private final SignOut signOut;
  private final Views views;
  private final SessionCookie cookie;

  public SessionHandler() {
    this(Platform.onLambda());
  }

  public SessionHandler(Platform platform) {
    super(platform);
    var wiring = Wiring.on(platform);
    this.visits = wiring.visits();
    this.signOut = wiring.signOut();
    this.views = wiring.views();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  private static final String ALL = "\"cache\", \"cookies\", \"storage\"";

  /// Of professionals a browser may remember what they chose (itself, an environment): nothing that
  /// was shown. The session's own cookie goes by its name.
  private static final String SHOWN = "\"cache\"";

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request);
    return switch (request.route()) {
      case "GET /api/session" -> view(token, visits::find);
      case "POST /api/session/extend" -> view(token, visits::extend);
      case "POST /api/session/logout" -> logout(token, request.requestId());
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private HttpResponse view(Optional<Token> cookie, Function<Token, Optional<Visit>> find) {
    var token = cookie.orElseThrow(Problem.SESSION_ENDED::refusal);
    return HttpResponse.ok(views.of(find.apply(token).orElseThrow(() -> ended(token))));
  }

  private Problem.Refusal ended(Token token) {
    return (visits.paidBack(token) ? Problem.PAYMENT_RETURNED : Problem.SESSION_ENDED).refusal();
  }

  private HttpResponse logout(Optional<Token> token, String requestId) {
    var account =
        token
            .flatMap(held -> signOut.leave(held, requestId))
            .filter(Subject.OfAccount.class::isInstance);
    return HttpResponse.noContent()
        .with("clear-site-data", account.isPresent() ? SHOWN : ALL)
        .withCookie(cookie.clear());
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
