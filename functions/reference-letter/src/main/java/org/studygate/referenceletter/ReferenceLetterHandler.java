package org.studygate.referenceletter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.access.Principal;
import org.studygate.access.Visits;
import org.studygate.copying.CopyWork;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.printing.Fault;
import org.studygate.session.SessionCookie;
import org.studygate.study.StudyId;

/// POST /api/letters, GET /api/letters/defaults, /api/letters/{id} and /api/letters/{id}/pdf
public final class ReferenceLetterHandler extends HttpFunction {
  private static final Parameter STUDIES =
      new Parameter("studies", "[0-9a-hjkmnp-tv-z]{26}(,[0-9a-hjkmnp-tv-z]{26}){0,49}");
  private static final Parameter LANGUAGE = new Parameter("language", "[a-z]{2}");

  private final Visits visits;
  private final Letters letters;
  private final SessionCookie cookie;

  public ReferenceLetterHandler() {
    this(Platform.onLambda());
  }

  public ReferenceLetterHandler(Platform platform) {
    this(platform, Wiring.work(platform));
  }

  ReferenceLetterHandler(Platform platform, CopyWork work) {
    super(platform);
    var wiring = new Wiring(platform, work);
    this.visits = wiring.visits();
    this.letters = wiring.letters();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  public Map<String, List<Parameter>> parameters() {
    return Map.of(
        "GET /api/letters/defaults", List.of(STUDIES),
        "GET /api/letters/{id}/pdf", List.of(LANGUAGE));
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request).orElseThrow(Problem.SESSION_ENDED::refusal);
    var visit = visits.click(token).orElseThrow(Problem.SESSION_ENDED::refusal);
    if (!(visit.principal() instanceof Principal.Professional who)) {
      throw Problem.NOT_FOUND.refusal(); // a patient prints nothing
    }
    return switch (request.route()) {
      case "POST /api/letters" -> answer(letters.print(who, request), request);
      case "GET /api/letters/defaults" ->
          answer(letters.defaults(who, studies(request), request.requestId()), request);
      case "GET /api/letters/{id}" -> answer(letters.find(who, id(request)), request);
      case "GET /api/letters/{id}/pdf" ->
          answer(letters.pdf(who, id(request), request.query(LANGUAGE), request), request);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private static HttpResponse answer(Told told, HttpRequest request) {
    return switch (told) {
      case Told.Made(var letter) -> HttpResponse.json(201, letter);
      case Told.Shown(var what) -> HttpResponse.ok(what);
      case Told.Pdf(var base64) -> HttpResponse.document("application/pdf", base64);
      case Told.Wrong(var fault) -> throw problem(fault).refusal(fault.field());
      case Told.NotFound() -> HttpResponse.problem(Problem.NOT_FOUND, request.requestId());
      case Told.KeyMissing() ->
          HttpResponse.problem(Problem.IDEMPOTENCY_KEY_MISSING, request.requestId());
      case Told.KeyReused() ->
          HttpResponse.problem(Problem.IDEMPOTENCY_KEY_REUSED, request.requestId());
    };
  }

  /// Every fault is a problem of the same name.
  static Problem problem(Fault fault) {
    return Problem.valueOf(fault.name());
  }

  private static String id(HttpRequest request) {
    return request.pathParameter("id");
  }

  private static Set<StudyId> studies(HttpRequest request) {
    return request.query(STUDIES).stream()
        .flatMap(ids -> Stream.of(ids.split(",")))
        .map(StudyId::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
    letters.prime();
  }
}
