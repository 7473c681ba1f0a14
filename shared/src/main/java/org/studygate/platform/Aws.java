package org.studygate.platform;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// AWS clients of one function: one HTTP client, the region of the function, credentials by the
/// default chain
/// (SnapStart gives no key variables), endpoints by the standard `AWS_ENDPOINT_URL_…` variables.
public final class Aws {
  private final Environment environment;
  private final SdkHttpClient http;

  private Aws(Environment environment) {
    this.environment = environment;
    this.http = UrlConnectionHttpClient.create();
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
    builder.httpClient(http).region(region());
    endpoint(service).ifPresent(builder::endpointOverride);
    return builder.build();
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
