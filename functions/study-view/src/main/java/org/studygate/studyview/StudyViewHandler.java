package org.studygate.studyview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.studygate.access.Visit;
import org.studygate.access.Visits;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.SessionCookie;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// GET /api/studies and what lies below.
public final class StudyViewHandler extends HttpFunction {
  private final Visits visits;
  private final Reading reading;
  private final SessionCookie cookie;

  public StudyViewHandler() {
    this(Platform.onLambda());
  }

  public StudyViewHandler(Platform platform) {
    super(platform);
    var wiring = new Wiring(platform);
    this.visits = wiring.visits();
    this.reading = wiring.reading();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request).orElseThrow(Problem.SESSION_ENDED::refusal);
    var visit = visits.click(token).orElseThrow(() -> ended(token));
    return read(visit, request).map(HttpResponse::ok).orElseThrow(Problem.NOT_FOUND::refusal);
  }

  private Problem.Refusal ended(Token token) {
    return (visits.paidBack(token) ? Problem.PAYMENT_RETURNED : Problem.SESSION_ENDED).refusal();
  }

  private Optional<?> read(Visit visit, HttpRequest request) {
    var id = request.requestId();
    var path = request.path().split("/", -1); // "", "api", "studies", study, what, series
    return switch (path.length) {
      case 3 -> Optional.of(reading.list(visit, id));
      case 4 -> reading.manifest(visit, study(path), id);
      case 5 ->
          switch (path[4]) {
            case "report" -> reading.report(visit, study(path), id);
            case "accesses" -> reading.accesses(visit, study(path), request.query(Asked.BEFORE));
            default -> Optional.empty();
          };
      case 6 ->
          reading.series(visit, study(path), named(path[5], SeriesUid::new), Asked.of(request), id);
      default -> Optional.empty();
    };
  }

  @Override
  public Map<String, List<Parameter>> parameters() {
    return Asked.PARAMETERS;
  }

  private static StudyId study(String[] path) {
    return named(path[3], StudyId::new);
  }

  /// What cannot be a name is the name of nothing.
  private static <T> T named(String text, Function<String, T> shape) {
    try {
      return shape.apply(text);
    } catch (IllegalArgumentException impossible) {
      throw Problem.NOT_FOUND.refusal();
    }
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
