package org.studygate.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.studygate.local.Settings.Trouble;

/// Started by `./run`, which has built everything and says where the class path of DynamoDB Local
/// and Python are.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    try {
      run(Settings.parse(arguments, System.getenv()));
    } catch (Trouble trouble) {
      System.err.println("run: " + trouble.line());
      System.exit(1);
    } catch (Exception failure) {
      System.err.println("run: it could not start: " + failure);
      System.err.println("run: if the data folder is broken, --reset begins afresh");
      System.exit(1);
    }
  }

  private static void run(Settings settings) throws Exception {
    var classPath =
        Files.readString(Path.of(System.getProperty("studygate.dynamodb.classpath"))).strip();
    var python = Path.of(System.getProperty("studygate.python"));
    var stopped = new CountDownLatch(1);
    System.out.println("Starting …");
    var stack = new Stack(settings, classPath, python);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stack.close();
                  stopped.countDown();
                }));
    stack.begin();
    System.out.println();
    System.out.println("Studygate runs. Open  " + settings.origin() + "/local");
    System.out.println("Ctrl-C stops it; what it holds stays in " + settings.data());
    stopped.await();
  }
}
