package org.studygate.local;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Rung when something may be waiting in a queue or a stream: whoever reads them looks at once, and
/// now and then otherwise, so that a stack nobody uses costs next to nothing.
final class Bell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long rings;

  void ring() {
    lock.lock();
    try {
      rings++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// To be asked before looking, so that a ring in between is not missed.
  long rings() {
    lock.lock();
    try {
      return rings;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a ring after `seen`, at most for so long.
  void await(long seen, long millis) throws InterruptedException {
    var left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (rings == seen && left > 0) {
        left = rung.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
