package org.studygate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackedTest {
  private static final HttpRequest REQUEST =
      new HttpRequest(
          "GET /x", "/x", "", Map.of(), List.of(), Map.of(), "192.0.2.1", "request", "");
  private static final String LONG = "x".repeat(1024);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                        | true
          GZIP                        | true
          br, gzip                    | true
          br;q=1.0,gzip ; q=0.5       | true
          gzip;q=1                    | true
          gzip;q=0.001                | true
          gzip;q=0                    | false
          gzip;q=0.000                | false
          br                          | false
          xgzip                       | false
          identity, gzip;q=0          | false
          """)
  void onlyWhoTakesItGetsIt(String accepted, boolean packed) {
    for (var header : List.of("accept-encoding", "x-accept-encoding")) {
      onlyWhoTakesItGetsIt(TestEvents.header(REQUEST, header, accepted), packed);
    }
  }

  private static void onlyWhoTakesItGetsIt(HttpRequest request, boolean packed) {
    var answer = HttpResponse.ok(LONG).packed(request);
    assertThat(answer.base64()).isEqualTo(packed);
    assertThat(answer.headers().containsKey("content-encoding")).isEqualTo(packed);
    assertThat(answer.headers()).containsEntry("vary", "accept-encoding, x-accept-encoding");
    var small = HttpResponse.ok("x").packed(request);
    assertThat(small.base64()).isFalse();
    assertThat(small.headers()).containsEntry("vary", "accept-encoding, x-accept-encoding");
  }
}
