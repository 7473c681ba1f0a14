package org.studygate.visit;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Visit;
import org.studygate.access.Visits;
import org.studygate.department.Departments;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.Face;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.SessionCookie;

/// GET /api/session, POST /api/session/extend, POST /api/session/logout.
public final class SessionHandler extends HttpFunction {
  private final Visits visits;
  private final Departments departments;
  private final SessionCookie cookie;
  private final Clock clock;

  /// What a page needs to warn in time. `now` is our clock, so that the page's own may be wrong.
  record SessionView(
      String kind, Instant now, Instant idleUntil, Instant expiresAt, Optional<Face> department) {}

  public SessionHandler() {
    this(Platform.onLambda());
  }

  public SessionHandler(Platform platform) {
    super(platform);
    var dynamo = platform.aws().dynamo();
    var environment = platform.environment();
    this.visits =
        new Visits(
            new DynamoSessions(dynamo, environment.required("SESSIONS_TABLE")),
            new DynamoBuckets(dynamo, environment.required("BUCKETS_TABLE")),
            platform.clock());
    this.departments = new DynamoDepartments(dynamo, environment.required("DEPARTMENTS_TABLE"));
    this.clock = platform.clock();
    this.cookie = new SessionCookie(environment.publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request);
    return switch (request.method() + ' ' + request.path()) {
      case "GET /api/session" -> view(token.flatMap(visits::find));
      case "POST /api/session/extend" -> view(token.flatMap(visits::click));
      case "POST /api/session/logout" -> logout(token);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private HttpResponse view(Optional<Visit> found) {
    var session = found.orElseThrow(Problem.SESSION_ENDED::refusal).session();
    var department = departments.find(session.department()).map(Face::of);
    return HttpResponse.ok(
        new SessionView(
            "patient", clock.instant(), session.idleUntil(), session.expires(), department));
  }

  private HttpResponse logout(Optional<Token> token) {
    token.ifPresent(visits::end);
    return HttpResponse.noContent()
        .with("clear-site-data", "\"cache\", \"cookies\", \"storage\"")
        .withCookie(cookie.clear());
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
