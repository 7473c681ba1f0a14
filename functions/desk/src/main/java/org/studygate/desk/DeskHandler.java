package org.studygate.desk;

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

/// What stands at the desk of a department, and what is done there. To whoever works for none there
/// is nothing.
public final class DeskHandler extends HttpFunction {
  private final Visits visits;
  private final Desk desk;
  private final Told told;
  private final SessionCookie cookie;

  public DeskHandler() {
    this(Platform.onLambda());
  }

  public DeskHandler(Platform platform) {
    this(platform, Wiring.onAws(platform));
  }

  DeskHandler(Platform platform, Wiring wiring) {
    super(platform);
    this.visits = wiring.visits();
    this.desk = wiring.desk();
    this.told = wiring.told();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var visit =
        cookie.read(request).flatMap(visits::click).orElseThrow(Problem.SESSION_ENDED::refusal);
    var clerk = Clerk.of(visit).orElseThrow(Problem.NOT_FOUND::refusal);
    try {
      return answer(clerk, request);
    } catch (Problem.Refusal refusal) {
      told.refused(clerk, refusal.problem(), request.requestId());
      throw refusal;
    }
  }

  private HttpResponse answer(Clerk clerk, HttpRequest request) {
    return switch (request.route()) {
      case "GET /api/desk/receipts" -> desk.receipts(clerk, request);
      case "POST /api/desk/receipts/{id}/done" -> desk.done(clerk, request);
      case "GET /api/desk/orders" -> desk.orders(clerk, request);
      case "POST /api/desk/orders/search" -> desk.search(clerk, request);
      case "POST /api/desk/orders/{id}/unlock" -> desk.unlock(clerk, request);
      case "POST /api/desk/orders/{id}/regenerate" -> desk.regenerate(clerk, request);
      case "POST /api/desk/orders/{id}/paid" -> desk.paid(clerk, request);
      case "POST /api/desk/orders/{id}/pincode" -> desk.pincode(clerk, request);
      case "POST /api/desk/orders/{id}/match" -> desk.match(clerk, request);
      case "GET /api/desk/copies" -> desk.copies(clerk, request);
      case "GET /api/desk/copies/{id}" -> desk.copy(clerk, request);
      case "POST /api/desk/copies/{id}/pixels" -> desk.pixels(clerk, request);
      case "GET /api/desk/studies" -> desk.studies(clerk, request);
      case "GET /api/desk/studies/{id}" -> desk.study(clerk, request);
      case "POST /api/desk/studies/{id}/release" -> desk.release(clerk, request);
      case "POST /api/desk/studies/{id}/unmatch" -> desk.unmatch(clerk, request);
      case "POST /api/desk/studies/{id}/looked-at" -> desk.lookedAt(clerk, request);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  @Override
  public Map<String, List<Parameter>> parameters() {
    return Asked.PARAMETERS;
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
