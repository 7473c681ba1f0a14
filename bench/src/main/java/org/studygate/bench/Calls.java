package org.studygate.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Counts what this process asks of AWS, each try. The SDK makes one for every client by itself, so
/// they count together.
public final class Calls implements ExecutionInterceptor {
  private static final Map<String, LongAdder> COUNTED = new ConcurrentHashMap<>();

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    var service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    var operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    COUNTED.computeIfAbsent(service + " " + operation, _ -> new LongAdder()).increment();
  }

  /// What was counted since the last time.
  static Map<String, Long> take() {
    var taken = new TreeMap<String, Long>();
    COUNTED.forEach((call, count) -> taken.put(call, count.sumThenReset()));
    taken.values().removeIf(count -> count == 0);
    return taken;
  }
}
