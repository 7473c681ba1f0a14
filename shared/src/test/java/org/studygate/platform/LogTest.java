package org.studygate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.studygate.json.JsonObject;

final class LogTest {
  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(told), clock);

  private JsonObject line() {
    assertThat(told.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    return JsonObject.parse(told.toByteArray());
  }

  private static JsonObject directive(JsonObject line) {
    var embedded = line.object("_aws");
    assertThat(embedded.optionalLong("Timestamp")).isPresent();
    return embedded.objects("CloudWatchMetrics").getFirst();
  }

  @Test
  void aFailureIsCountedForItsFunctionByItsOwnLine() {
    log.of("study-view")
        .error("request-failed", Map.of("requestId", "r-1"), new IllegalStateException("Peeters"));
    var line = line();
    assertThat(line.string("level")).isEqualTo("ERROR");
    assertThat(line.string("requestId")).isEqualTo("r-1");
    assertThat(line.string("function")).isEqualTo("study-view");
    assertThat(line.optionalLong("Failed")).contains(1L);
    var directive = directive(line);
    assertThat(directive.string("Namespace")).isEqualTo("Studygate");
    assertThat(directive.json()).contains("[[],[\"function\"]]");
    assertThat(line.json()).as("no message of a failure").doesNotContain("Peeters");
  }

  @Test
  void theCauseAndTheTraceOfTheCallStandInIt() {
    var traced = new AtomicReference<>("Root=1-a");
    var out = System.out;
    System.setOut(new PrintStream(told));
    try {
      var lambda = Log.toStandardOutput(clock, traced::get);
      traced.set("Root=1-b");
      lambda.error("x", new IllegalStateException(new IllegalArgumentException("secret")));
    } finally {
      System.setOut(out);
    }
    assertThat(line().string("trace")).isEqualTo("Root=1-b");
    assertThat(line().string("cause")).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(line().json()).doesNotContain("secret");
  }

  @Test
  void aMetricIsCountedInAllAndByEachDimension() {
    log.metric("Quarantined", 1, Map.of("Department", "noord", "Reason", "too-large"));
    var line = line();
    assertThat(line.string("Department")).isEqualTo("noord");
    assertThat(line.string("Reason")).isEqualTo("too-large");
    assertThat(line.optionalLong("Quarantined")).contains(1L);
    assertThat(directive(line).json()).contains("[[],[\"Department\"],[\"Reason\"]]");
  }

  @Test
  void aMetricWithoutDimensionsIsOne() {
    log.metric("SmsSent", 2);
    assertThat(directive(line()).json()).contains("[[]]");
    assertThat(List.copyOf(line().names())).doesNotContain("function");
  }
}
