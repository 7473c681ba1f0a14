package org.studygate.platform;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// AWS clients of one function: one HTTP client, the region of the function, credentials by the
/// default chain
/// (SnapStart gives no key variables), endpoints by the standard `AWS_ENDPOINT_URL_…` variables.
public final class Aws {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int TRIES = 3;

  private final Environment environment;
  private final SdkHttpClient http;
  private final SdkHttpClient slowly;

  private Aws(Environment environment) {
    this.environment = environment;
    this.http = http(Patience.SHORT);
    this.slowly = http(Patience.LONG);
  }

  private static SdkHttpClient http(Patience patience) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT)
        .socketTimeout(patience.silence())
        .build();
  }

  /// How long a call may take in all, one try of it, and silence within.
  public record Patience(Duration call, Duration attempt, Duration silence) {
    /// Ends before a function that answers people does (10 s).
    public static final Patience SHORT = of(9, 4, 4);

    /// Whole objects on their way, for functions that have minutes.
    public static final Patience LONG = of(100, 45, 20);

    private static Patience of(int call, int attempt, int silence) {
      return new Patience(
          Duration.ofSeconds(call), Duration.ofSeconds(attempt), Duration.ofSeconds(silence));
    }
  }

  public static Aws of(Environment environment) {
    return new Aws(environment);
  }

  public DynamoDbClient dynamo() {
    return configure(DynamoDbClient.builder(), "DYNAMODB");
  }

  public SecretsManagerClient secretsManager() {
    return configure(SecretsManagerClient.builder(), "SECRETS_MANAGER");
  }

  /// For clients whose jars only some functions carry: `aws.configure(S3Client.builder(), "S3")`.
  public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C configure(
      B builder, String service) {
    return configure(builder, service, Patience.SHORT);
  }

  /// No call waits for ever, and none is tried more than three times, each after a pause of chance
  /// length (security rule 59). What a builder brings of this is its own.
  public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C configure(
      B builder, String service, Patience patience) {
    var own = builder.overrideConfiguration();
    builder
        .httpClient(patience.equals(Patience.SHORT) ? http : slowly)
        .region(region())
        .overrideConfiguration(
            own.toBuilder()
                .apiCallTimeout(own.apiCallTimeout().orElse(patience.call()))
                .apiCallAttemptTimeout(own.apiCallAttemptTimeout().orElse(patience.attempt()))
                .retryStrategy(own.retryStrategy().orElseGet(Aws::tries))
                .build());
    endpoint(service).ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static RetryStrategy tries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(TRIES).build();
  }

  public Region region() {
    return Region.of(environment.required("AWS_REGION"));
  }

  /// The standard variables of the AWS SDKs, read from the function's own environment so that
  /// functions sharing a process stay apart.
  public Optional<URI> endpoint(String service) {
    return environment
        .optional("AWS_ENDPOINT_URL_" + service)
        .or(() -> environment.optional("AWS_ENDPOINT_URL"))
        .map(URI::create);
  }
}
