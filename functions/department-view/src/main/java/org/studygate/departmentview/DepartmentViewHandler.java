package org.studygate.departmentview;

import java.util.List;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.Face;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Platform;

/// GET /api/departments, GET /api/departments/{id}. The same for everybody, so that browsers and
/// the edge may keep it for a minute; a changed telephone number is seen that late at most.
public final class DepartmentViewHandler extends HttpFunction {
  private static final String SHORTLY = "public, max-age=60";

  private final Departments departments;

  /// For choosing one's department.
  record Choice(List<Departments.Listed> departments) {}

  public DepartmentViewHandler() {
    this(Platform.onLambda());
  }

  public DepartmentViewHandler(Platform platform) {
    super(platform);
    this.departments =
        new DynamoDepartments(
            platform.aws().dynamo(), platform.environment().required("DEPARTMENTS_TABLE"));
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    if (!request.method().equals("GET")) {
      throw Problem.NOT_FOUND.refusal();
    }
    var body =
        request.path().equals("/api/departments")
            ? new Choice(departments.list())
            : face(request.pathParameter("id"));
    return HttpResponse.ok(body).with("cache-control", SHORTLY);
  }

  private Face face(String id) {
    if (!Department.isId(id)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return departments.find(id).map(Face::of).orElseThrow(Problem.NOT_FOUND::refusal);
  }

  @Override
  protected void prime() {
    departments.find("priming");
  }
}
