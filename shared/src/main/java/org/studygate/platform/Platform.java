package org.studygate.platform;

import java.security.SecureRandom;
import java.time.Clock;

/// Everything a handler is given from outside. `onLambda()` is the one place that picks the real
/// clock and randomness; a `SecureRandom` object may exist before a SnapStart snapshot, anything
/// drawn from it may not.
public record Platform(
    Environment environment, Clock clock, SecureRandom random, Aws aws, Secrets secrets, Log log) {
  /// Where Lambda's runtime tells of the trace that a call belongs to.
  private static final String TRACE = "com.amazonaws.xray.traceHeader";

  public static Platform onLambda() {
    var environment = Environment.ofProcess();
    var clock = Clock.systemUTC();
    var aws = Aws.of(environment);
    return new Platform(
        environment,
        clock,
        new SecureRandom(),
        aws,
        new SecretsManager(aws.secretsManager()),
        Log.toStandardOutput(clock, () -> System.getProperty(TRACE))
            .of(environment.required("AWS_LAMBDA_FUNCTION_NAME")));
  }
}
