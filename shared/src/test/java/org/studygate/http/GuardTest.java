package org.studygate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import software.amazon.awssdk.regions.Region;

/// What every function behind the API refuses before it does anything (security rule 19).
final class GuardTest {
  private static final String OURS = "https://studygate.example.org";

  private final List<String> done = new ArrayList<>();
  private final HttpFunction function =
      new HttpFunction(
          TestPlatform.of(
              TestClock.at("2026-11-23T10:00:00Z"),
              URI.create("http://127.0.0.1:1"),
              Region.EU_CENTRAL_1,
              Map.of())) {
        @Override
        protected HttpResponse handle(HttpRequest request) {
          done.add(request.path());
          return HttpResponse.ok(Map.of());
        }

        @Override
        public Map<String, List<Parameter>> parameters() {
          return Map.of("GET /api/x/{id}", List.of(new Parameter("from", "\\d{1,3}")));
        }

        @Override
        protected void prime() {}
      };

  private static Map<String, String> headers(String... more) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("x-studygate-origin", "secret of the tests");
    headers.put("content-type", "application/json");
    headers.put("x-studygate", "1");
    for (var i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private HttpResponse call(
      String method, String path, String query, Map<String, String> headers, String body) {
    done.clear();
    return function.answer(
        new HttpRequest(
            method + " " + path.replaceFirst("/1$", "/{id}"),
            path,
            query,
            headers,
            List.of(),
            Map.of(),
            "192.0.2.1",
            "r-1",
            body));
  }

  private int post(String... more) {
    var status = call("POST", "/api/x", "", headers(more), "{}").status();
    assertThat(done).hasSize(status == 200 ? 1 : 0);
    return status;
  }

  private int get(String path, String query) {
    return call("GET", path, query, headers(), "").status();
  }

  @Test
  void anotherOriginAloneIsRefused() {
    assertThat(post()).as("none").isEqualTo(200);
    assertThat(post("origin", OURS)).isEqualTo(200);
    assertThat(post("origin", OURS, "sec-fetch-site", "same-origin")).isEqualTo(200);
    for (var foreign :
        List.of(
            "null",
            "https://evil.example",
            "https://www.studygate.example.org",
            "https://studygate.example.org.evil.example",
            "https://example.org",
            "http://studygate.example.org",
            "https://studygate.example.org:8443",
            "https://studygate.example.org/",
            "HTTPS://STUDYGATE.EXAMPLE.ORG",
            OURS + "," + OURS,
            "")) {
      assertThat(post("origin", foreign)).as(foreign).isEqualTo(403);
      assertThat(post("origin", foreign, "sec-fetch-site", "same-origin")).isEqualTo(403);
    }
    for (var site : List.of("cross-site", "same-site", "")) {
      assertThat(post("sec-fetch-site", site)).as(site).isEqualTo(403);
    }
    assertThat(call("GET", "/api/x", "", headers("origin", "https://evil.example"), "").status())
        .isEqualTo(403);
  }

  @Test
  void anAddressIsPlainOrNoneOfOurs() {
    assertThat(get("/api/x", "")).isEqualTo(200);
    assertThat(get("/api/x/1.2.840.10008", "")).isEqualTo(200);
    for (var path :
        List.of(
            "/api/%78",
            "//api/x",
            "/api//x",
            "/api/x/",
            "/api/./x",
            "/api/y/../x",
            "/api/x%2Fy",
            "/api\\x",
            "/api/x;y=1",
            "/api/x y",
            "/api/x\u00e9",
            "/api/x/" + "1".repeat(200),
            "/api" + "/x".repeat(20),
            "")) {
      assertThat(get(path, "")).as(path).isEqualTo(404);
      assertThat(done).isEmpty();
    }
  }

  @Test
  void aParameterWithASlashInItIsNothingOfOurs() {
    for (var id : List.of("1/report", "1%2Freport", "..", "a b", "")) {
      var request =
          new HttpRequest(
              "GET /api/x/{id}",
              "/api/x/1",
              "",
              headers(),
              List.of(),
              Map.of("id", id),
              "192.0.2.1",
              "r-1",
              "");
      assertThat(function.answer(request).status()).as(id).isEqualTo(404);
    }
  }

  @Test
  void aBodyIsMeasuredInBytes() {
    var fits = "x".repeat(16 * 1024);
    assertThat(call("POST", "/api/x", "", headers(), fits).status()).isEqualTo(200);
    assertThat(call("POST", "/api/x", "", headers(), fits + "x").status()).isEqualTo(413);
    for (var letter : List.of("\u00e9", "\u20ac", "\ud83d\ude00")) {
      var bytes = letter.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      var most = 16 * 1024 / bytes;
      assertThat(call("POST", "/api/x", "", headers(), letter.repeat(most)).status())
          .isEqualTo(200);
      assertThat(call("POST", "/api/x", "", headers(), letter.repeat(most + 1)).status())
          .as("%s letters of %s bytes", most + 1, bytes)
          .isEqualTo(413);
    }
  }

  @Test
  void aQueryIsWhatTheRouteTakes() {
    assertThat(get("/api/x/1", "from=12")).isEqualTo(200);
    for (var wrong :
        List.of(
            "from=1234",
            "from=",
            "from",
            "from=1&from=2",
            "from=1&",
            "&",
            "to=1",
            "FROM=1",
            "from=%31%zz",
            "%66rom=x",
            "from=%EF%BC%91",
            "=",
            "from=1&x=" + "1".repeat(2_000))) {
      assertThat(get("/api/x/1", wrong)).as(wrong).isEqualTo(400);
      assertThat(done).isEmpty();
    }
    assertThat(get("/api/x/1", "%66rom=%31")).as("the same, encoded").isEqualTo(200);
    assertThat(get("/api/x", "from=1")).as("of another route").isEqualTo(400);
    assertThat(call("POST", "/api/x", "debug=1", headers(), "{}").status()).isEqualTo(400);
  }

  @Test
  void theNameIsToldAndNeverTheValueNorANameOfTheirOwn() {
    var answer = call("GET", "/api/x/1", "from=4711peeters", headers(), "").body();
    assertThat(answer).contains("\"parameter\":\"from\"").doesNotContain("peeters");
    for (var theirs : List.of("peeters%20an=1", "%3Cscript%3E=1", "a".repeat(33) + "=1")) {
      assertThat(call("GET", "/api/x/1", theirs, headers(), "").body())
          .doesNotContain("parameter", "peeters", "script", "aaa");
    }
  }
}
