package org.studygate.platform;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.studygate.json.Json;

/// One JSON line per event on standard output. Fields are codes, counts and ids made by us, never
/// what a person typed or is called.
public final class Log {
  private final PrintStream out;
  private final Clock clock;
  private final String function;
  private final Supplier<@Nullable String> trace;

  public Log(PrintStream out, Clock clock) {
    this(out, clock, "none", () -> null);
  }

  private Log(PrintStream out, Clock clock, String function, Supplier<@Nullable String> trace) {
    this.out = out;
    this.clock = clock;
    this.function = function;
    this.trace = trace;
  }

  /// `trace` is asked at each failure: on Lambda it is another one for each call.
  public static Log toStandardOutput(Clock clock, Supplier<@Nullable String> trace) {
    return new Log(System.out, clock, "none", trace);
  }

  public static Log toStandardOutput(Clock clock) {
    return new Log(System.out, clock);
  }

  /// The same for one function, whose name stands in its failures.
  public Log of(String name) {
    return new Log(out, clock, name, trace);
  }

  public void info(String event, Map<String, ?> fields) {
    print(line("INFO", event, fields));
  }

  public void warn(String event, Map<String, ?> fields) {
    print(line("WARN", event, fields));
  }

  public void error(String event, Throwable failure) {
    error(event, Map.of(), failure);
  }

  /// A failure that was caught: its class and place, never its message, since messages of
  /// libraries may quote what was sent; and ids by which it is found again. The line is its own
  /// metric, `Failed` of this function, so none can be caught without being counted.
  public void error(String event, Map<String, ?> ids, Throwable failure) {
    var line = line("ERROR", event, ids);
    line.put("failure", failure.getClass().getName());
    var place = failure.getStackTrace();
    line.put("at", place.length == 0 ? "" : place[0].toString());
    var cause = failure.getCause();
    if (cause != null) {
      line.put("cause", cause.getClass().getName());
    }
    var traced = trace.get();
    if (traced != null) {
      line.put("trace", traced);
    }
    line.put("function", function);
    measure(line, "Failed", 1, List.of(List.of(), List.of("function")));
    print(line);
  }

  public void metric(String name, long value) {
    metric(name, value, Map.of());
  }

  /// A metric without a call (CloudWatch's embedded metric format): the total, and the same by each
  /// dimension.
  public void metric(String name, long value, Map<String, String> dimensions) {
    var sorted = new TreeMap<>(dimensions);
    var line = new LinkedHashMap<String, Object>(sorted);
    var sets = new ArrayList<List<String>>();
    sets.add(List.of());
    sorted.keySet().forEach(dimension -> sets.add(List.of(dimension)));
    measure(line, name, value, sets);
    print(line);
  }

  private void measure(
      Map<String, Object> line, String name, long value, List<List<String>> dimensions) {
    var metric = Map.of("Name", name, "Unit", "Count");
    var directive =
        Map.of("Namespace", "Studygate", "Dimensions", dimensions, "Metrics", List.of(metric));
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
    line.put(name, value);
  }

  private Map<String, Object> line(String level, String event, Map<String, ?> fields) {
    var line = new LinkedHashMap<String, Object>();
    line.put("timestamp", clock.instant());
    line.put("level", level);
    line.put("event", event);
    line.putAll(fields);
    return line;
  }

  private void print(Map<String, Object> line) {
    var text = new String(Json.bytes(line), StandardCharsets.UTF_8);
    synchronized (out) {
      out.println(text);
    }
  }
}
