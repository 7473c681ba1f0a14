package org.studygate.studyshare;

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
import org.studygate.session.SessionCookie;
import org.studygate.sharing.Fault;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;

/// POST /api/shares, GET /api/shares and /api/shares/defaults
public final class StudyShareHandler extends HttpFunction {
  private static final Parameter STUDIES =
      new Parameter("studies", "[0-9a-hjkmnp-tv-z]{26}(,[0-9a-hjkmnp-tv-z]{26}){0,49}");
  private static final Parameter MINE = new Parameter("mine", "given|received");
  private static final Parameter BEFORE =
      new Parameter("before", "[0-9]{1,15}-[0-9A-Za-z_-]{1,64}");

  private final Visits visits;
  private final Acts acts;
  private final Lists lists;
  private final SessionCookie cookie;

  public StudyShareHandler() {
    this(Platform.onLambda());
  }

  public StudyShareHandler(Platform platform) {
    this(platform, Wiring.work(platform));
  }

  StudyShareHandler(Platform platform, CopyWork work) {
    this(platform, Wiring.on(platform, new Stores(platform), work));
  }

  StudyShareHandler(Platform platform, Wiring wiring) {
    super(platform);
    this.visits = wiring.visits();
    this.acts = wiring.acts();
    this.lists = wiring.lists();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  public Map<String, List<Parameter>> parameters() {
    return Map.of(
        "GET /api/shares", List.of(MINE, BEFORE),
        "GET /api/shares/defaults", List.of(STUDIES));
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request).orElseThrow(Problem.SESSION_ENDED::refusal);
    var visit = visits.click(token).orElseThrow(Problem.SESSION_ENDED::refusal);
    if (!(visit.principal() instanceof Principal.Professional who)) {
      throw Problem.NOT_FOUND.refusal(); // a patient shares nothing
    }
    return switch (request.route()) {
      case "POST /api/shares" -> answer(acts.share(who, request));
      case "GET /api/shares/defaults" ->
          answer(acts.defaults(who, studies(request), request.requestId()));
      case "GET /api/shares" ->
          HttpResponse.ok(
              lists.of(who, given(request), request.query(BEFORE), request.requestId()));
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private static HttpResponse answer(Told told) {
    return switch (told) {
      case Told.Made(var share) -> HttpResponse.json(201, share);
      case Told.Shown(var what) -> HttpResponse.ok(what);
      case Told.Wrong(Fault.Wrong(var fault, var field)) -> throw problem(fault).refusal(field);
      case Told.NotFound() -> throw Problem.NOT_FOUND.refusal();
      case Told.KeyMissing() -> throw Problem.IDEMPOTENCY_KEY_MISSING.refusal();
      case Told.KeyReused() -> throw Problem.IDEMPOTENCY_KEY_REUSED.refusal();
    };
  }

  /// Every fault is a problem of the same name.
  static Problem problem(Fault fault) {
    return Problem.valueOf(fault.name());
  }

  private static boolean given(HttpRequest request) {
    return !request.query(MINE).orElse("given").equals("received");
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
  }
}
