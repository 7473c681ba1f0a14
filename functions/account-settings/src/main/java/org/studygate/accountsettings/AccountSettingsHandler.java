package org.studygate.accountsettings;

import java.util.List;
import java.util.Map;
import org.studygate.access.Visits;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.SessionCookie;
import org.studygate.settings.Deed;

/// GET and PATCH /api/account and what lies below; what the service desk does about accounts.
public final class AccountSettingsHandler extends HttpFunction {
  private final Visits visits;
  private final OwnAccount own;
  private final OwnGroups groups;
  private final OwnPassword password;
  private final Desk desk;
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
    this.desk = wiring.desk();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
    this.password = wiring.password(cookie);
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var visit =
        cookie.read(request).flatMap(visits::click).orElseThrow(Problem.SESSION_ENDED::refusal);
    return answer(Call.of(visit, request));
  }

  private HttpResponse answer(Call call) {
    return switch (call.request().route()) {
      case "GET /api/account" -> HttpResponse.ok(own.look(call.account()));
      case "PATCH /api/account" -> HttpResponse.ok(own.change(call, Edits.read(call.body())));
      case "GET /api/account/logins" -> HttpResponse.ok(own.attempts(call.account()));
      case "GET /api/account/browsers" -> HttpResponse.ok(own.browsers(call));
      case "DELETE /api/account/browsers/{id}" -> own.forget(call);
      case "PATCH /api/account/mappings/{id}" ->
          HttpResponse.ok(own.switchMails(call, Edits.mails(call.body())));
      case "POST /api/account/password-change" -> password.change(call);
      case "GET /api/account/groups" -> HttpResponse.ok(groups.look(call.account()));
      case "POST /api/account/groups" ->
          HttpResponse.ok(groups.say(call, OwnGroups.Word.read(call.body())));
      case "GET /api/desk/accounts" -> desk.waiting(call);
      case "POST /api/desk/accounts/search" -> desk.search(call);
      case "POST /api/desk/accounts/{id}/verify" -> desk.verify(call);
      case "POST /api/desk/accounts/{id}/refuse" -> desk.act(call, Deed.REFUSE);
      case "POST /api/desk/accounts/{id}/unlock" -> desk.act(call, Deed.UNLOCK);
      case "POST /api/desk/accounts/{id}/disable" -> desk.act(call, Deed.DISABLE);
      case "POST /api/desk/accounts/{id}/enable" -> desk.act(call, Deed.ENABLE);
      case "POST /api/desk/accounts/{id}/mappings" -> desk.map(call);
      case "DELETE /api/desk/accounts/{id}/mappings/{mapping}" -> desk.unmap(call);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  @Override
  public Map<String, List<Parameter>> parameters() {
    return Map.of("GET /api/desk/accounts", List.of(Desk.STATE));
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
