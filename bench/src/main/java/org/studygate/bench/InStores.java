package org.studygate.bench;

import java.lang.management.ManagementFactory;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// Counts what a thread spends within the SDK's calls: every client has it, by
/// `execution.interceptors`.
public final class InStores implements ExecutionInterceptor {
  private static final ExecutionAttribute<Spent> BEGAN = new ExecutionAttribute<>("began");
  private static final ThreadLocal<Spent> SPENT = ThreadLocal.withInitial(() -> Spent.NONE);

  /// @param nanos by the clock
  /// @param processor nanoseconds of the thread
  record Spent(int calls, long nanos, long processor) {
    static final Spent NONE = new Spent(0, 0, 0);

    static Spent now() {
      var processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      return new Spent(0, System.nanoTime(), processor);
    }

    Spent since(Spent began) {
      return new Spent(calls - began.calls, nanos - began.nanos, processor - began.processor);
    }

    private Spent and(Spent more) {
      return new Spent(calls + 1, nanos + more.nanos, processor + more.processor);
    }
  }

  /// By this thread since it began.
  static Spent spent() {
    return SPENT.get();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(BEGAN, Spent.now());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SPENT.set(SPENT.get().and(Spent.now().since(attributes.getAttribute(BEGAN))));
  }
}
