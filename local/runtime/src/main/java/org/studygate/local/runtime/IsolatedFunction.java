package org.studygate.local.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipFile;

/// A function's zip in a process of its own under AWS's runtime interface client, as on Lambda.
public final class IsolatedFunction implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final RuntimeApi api;
  private final Process process;
  private final Path folder;
  private final long startedNanos;

  private IsolatedFunction(RuntimeApi api, Process process, Path folder, long startedNanos) {
    this.api = api;
    this.process = process;
    this.folder = folder;
    this.startedNanos = startedNanos;
  }

  /// How to start it: `prefix` goes before `java` (such as `taskset -c 0`), `snapStart` runs the
  /// hooks of a checkpoint first.
  public record Start(
      Path zip,
      String handler,
      Map<String, String> environment,
      List<String> prefix,
      boolean snapStart,
      Path log) {}

  public static IsolatedFunction start(Start how) throws IOException {
    var folder = Files.createTempDirectory("studygate-function");
    unpack(how.zip(), folder);
    var api = RuntimeApi.start();
    var command = new ArrayList<>(how.prefix());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx860m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            // so that org.crac finds the client's hooks, as on the managed runtime
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-cp",
            folder
                + File.pathSeparator
                + folder
                + "/lib/*"
                + File.pathSeparator
                + clientClassPath(),
            CLIENT,
            how.handler()));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    var environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "local");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "local");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", how.snapStart() ? "snap-start" : "on-demand");
    environment.put("LAMBDA_TASK_ROOT", folder.toString());
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("_HANDLER", how.handler());
    environment.putAll(how.environment());
    builder.redirectErrorStream(true).redirectOutput(how.log().toFile());
    return new IsolatedFunction(api, builder.start(), folder, System.nanoTime());
  }

  public RuntimeApi api() {
    return api;
  }

  public long pid() {
    return process.pid();
  }

  public long startedNanos() {
    return startedNanos;
  }

  public RuntimeApi.Answer invoke(byte[] event) throws InterruptedException, TimeoutException {
    return api.invoke(event, Duration.ofSeconds(30));
  }

  private static String clientClassPath() {
    var jars = new ArrayList<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.contains("aws-lambda-java") || entry.contains("utils-lite")) {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void unpack(Path zip, Path folder) throws IOException {
    try (var file = new ZipFile(zip.toFile())) {
      for (var entry : Collections.list(file.entries())) {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry outside of the zip");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(file.getInputStream(entry), target);
        }
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    api.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
