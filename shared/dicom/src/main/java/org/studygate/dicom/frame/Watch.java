package org.studygate.dicom.frame;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks after a process while it works on one frame, and kills it with all that it has started
/// when it has used up its time. Processor time counts, so that a busy machine takes no picture
/// away; the clock counts for one that does nothing.
final class Watch implements AutoCloseable {
  private static final long EVERY_MILLIS = 10;

  private final ProcessHandle process;
  private final Duration processor;
  private final Duration whole;
  private final Clock clock;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean struck;

  private Watch(ProcessHandle process, Duration processor, Duration whole, Clock clock) {
    this.process = process;
    this.processor = processor;
    this.whole = whole;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("decoder-watch").unstarted(this::look);
  }

  static Watch over(ProcessHandle process, Duration processor, Duration whole, Clock clock) {
    var watch = new Watch(process, processor, whole, clock);
    watch.thread.start();
    return watch;
  }

  private void look() {
    var began = clock.instant();
    var before = used();
    try {
      while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        var waited = Duration.between(began, clock.instant());
        if (used().minus(before).compareTo(processor) > 0 || waited.compareTo(whole) > 0) {
          struck = true;
          kill(process);
          return;
        }
      }
    } catch (InterruptedException _) {
      struck = true;
      kill(process); // nobody looks after it any more
    }
  }

  /// Nothing where the system does not tell; then the clock alone counts.
  private Duration used() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  static void kill(ProcessHandle process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /// Whether the process was killed.
  boolean struck() {
    return struck;
  }

  /// Ends looking; afterwards [#struck] does not change any more.
  @Override
  public void close() {
    over.countDown();
    var interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
