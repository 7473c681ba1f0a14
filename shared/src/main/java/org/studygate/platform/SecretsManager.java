package org.studygate.platform;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.studygate.json.JsonObject;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Secrets of AWS Secrets Manager.
public final class SecretsManager implements Secrets {
  private final SecretsManagerClient client;

  public SecretsManager(SecretsManagerClient client) {
    this.client = client;
  }

  @Override
  public String current(String arn, String field) {
    return field(arn, "AWSCURRENT", field);
  }

  @Override
  public Optional<String> previous(String arn, String field) {
    try {
      return Optional.of(field(arn, "AWSPREVIOUS", field));
    } catch (ResourceNotFoundException neverRotated) {
      return Optional.empty();
    }
  }

  private String field(String arn, String stage, String field) {
    var value = client.getSecretValue(request -> request.secretId(arn).versionStage(stage));
    return JsonObject.parse(value.secretString().getBytes(StandardCharsets.UTF_8)).string(field);
  }
}
