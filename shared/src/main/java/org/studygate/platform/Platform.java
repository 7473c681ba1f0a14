package org.studygate.platform;

import java.security.SecureRandom;
import java.time.Clock;
import org.studygate.audit.Log;

/// Everything a handler is given from outside. `onLambda()` is the one place that picks the real
/// clock and randomness;
/// a `SecureRandom` object may exist before a SnapStart snapshot, anything drawn from it may not.
public record Platform(
    Environment environment, Clock clock, SecureRandom random, Aws aws, Log log) {
  public static Platform onLambda() {
    var environment = Environment.ofProcess();
    var clock = Clock.systemUTC();
    return new Platform(
        environment, clock, new SecureRandom(), Aws.of(environment), Log.toStandardOutput(clock));
  }
}
