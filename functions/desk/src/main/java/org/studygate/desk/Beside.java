package org.studygate.desk;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// The lines of a page are read beside each other, since each waits for the store and for nothing
/// else.
final class Beside {
  private Beside() {}

  static <T, R> List<R> each(List<T> all, Function<T, R> read) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = all.stream().map(one -> threads.submit(() -> read.apply(one))).toList();
      return asked.stream().map(Beside::answer).toList();
    }
  }

  private static <R> R answer(Future<R> asked) {
    try {
      return asked.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a line could not be read", failed.getCause());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("a line could not be read", ended);
    }
  }
}
