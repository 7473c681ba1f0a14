package org.studygate.dicom.frame;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReader;
import com.twelvemonkeys.imageio.ImageReaderBase;
import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReader;
import com.twelvemonkeys.io.FastByteArrayOutputStream;
import com.twelvemonkeys.lang.Validate;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.studygate.dicom.guard.Budget;

/// Decodes in a process of its own, which can be ended whatever it does: a thread that turns in
/// circles cannot. It is started with the first frame and serves the following ones; one that uses
/// up its [Budget] or dies costs its frame alone. [#close] ends it; a frame that comes later starts
/// another. Not for two threads at once.
public final class DecoderProcess extends Decoder {
  /// The largest frame that is decoded, three times over, and the virtual machine.
  private static final String HEAP = "-Xmx640m";

  /// A tenth of a second, when nothing else runs.
  private static final Duration START = Duration.ofSeconds(20);

  private static final String NOWHERE = "/dev/null";

  /// As `-XX:+ExitOnOutOfMemoryError` has it.
  private static final int OUT_OF_MEMORY = 3;

  /// One class of each jar that is needed.
  private static final List<Class<?>> NEEDED =
      List.of(
          DecoderMain.class,
          JPEGImageReader.class,
          ImageReaderBase.class,
          CompoundDirectory.class,
          FastByteArrayOutputStream.class,
          Validate.class,
          com.twelvemonkeys.image.ImageUtil.class,
          J2KImageReader.class,
          com.github.jaiimageio.impl.common.ImageUtil.class);

  private final Budget budget;
  private final Clock clock;
  private @Nullable Running running;

  public DecoderProcess(Budget budget, Clock clock) {
    this.budget = budget;
    this.clock = clock;
  }

  @Override
  Decoded decode(Compressed frame) throws IOException {
    var asked = running == null ? start() : running;
    running = null; // half an answer, whatever cut it, is never read as that of the next frame
    try {
      var values = frame.shape().values();
      var watch =
          Watch.over(
              asked.process().toHandle(), budget.decoding(values), budget.waiting(values), clock);
      @Nullable Decoded answer;
      try (watch) {
        answer = asked.ask(frame);
      } catch (IOException _) {
        answer = null; // it has died
      }
      if (answer != null) {
        running = watch.struck() ? null : asked;
        return answer;
      }
      return new NotDecodable(watch.struck() ? NotDecodable.Why.TOO_SLOW : asked.why());
    } finally {
      if (running == null) {
        asked.end();
      }
    }
  }

  private Running start() throws IOException {
    var started = Running.start();
    try (var _ = Watch.over(started.process().toHandle(), START, START, clock)) {
      Wire.awaitReady(started.in());
      return started;
    } catch (IOException failed) {
      started.end();
      throw failed;
    }
  }

  @Override
  public void close() {
    if (running != null) {
      running.end();
      running = null;
    }
  }

  /// A process and the two ends of its pipes.
  private record Running(Process process, DataInputStream in, DataOutputStream out) {

    /// Nothing of ours goes along: no variable, so no key of the function's, and no place for
    /// temporary files.
    static Running start() throws IOException {
      var builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  HEAP,
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+ExitOnOutOfMemoryError",
                  "-XX:-UsePerfData",
                  "-XX:ErrorFile=" + NOWHERE,
                  "-Xshare:auto",
                  "-Djava.awt.headless=true",
                  "-Djava.io.tmpdir=" + NOWHERE,
                  "-cp",
                  classPath(),
                  DecoderMain.class.getName())
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().clear();
      var process = builder.start();
      return new Running(
          process,
          new DataInputStream(new BufferedInputStream(process.getInputStream(), Wire.BUFFER)),
          new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), Wire.BUFFER)));
    }

    Decoded ask(Compressed frame) throws IOException {
      Wire.write(out, frame);
      return Wire.readAnswer(in, frame.shape());
    }

    /// Why it has died.
    NotDecodable.Why why() {
      var ended = process.onExit().completeOnTimeout(process, 1, TimeUnit.SECONDS).join();
      return !ended.isAlive() && ended.exitValue() == OUT_OF_MEMORY
          ? NotDecodable.Why.TOO_LARGE
          : NotDecodable.Why.DAMAGED;
    }

    /// Ends it with all that it may have started.
    void end() {
      Watch.kill(process.toHandle());
      process.onExit().join();
      for (var pipe : List.of(process.getInputStream(), process.getOutputStream())) {
        try {
          pipe.close();
        } catch (IOException _) {
          // what was still in the pipe is for nobody
        }
      }
    }
  }

  /// Where the function's own jars lie, on Lambda and on any other machine.
  private static String classPath() {
    return NEEDED.stream()
        .map(one -> one.getProtectionDomain().getCodeSource().getLocation())
        .map(DecoderProcess::path)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String path(URL location) {
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("the jars of this function lie at no file", impossible);
    }
  }
}
