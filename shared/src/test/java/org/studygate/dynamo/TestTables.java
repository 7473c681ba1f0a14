package org.studygate.dynamo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// DynamoDB Local with the tables of `template.yaml`, so that the schema cannot drift. A table is
/// called by its logical id there. `./test` starts one server for all and names it in
/// `STUDYGATE_DYNAMODB`; without it each test starts its own. On a server a region is a world of
/// its own, and each process has one, so that no two see each other's tables.
public final class TestTables implements AutoCloseable {
  private static final List<CreateTableRequest> TABLES = ofTemplate();

  private final AutoCloseable server;
  private final URI endpoint;
  private final Region region;
  private final DynamoDbClient client;

  private TestTables(AutoCloseable server, URI endpoint, Region region) {
    this.server = server;
    this.endpoint = endpoint;
    this.region = region;
    this.client = builder().build();
    clear();
  }

  private DynamoDbClientBuilder builder() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(UrlConnectionHttpClient.create());
  }

  /// Empty tables, for a field that is closed by `@AutoClose`.
  public static TestTables start() {
    var region = Region.of("test-" + ProcessHandle.current().pid());
    var shared = System.getenv("STUDYGATE_DYNAMODB");
    if (shared != null) {
      return new TestTables(() -> {}, URI.create(shared), region);
    }
    try {
      var own = LocalDynamo.start(0, null);
      return new TestTables(own, own.endpoint(), region);
    } catch (Exception failure) {
      throw new IllegalStateException("DynamoDB Local does not start", failure);
    }
  }

  /// The tables on a server that somebody else has started.
  public static TestTables on(URI endpoint) {
    return new TestTables(() -> {}, endpoint, Region.EU_CENTRAL_1);
  }

  /// Nothing is in the tables any more. One that is empty stays as it is, since making one costs
  /// more than a look.
  public void clear() {
    var there = client.listTables().tableNames();
    for (var table : TABLES) {
      var name = table.tableName();
      if (there.contains(name)) {
        if (client.scan(scan -> scan.tableName(name).limit(1)).items().isEmpty()) {
          continue;
        }
        client.deleteTable(delete -> delete.tableName(name));
      }
      client.createTable(table);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  public Region region() {
    return region;
  }

  public DynamoDbClient client() {
    return client;
  }

  /// One more client, which lets a test see and change what is asked.
  public DynamoDbClient client(ExecutionInterceptor seeing) {
    return builder()
        .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(seeing))
        .build();
  }

  private static List<CreateTableRequest> ofTemplate() {
    try {
      return resources().entrySet().stream()
          .filter(resource -> "AWS::DynamoDB::Table".equals(resource.getValue().get("Type")))
          .map(resource -> table(resource.getKey(), child(resource.getValue(), "Properties")))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
