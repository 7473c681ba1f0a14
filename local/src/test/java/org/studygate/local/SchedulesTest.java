package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.studygate.local.template.Template;
import org.studygate.platform.Log;

final class SchedulesTest {
  private final List<String> called = new ArrayList<>();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Log log =
      new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());

  private byte[] noted(String function, byte[] event) {
    called.add(function + " " + new String(event, StandardCharsets.UTF_8));
    return new byte[0];
  }

  @Test
  void whatTheTemplateSchedulesRunsAndNothingElse() {
    try (var schedules = new Schedules(Template.ofProject(), this::noted, log)) {
      schedules.run();
    }
    assertThat(called)
        .containsExactlyInAnyOrder(
            "HousekeepingFunction {\"source\":\"aws.scheduler\"}",
            "PaymentSweepFunction {\"source\":\"aws.scheduler\"}");
  }

  @Test
  void oneThatFailsDoesNotKeepTheNextFromRunning() {
    Lambda failing =
        (function, event) -> {
          noted(function, event);
          throw new IllegalStateException("of a person");
        };
    try (var schedules = new Schedules(Template.ofProject(), failing, log)) {
      schedules.run();
      schedules.run();
    }
    assertThat(called).hasSize(4);
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("function-failed")
        .doesNotContain("of a person");
  }
}
