package org.studygate.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.studygate.local.template.Template;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.platform.SecretsManager;

/// The real handlers, each with the environment that the template gives it and nothing more but
/// where the services are. Built when it is needed, as on Lambda: an instance has one call at a
/// time, and calls at the same time have one each.
final class Functions implements Lambda {
  private final Template template;
  private final Names names;
  private final Map<String, String> endpoints;
  private final Clock clock;
  private final Log log;
  private final Bell bell;
  private final Map<String, Queue<RequestStreamHandler>> idle = new ConcurrentHashMap<>();

  Functions(
      Template template,
      Names names,
      Map<String, String> endpoints,
      Clock clock,
      Log log,
      Bell bell) {
    this.template = template;
    this.bell = bell;
    this.names = names;
    this.endpoints = endpoints;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public byte[] call(String function, byte[] event) throws IOException {
    var instances = idle.computeIfAbsent(function, _ -> new ConcurrentLinkedQueue<>());
    var waiting = instances.poll();
    var handler = waiting == null ? create(function) : waiting;
    var answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), answer, context(function));
    } finally {
      instances.add(handler);
      bell.ring(); // what it has sent to others waits for them now
    }
    return answer.toByteArray();
  }

  /// Time runs out as the template says, by the machine's clock: the one that can be moved tells
  /// how late it is, not how long something takes.
  private Context context(String function) {
    var time = Duration.ofSeconds(template.function(function).timeout());
    return new LocalContext(function, System.nanoTime() + time.toNanos());
  }

  /// After a reset nothing that a handler has remembered counts.
  void forget() {
    idle.clear();
  }

  private RequestStreamHandler create(String function) {
    var platform = platform(function, environment(function));
    try {
      return Class.forName(template.function(function).handler())
          .asSubclass(RequestStreamHandler.class)
          .getConstructor(Platform.class)
          .newInstance(platform);
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException("the handler of " + function + " cannot be built", wrong);
    }
  }

  /// The variables of the template, and where the services are.
  Map<String, String> environment(String function) {
    var variables = template.function(function).variables(names);
    variables.putAll(endpoints);
    variables.put("AWS_REGION", Names.REGION);
    return variables;
  }

  private Platform platform(String function, Map<String, String> variables) {
    var environment = new Environment(variables);
    var aws = Aws.of(environment);
    return new Platform(
        environment,
        clock,
        new SecureRandom(),
        aws,
        new SecretsManager(aws.secretsManager()),
        log.of(function));
  }

  private record LocalContext(String function, long end) implements Context {
    @Override
    public String getAwsRequestId() {
      return UUID.randomUUID().toString();
    }

    @Override
    public String getLogGroupName() {
      return "/studygate/local/" + function;
    }

    @Override
    public String getLogStreamName() {
      return function;
    }

    @Override
    public String getFunctionName() {
      return function;
    }

    @Override
    public String getFunctionVersion() {
      return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "arn:aws:lambda:local:" + Names.ACCOUNT + ":function:" + function + ":live";
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
      return (int) Duration.ofNanos(end - System.nanoTime()).toMillis();
    }

    @Override
    public int getMemoryLimitInMB() {
      return 1024;
    }

    @Override
    public LambdaLogger getLogger() {
      return new LambdaLogger() {
        @Override
        public void log(String message) {
          System.out.println(message);
        }

        @Override
        public void log(byte[] message) {
          System.out.println(new String(message, StandardCharsets.UTF_8));
        }
      };
    }
  }
}
