package org.studygate.dynamo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.studygate.local.dynamodb.LocalDynamo;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// DynamoDB Local with the tables of `template.yaml`, so that the schema cannot drift. A table is
/// called by its logical id there.
public final class TestTables implements AutoCloseable {
  private final AutoCloseable server;
  private final URI endpoint;
  private final DynamoDbClient client;

  private TestTables(AutoCloseable server, URI endpoint, DynamoDbClient client) {
    this.server = server;
    this.endpoint = endpoint;
    this.client = client;
  }

  public static TestTables start() throws Exception {
    var local = LocalDynamo.start(0, null);
    return on(local, local.endpoint());
  }

  /// The tables on a server that somebody else has started.
  public static TestTables on(AutoCloseable server, URI endpoint) throws IOException {
    var client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    for (var resource : resources().entrySet()) {
      if ("AWS::DynamoDB::Table".equals(resource.getValue().get("Type"))) {
        client.createTable(table(resource.getKey(), child(resource.getValue(), "Properties")));
      }
    }
    return new TestTables(server, endpoint, client);
  }

  public URI endpoint() {
    return endpoint;
  }

  public DynamoDbClient client() {
    return client;
  }

  @SuppressWarnings("unchecked") // the shape of a CloudFormation template
  private static Map<String, Map<String, Object>> resources() throws IOException {
    var template = Path.of("template.yaml");
    for (var up = Path.of(""); !Files.exists(template); ) {
      up = up.resolve("..");
      template = up.resolve("template.yaml");
    }
    Map<String, Object> yaml = new Yaml(new IgnoringTags()).load(Files.readString(template));
    return (Map<String, Map<String, Object>>) requireNonNull(yaml.get("Resources"));
  }

  private static CreateTableRequest table(String name, Map<String, Object> properties) {
    var attributes =
        children(properties, "AttributeDefinitions").stream()
            .map(
                attribute ->
                    AttributeDefinition.builder()
                        .attributeName((String) attribute.get("AttributeName"))
                        .attributeType((String) attribute.get("AttributeType"))
                        .build())
            .toList();
    var request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attributes)
            .keySchema(keys(properties));
    if (properties.containsKey("GlobalSecondaryIndexes")) {
      request.globalSecondaryIndexes(
          children(properties, "GlobalSecondaryIndexes").stream().map(TestTables::index).toList());
    }
    if (properties.containsKey("StreamSpecification")) {
      var view = (String) child(properties, "StreamSpecification").get("StreamViewType");
      request.streamSpecification(stream -> stream.streamEnabled(true).streamViewType(view));
    }
    return request.build();
  }

  private static GlobalSecondaryIndex index(Map<String, Object> properties) {
    return GlobalSecondaryIndex.builder()
        .indexName((String) properties.get("IndexName"))
        .keySchema(keys(properties))
        .projection(
            projection ->
                projection.projectionType(
                    (String) child(properties, "Projection").get("ProjectionType")))
        .build();
  }

  private static List<KeySchemaElement> keys(Map<String, Object> properties) {
    return children(properties, "KeySchema").stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName((String) key.get("AttributeName"))
                    .keyType((String) key.get("KeyType"))
                    .build())
        .toList();
  }

  @SuppressWarnings("unchecked") // the shape of a CloudFormation template
  private static Map<String, Object> child(Map<String, Object> parent, String name) {
    return (Map<String, Object>) requireNonNull(parent.get(name));
  }

  @SuppressWarnings("unchecked") // the shape of a CloudFormation template
  private static List<Map<String, Object>> children(Map<String, Object> parent, String name) {
    return (List<Map<String, Object>>) requireNonNull(parent.get(name));
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
  }

  /// CloudFormation's short forms (`!Ref`, `!Sub`, …) mean nothing to a table's schema.
  private static final class IgnoringTags extends SafeConstructor {
    IgnoringTags() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new org.yaml.snakeyaml.constructor.AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return node.getTag().getValue();
            }
          });
    }
  }
}
