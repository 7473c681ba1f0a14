package org.studygate.directoryview;

import java.time.Clock;
import org.studygate.access.Principal;
import org.studygate.access.Visits;
import org.studygate.directory.Asker;
import org.studygate.directory.Favourite;
import org.studygate.directory.Search;
import org.studygate.directory.Stars;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.SessionCookie;

/// POST /api/directory/search, GET /api/directory/favourites, PUT and DELETE
/// /api/directory/favourites/{id}
public final class DirectoryHandler extends HttpFunction {
  private final Visits visits;
  private final Search search;
  private final Stars stars;
  private final Typed typed;
  private final SessionCookie cookie;
  private final Clock clock;

  public DirectoryHandler() {
    this(Platform.onLambda());
  }

  public DirectoryHandler(Platform platform) {
    this(platform, new Wiring(platform));
  }

  DirectoryHandler(Platform platform, Wiring wiring) {
    super(platform);
    this.visits = wiring.visits();
    this.search = wiring.search();
    this.stars = wiring.stars();
    this.typed = wiring.typed();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
    this.clock = platform.clock();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var visit =
        cookie.read(request).flatMap(visits::click).orElseThrow(Problem.SESSION_ENDED::refusal);
    if (!(visit.principal() instanceof Principal.Professional who)) {
      throw Problem.NOT_FOUND.refusal(); // a patient shares with nobody
    }
    var asker = new Asker(who.account(), who.groups(), who.actor());
    return switch (request.route()) {
      case "POST /api/directory/search" -> search(asker, request);
      case "GET /api/directory/favourites" ->
          HttpResponse.ok(stars.list(asker).orElseThrow(Problem.NOT_FOUND::refusal));
      case "PUT /api/directory/favourites/{id}" -> keep(asker, request);
      case "DELETE /api/directory/favourites/{id}" -> drop(asker, request);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private HttpResponse search(Asker asker, HttpRequest request) {
    var id = request.requestId();
    return switch (search.ask(asker, typed.question(request.json()), id)) {
      case Search.Outcome.Done(var lines) -> HttpResponse.ok(lines);
      case Search.Outcome.NotFound() -> throw Problem.NOT_FOUND.refusal();
      case Search.Outcome.TooMany(var at) -> HttpResponse.tooMany(clock.instant(), at, id);
    };
  }

  private HttpResponse keep(Asker asker, HttpRequest request) {
    var favourite = new Favourite(Typed.star(request.json()), id(request));
    return switch (stars.keep(asker, favourite)) {
      case KEPT -> HttpResponse.noContent();
      case NOT_FOUND -> throw Problem.NOT_FOUND.refusal();
      case TOO_MANY -> throw Problem.CONFLICT.refusal();
    };
  }

  private HttpResponse drop(Asker asker, HttpRequest request) {
    stars.drop(asker, id(request));
    return HttpResponse.noContent();
  }

  private static String id(HttpRequest request) {
    var id = request.pathParameter("id");
    if (!Favourite.possible(id)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return id;
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
