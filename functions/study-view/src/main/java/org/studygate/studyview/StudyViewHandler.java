package org.studygate.studyview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.studygate.studyview.Answers.SeriesView;

/// GET /api/studies and what lies below.
public final class StudyViewHandler extends HttpFunction {
  private final Visits visits;
  private final Reading reading;
  private final ListStudies lists;
  private final SessionCookie cookie;

  public StudyViewHandler() {
    this(Platform.onLambda());
  }

  public StudyViewHandler(Platform platform) {
    super(platform);
    var wiring = new Wiring(platform);
    this.visits = wiring.visits();
    this.reading = wiring.reading();
    this.lists = wiring.lists();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request).orElseThrow(Problem.SESSION_ENDED::refusal);
    var sought = sought(request);
    var byItself = Asked.byItself(request) || sought.filter(Sought::quiet).isPresent();
    var here = byItself ? visits.find(token) : visits.click(token);
    var visit = here.orElseThrow(() -> ended(token));
    var answer =
        sought
            .<Object>flatMap(page -> lists.list(visit, page, request.requestId()))
            .or(() -> read(visit, request))
            .orElseThrow(Problem.NOT_FOUND::refusal);
    return answer instanceof SeriesView || Asked.opens(request)
        ? HttpResponse.ok(answer).packed(request)
        : HttpResponse.ok(answer);
  }

  private static Optional<Sought> sought(HttpRequest request) {
    return switch (request.route()) {
      case "GET /api/studies" -> Optional.of(Sought.of(request));
      case "POST /api/studies/search" -> Optional.of(Sought.of(request.json()));
      default -> Optional.empty();
    };
  }

  private Problem.Refusal ended(Token token) {
    return (visits.paidBack(token) ? Problem.PAYMENT_RETURNED : Problem.SESSION_ENDED).refusal();
  }

  private Optional<?> read(Visit visit, HttpRequest request) {
    var id = request.requestId();
    return switch (request.route()) {
      case "GET /api/studies" -> Optional.of(reading.list(visit, Asked.opens(request), id));
      case "GET /api/studies/{id}" ->
          reading.manifest(visit, Asked.study(request), Asked.opens(request), id);
      case "GET /api/studies/{id}/report" -> reading.report(visit, Asked.study(request), id);
      case "GET /api/studies/{id}/documents/{uid}" ->
          reading.document(visit, Asked.study(request), Asked.uid(request).value(), id);
      case "GET /api/studies/{id}/accesses" ->
          reading.accesses(visit, Asked.study(request), request.query(Asked.BEFORE));
      case "GET /api/studies/{id}/series/{uid}" ->
          reading.series(visit, Asked.study(request), Asked.uid(request), Asked.of(request), id);
      default -> Optional.empty();
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
