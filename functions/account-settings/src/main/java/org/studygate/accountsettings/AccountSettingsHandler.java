package org.studygate.accountsettings;

import org.studygate.access.Principal;
import org.studygate.access.Visit;
import org.studygate.access.Visits;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.SessionCookie;

/// GET and PATCH /api/account and what lies below. Whoever came in with a number has no account:
/// there is nothing here then.
public final class AccountSettingsHandler extends HttpFunction {
  private final Visits visits;
  private final OwnAccount own;
  private final OwnGroups groups;
  private final SessionCookie cookie;

  public AccountSettingsHandler() {
    this(Platform.onLambda());
  }

  public AccountSettingsHandler(Platform platform) {
    super(platform);
    var wiring = new Wiring(platform);
    this.visits = wiring.visits();
    this.own = wiring.own();
    this.groups = wiring.groups();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var visit =
        cookie.read(request).flatMap(visits::click).orElseThrow(Problem.SESSION_ENDED::refusal);
    if (!(visit.principal() instanceof Principal.Professional who)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return answer(who, visit, request);
  }

  private HttpResponse answer(Principal.Professional who, Visit visit, HttpRequest request) {
    return switch (request.route()) {
      case "GET /api/account" -> HttpResponse.ok(own.look(who.account()));
      case "PATCH /api/account" ->
          HttpResponse.ok(own.change(visit, Edits.read(request.json()), request.requestId()));
      case "GET /api/account/logins" -> HttpResponse.ok(own.attempts(who.account()));
      case "GET /api/account/browsers" -> HttpResponse.ok(own.browsers(visit));
      case "DELETE /api/account/browsers/{id}" -> {
        own.forget(visit, request.pathParameter("id"), request.requestId());
        yield HttpResponse.noContent();
      }
      case "PATCH /api/account/mappings/{id}" ->
          HttpResponse.ok(
              own.switchMails(
                  visit,
                  request.pathParameter("id"),
                  Edits.mails(request.json()),
                  request.requestId()));
      case "GET /api/account/groups" -> HttpResponse.ok(groups.look(who.account()));
      case "POST /api/account/groups" ->
          HttpResponse.ok(
              groups.say(visit, OwnGroups.Word.read(request.json()), request.requestId()));
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
