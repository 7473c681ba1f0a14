package org.studygate.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;

/// Lines of the desk, and where the next page begins: told by the header `Link` (RFC 8288), so that
/// the answer is the lines and nothing else.
record Lines<T>(List<T> lines, Optional<String> next) {
  HttpResponse answer(HttpRequest request) {
    var answer = HttpResponse.ok(lines);
    return next.map(before -> answer.with("link", "<" + more(request, before) + ">; rel=\"next\""))
        .orElse(answer);
  }

  private static String more(HttpRequest request, String before) {
    var department = request.query(Asked.DEPARTMENT).map(id -> "department=" + id + "&").orElse("");
    return "?" + department + "before=" + URLEncoder.encode(before, UTF_8);
  }
}
