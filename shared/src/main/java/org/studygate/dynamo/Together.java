package org.studygate.dynamo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Questions that do not wait for each other.
public final class Together {
  private Together() {}

  /// The answers, in the order of the questions. The first that fails fails all.
  public static <T> List<T> ask(Collection<? extends Callable<T>> questions) {
    if (questions.size() == 1) {
      return List.of(alone(questions.iterator().next()));
    }
    try (var several = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<T>>();
      questions.forEach(question -> asked.add(several.submit(question)));
      return asked.stream().map(Together::answer).toList();
    }
  }

  /// The same question about each.
  public static <T, R> List<R> each(Collection<T> all, Function<T, R> read) {
    return ask(all.stream().<Callable<R>>map(one -> () -> read.apply(one)).toList());
  }

  /// Two answers of different kinds.
  public record Both<A, B>(A first, B second) {}

  public static <A, B> Both<A, B> both(Supplier<A> first, Supplier<B> second) {
    try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<A> asked = beside.submit(first::get);
      var here = second.get();
      return new Both<>(answer(asked), here);
    }
  }

  /// Two of different kinds, and what comes of them.
  public static <A, B, C> C both(Supplier<A> one, Supplier<B> other, BiFunction<A, B, C> then) {
    var read = both(other, one);
    return then.apply(read.second(), read.first());
  }

  private static <T> T alone(Callable<T> question) {
    try {
      return question.call();
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception checked) {
      throw new IllegalStateException("a question failed", checked);
    }
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a question failed", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while asking", stopped);
    }
  }
}
