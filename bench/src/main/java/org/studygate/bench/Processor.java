package org.studygate.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Processor time so far: of this process by what its threads are for, and of its children. The
/// functions work on threads that are named for their queues, S3Proxy on those of Jetty, gateway
/// and stream on carriers of virtual threads. What is left of the process is the virtual machine
/// itself, compiler and collector.
///
/// @param threads nanoseconds by thread
/// @param names of the threads
/// @param process of this process in all
/// @param children nanoseconds by child
record Processor(
    Map<Long, Long> threads, Map<Long, String> names, long process, Map<String, Long> children) {
  static Processor now() {
    var bean = ManagementFactory.getThreadMXBean();
    var threads = new HashMap<Long, Long>();
    var names = new HashMap<Long, String>();
    for (var info : bean.getThreadInfo(bean.getAllThreadIds())) {
      if (info != null) {
        threads.put(info.getThreadId(), Math.max(0, bean.getThreadCpuTime(info.getThreadId())));
        names.put(info.getThreadId(), info.getThreadName());
      }
    }
    var process = ProcessHandle.current();
    var children = new HashMap<String, Long>();
    process.descendants().forEach(child -> children.merge(name(child), nanos(child), Long::sum));
    return new Processor(threads, names, nanos(process), children);
  }

  static long nanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static String name(ProcessHandle child) {
    return switch (command(child)) {
      case String line when line.contains("LocalDynamo") -> "DynamoDB Local";
      case String line when line.contains("serve.py") -> "moto";
      case String line when line.contains("DecoderMain") -> "our functions (decoder)";
      default -> "other children";
    };
  }

  private static String command(ProcessHandle child) {
    try {
      return Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  private static String group(String thread) {
    if (thread.contains("Queue-")) {
      return "our functions";
    }
    if (thread.startsWith("hospital")) {
      return "the hospital's client";
    }
    if (thread.startsWith("qtp") || thread.startsWith("S3Proxy")) {
      return "S3Proxy";
    }
    return "gateway, stream and timers";
  }

  /// Nanoseconds since `before`, by who used them.
  Map<String, Long> since(Processor before) {
    var used = new TreeMap<String, Long>();
    var known = 0L;
    for (var thread : threads.entrySet()) {
      var nanos = thread.getValue() - before.threads().getOrDefault(thread.getKey(), 0L);
      used.merge(group(names.getOrDefault(thread.getKey(), "")), nanos, Long::sum);
      known += nanos;
    }
    used.put("virtual machine", Math.max(0, process - before.process() - known));
    children.forEach(
        (child, nanos) ->
            used.merge(child, nanos - before.children().getOrDefault(child, 0L), Long::sum));
    return used;
  }
}
