package org.studygate.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.studygate.local.template.Template;
import org.studygate.platform.Log;

/// Functions that run every minute; also at once when somebody moves the clock, since for them time
/// has passed.
final class Schedules implements AutoCloseable {
  private static final byte[] EVENT =
      "{\"source\":\"aws.scheduler\"}".getBytes(StandardCharsets.UTF_8);

  private final Template template;
  private final Lambda functions;
  private final Log log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  Schedules(Template template, Lambda functions, Log log) {
    this.template = template;
    this.functions = functions;
    this.log = log;
  }

  void start() {
    var _ = timer.scheduleWithFixedDelay(this::run, 20, 60, TimeUnit.SECONDS);
  }

  synchronized void run() {
    for (var function : template.functions()) {
      if (function.events("Schedule").isEmpty()) {
        continue;
      }
      try {
        functions.call(function.name(), EVENT);
      } catch (IOException | RuntimeException failure) {
        log.error("function-failed", failure);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
