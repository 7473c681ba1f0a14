package org.studygate.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.studygate.http.HttpRequest;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;

/// What the calls of the desk take.
final class Asked {
  static final Parameter DEPARTMENT = new Parameter("department", "[a-z0-9-]{2,32}");

  /// Where a page before ended; of no meaning to whoever asks.
  static final Parameter BEFORE = new Parameter("before", "[0-9A-Za-z#-]{1,64}");

  static final Parameter INSTANCE = new Parameter("instance", "[0-9A-Za-z._-]{1,64}");
  static final Parameter FRAME = new Parameter("frame", "[1-9][0-9]{0,4}");

  static final Map<String, List<Parameter>> PARAMETERS =
      Map.of(
          "GET /api/desk/receipts", List.of(DEPARTMENT, BEFORE),
          "GET /api/desk/orders", List.of(DEPARTMENT, BEFORE),
          "GET /api/desk/copies", List.of(DEPARTMENT, BEFORE),
          "GET /api/desk/copies/{id}", List.of(INSTANCE, FRAME),
          "GET /api/desk/studies", List.of(DEPARTMENT, BEFORE));

  private static final int LONGEST_SEARCH = 128;
  private static final int MOST_PERSONS = 100;

  private Asked() {}

  static String department(Clerk clerk, HttpRequest request) {
    return clerk.department(request.query(DEPARTMENT));
  }

  static Search search(Clerk clerk, HttpRequest request) {
    var json = request.json();
    var sought = json.string("q").strip();
    var department = json.optionalString("department");
    json.done();
    if (sought.isEmpty() || sought.length() > LONGEST_SEARCH) {
      throw Problem.BAD_REQUEST.refusal("q");
    }
    return new Search(clerk.department(department), sought);
  }

  record Search(String department, String sought) {
    @Override
    public String toString() {
      return "Search[" + department + "]";
    }
  }

  /// Frames of one picture, from one on.
  static Optional<Frames> frames(HttpRequest request) {
    return request
        .query(INSTANCE)
        .map(one -> new Frames(one, request.query(FRAME).map(Integer::parseInt).orElse(1)));
  }

  record Frames(String instance, int from) {}

  static boolean done(HttpRequest request) {
    var json = request.json();
    var done = json.bool("done", true);
    json.done();
    return done;
  }

  static Reason reason(HttpRequest request) {
    var json = request.json();
    var reason = Reason.of(json);
    json.done();
    return reason;
  }

  static void nothing(HttpRequest request) {
    request.json().done();
  }

  static Match match(HttpRequest request) {
    var json = request.json();
    var match = new Match(json.string("study"), persons(json), Reason.of(json));
    json.done();
    return match;
  }

  record Match(String study, Set<String> persons, Reason reason) {}

  static Release release(HttpRequest request) {
    var json = request.json();
    var release = new Release(persons(json), Reason.of(json));
    json.done();
    return release;
  }

  record Release(Set<String> persons, Reason reason) {}

  private static Set<String> persons(JsonObject json) {
    var all = json.strings("persons");
    if (all.size() > MOST_PERSONS) {
      throw Problem.BAD_REQUEST.refusal("persons");
    }
    return all.stream().collect(Collectors.toUnmodifiableSet());
  }
}
