package org.studygate.studyaccess;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.Standing;
import org.studygate.http.HttpRequest;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.study.StudyId;

/// What the calls take.
final class Asked {
  static final Parameter STATE =
      new Parameter("state", "active|blocked|expired|withdrawn|waiting|refused");
  static final Parameter DEPARTMENT = new Parameter("department", "[a-z0-9-]{2,32}");

  /// Where a page before ended; of no meaning to whoever asks.
  static final Parameter BEFORE = new Parameter("before", "[0-9]{1,15}-[0-9A-Za-z-]{1,64}");

  static final Map<String, List<Parameter>> PARAMETERS =
      Map.of("GET /api/buckets", List.of(STATE, DEPARTMENT, BEFORE));

  private Asked() {}

  static StudyId study(HttpRequest request) {
    return StudyId.parse(request.pathParameter("id")).orElseThrow(Problem.NOT_FOUND::refusal);
  }

  static Optional<Standing.State> state(HttpRequest request) {
    return request.query(STATE).flatMap(Standing.State::of);
  }

  static String reason(HttpRequest request) {
    var json = request.json();
    var reason = json.optionalString("reason").orElse("");
    json.done();
    return reason;
  }
}
