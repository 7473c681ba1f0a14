package org.studygate.departmentview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.Face;
import org.studygate.department.ServiceDesk;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;
import org.studygate.wiring.Stores;

/// GET /api/departments, GET /api/departments/{id} and its logo. The same for everybody, so that
/// browsers and the edge may keep it for a minute; a changed telephone number is seen that late at
/// most. GET /api/environments besides, which tells a browser its own country and is kept by that
/// browser alone.
public final class DepartmentViewHandler extends HttpFunction {
  private static final String SHORTLY = "public, max-age=60";

  private static final String BY_ONE_BROWSER = "private, max-age=60";

  /// The address of a logo changes with the picture.
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private final Departments departments;
  private final Optional<ServiceDesk> desk;
  private final Environments environments;

  /// For choosing one's department.
  record Choice(List<Departments.Listed> departments, Optional<ServiceDesk> serviceDesk) {}

  public DepartmentViewHandler() {
    this(Platform.onLambda());
  }

  public DepartmentViewHandler(Platform platform) {
    super(platform);
    var environment = platform.environment();
    this.departments = new Stores(platform).departments();
    this.desk =
        ServiceDesk.of(
            environment.optional("SERVICE_DESK_PHONE"), environment.optional("SERVICE_DESK_EMAIL"));
    this.environments = Environments.of(environment);
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    return switch (request.route()) {
      case "GET /api/departments" -> list();
      case "GET /api/departments/{id}" -> shortly(Face.whole(department(request), desk));
      case "GET /api/departments/{id}/logo" -> logo(department(request));
      case "GET /api/environments" -> environments(request);
      default -> throw Problem.NOT_FOUND.refusal();
    };
  }

  private HttpResponse list() {
    return shortly(new Choice(departments.list(), desk));
  }

  private HttpResponse environments(HttpRequest request) {
    return HttpResponse.ok(environments.told(request.header("cloudfront-viewer-country")))
        .with("cache-control", BY_ONE_BROWSER);
  }

  private static HttpResponse shortly(Object body) {
    return HttpResponse.ok(body).with("cache-control", SHORTLY);
  }

  private static HttpResponse logo(Department department) {
    var logo = department.logo().orElseThrow(Problem.NOT_FOUND::refusal);
    return HttpResponse.picture(logo.type(), logo.base64()).with("cache-control", FOR_GOOD);
  }

  private Department department(HttpRequest request) {
    return Optional.of(request.pathParameter("id"))
        .filter(Department::isId)
        .flatMap(departments::find)
        .orElseThrow(Problem.NOT_FOUND::refusal);
  }

  /// `v` names the picture, so that a changed one has another address; it is asked for nothing.
  @Override
  public Map<String, List<Parameter>> parameters() {
    return Map.of("GET /api/departments/{id}/logo", List.of(new Parameter("v", "[0-9a-f]{1,8}")));
  }

  @Override
  protected void prime() {
    departments.find("priming");
    list();
  }
}
