package org.studygate.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// Kills the caller at its n-th call of a store: before the call takes effect, or right after.
public final class Faults {
  private final int at;
  private final boolean after;
  private int calls;
  private boolean struck;

  private Faults(int at, boolean after) {
    this.at = at;
    this.after = after;
  }

  public static Faults none() {
    return new Faults(-1, false);
  }

  public static Faults before(int call) {
    return new Faults(call, false);
  }

  public static Faults after(int call) {
    return new Faults(call, true);
  }

  /// What a machine's death looks like from inside.
  public static final class Killed extends RuntimeException {
    Killed() {
      super("killed by the test", null, false, false);
    }
  }

  public boolean struck() {
    return struck;
  }

  public <T> T wrap(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              calls++;
              var strikes = calls == at;
              if (strikes && !after) {
                struck = true;
                throw new Killed();
              }
              try {
                var answer = method.invoke(real, arguments);
                if (strikes) {
                  struck = true;
                  throw new Killed();
                }
                return answer;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause() == null ? thrown : thrown.getCause();
              }
            }));
  }
}
