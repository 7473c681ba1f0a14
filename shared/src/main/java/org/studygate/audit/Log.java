package org.studygate.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.studygate.json.Json;

/// One JSON line per event on standard output. Fields are codes, counts and ids made by us, never
/// what a person typed or is called.
public final class Log {
  private final PrintStream out;
  private final Clock clock;

  public Log(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  public static Log toStandardOutput(Clock clock) {
    return new Log(System.out, clock);
  }

  public void info(String event, Map<String, ?> fields) {
    write("INFO", event, fields);
  }

  public void warn(String event, Map<String, ?> fields) {
    write("WARN", event, fields);
  }

  /// The class and place of a failure, never its message: messages of libraries may quote what was
  /// sent.
  public void error(String event, Throwable failure) {
    var trace = failure.getStackTrace();
    write(
        "ERROR",
        event,
        Map.of(
            "failure",
            failure.getClass().getName(),
            "at",
            trace.length == 0 ? "" : trace[0].toString()));
  }

  /// CloudWatch's embedded metric format: a metric without a call.
  public void metric(String name, long value) {
    metric(name, value, Map.of(), List.of(List.of()));
  }

  /// The same for one of several, a department for example, and for all of them together.
  public void metric(String name, long value, Map<String, String> dimensions) {
    metric(name, value, dimensions, List.of(List.of(), List.copyOf(dimensions.keySet())));
  }

  private void metric(
      String name, long value, Map<String, String> dimensions, List<List<String>> sets) {
    var metric = Map.of("Name", name, "Unit", "Count");
    var directive =
        Map.of("Namespace", "Studygate", "Dimensions", sets, "Metrics", List.of(metric));
    var line = new LinkedHashMap<String, Object>();
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
    line.putAll(dimensions);
    line.put(name, value);
    print(line);
  }

  private void write(String level, String event, Map<String, ?> fields) {
    var line = new LinkedHashMap<String, Object>();
    line.put("timestamp", clock.instant());
    line.put("level", level);
    line.put("event", event);
    line.putAll(fields);
    print(line);
  }

  private void print(Map<String, Object> line) {
    var text = new String(Json.bytes(line), StandardCharsets.UTF_8);
    synchronized (out) {
      out.println(text);
    }
  }
}
