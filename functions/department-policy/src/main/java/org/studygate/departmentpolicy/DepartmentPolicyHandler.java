package org.studygate.departmentpolicy;

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

/// A department's rules, for its admins and the service desk. To whoever works for none there is
/// nothing.
public final class DepartmentPolicyHandler extends HttpFunction {
  /// A logo and the statements of seven languages fit; others send a few lines.
  private static final int LONGEST = 384 * 1024;

  private final Visits visits;
  private final Versions versions;
  private final SessionCookie cookie;

  public DepartmentPolicyHandler() {
    this(Platform.onLambda());
  }

  public DepartmentPolicyHandler(Platform platform) {
    super(platform);
    var wiring = Wiring.on(platform);
    this.visits = wiring.visits();
    this.versions = wiring.versions();
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var visit =
        cookie.read(request).flatMap(visits::click).orElseThrow(Problem.SESSION_ENDED::refusal);
    var editor = Editor.of(visit).orElseThrow(Problem.NOT_FOUND::refusal);
    try {
      return answer(editor, request);
    } catch (Problem.Refusal refusal) {
      versions.refused(editor, refusal.problem(), request.requestId());
      throw refusal;
    }
  }

  private HttpResponse answer(Editor editor, HttpRequest request) {
    return switch (request.route()) {
      case "GET /api/desk/policy" ->
          versions.current(editor, request.query(Editor.DEPARTMENT)).packed(request);
      case "GET /api/desk/policy/versions/{n}" ->
          versions
              .one(editor, request.query(Editor.DEPARTMENT), request.pathParameter("n"))
              .packed(request);
      case "PUT /api/desk/policy" ->
          versions.change(editor, Change.read(request.json()), request.requestId());
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  @Override
  protected int maxBody() {
    return LONGEST;
  }

  @Override
  public Map<String, List<Parameter>> parameters() {
    return Map.of(
        "GET /api/desk/policy", List.of(Editor.DEPARTMENT),
        "GET /api/desk/policy/versions/{n}", List.of(Editor.DEPARTMENT));
  }

  @Override
  protected void prime() {
    visits.find(new Token("priming"));
  }
}
