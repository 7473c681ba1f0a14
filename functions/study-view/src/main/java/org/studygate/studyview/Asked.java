package org.studygate.studyview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.studygate.http.HttpRequest;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// What is asked of a series: all of it or one instance, and which page.
///
/// @param from empty if no page is asked for, but what there is
/// @param exact also where its exact pixels lie, which are made for it
record Asked(Optional<String> instance, Optional<Page.From> from, boolean exact) {
  /// The key of an event of the trail.
  static final Parameter BEFORE =
      new Parameter("before", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z#[0-9a-f]{32}");

  private static final Parameter OPEN = new Parameter("open", "first");
  private static final Parameter INSTANCE =
      new Parameter("instance", "[0-9]{1,62}(\\.[0-9]{1,62}){0,31}");
  private static final Parameter FROM = new Parameter("from", "\\d{1,6}\\.\\d{1,6}");
  private static final Parameter LIMIT = new Parameter("limit", "[1-9]\\d{0,3}");

  private static final Parameter EXACT = new Parameter("exact", "true");

  static final Map<String, List<Parameter>> PARAMETERS =
      Map.of(
          "GET /api/studies",
          Stream.concat(Stream.of(OPEN), Sought.PARAMETERS.stream()).toList(),
          "GET /api/studies/{id}",
          List.of(OPEN),
          "GET /api/studies/{id}/series/{uid}",
          List.of(INSTANCE, FROM, LIMIT, EXACT),
          "GET /api/studies/{id}/accesses",
          List.of(BEFORE));

  static Asked of(HttpRequest request) {
    var from = request.query(FROM).map(Page.From::at);
    var limited =
        request.query(LIMIT).map(most -> from.orElse(Page.From.START).atMost(most)).or(() -> from);
    return new Asked(request.query(INSTANCE), limited, request.query(EXACT).isPresent());
  }

  /// Exact pixels are asked for again and again until they are made, whether anybody is there or
  /// not: that lengthens no visit.
  static boolean byItself(HttpRequest request) {
    return request.query(EXACT).isPresent();
  }

  /// Whether what a page shows first is to be answered with it.
  static boolean opens(HttpRequest request) {
    return request.query(OPEN).isPresent();
  }

  /// Whether it is neither one of them nor a page.
  boolean all() {
    return instance.isEmpty() && from.isEmpty();
  }

  boolean names(String sopUid) {
    return instance.isEmpty() || instance.get().equals(sopUid);
  }

  static StudyId study(HttpRequest request) {
    return named(request.pathParameter("id"), StudyId::new);
  }

  static SeriesUid uid(HttpRequest request) {
    return named(request.pathParameter("uid"), SeriesUid::new);
  }

  /// What cannot be a name is the name of nothing.
  private static <T> T named(String text, Function<String, T> shape) {
    try {
      return shape.apply(text);
    } catch (IllegalArgumentException impossible) {
      throw Problem.NOT_FOUND.refusal();
    }
  }
}
