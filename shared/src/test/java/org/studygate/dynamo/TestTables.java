package org.studygate.dynamo;

import java.net.URI;
import java.util.List;
import org.studygate.local.dynamodb.LocalDynamo;
import org.studygate.local.template.Template;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/// DynamoDB Local with the tables of `template.yaml`, so that the schema cannot drift. A table is
/// called by its logical id there. `./test` starts one server for all and names it in
/// `STUDYGATE_DYNAMODB`; without it each test starts its own. On a server a region is a world of
/// its own, and each process has one, so that no two see each other's tables.
public final class TestTables implements AutoCloseable {
  private static final List<CreateTableRequest> TABLES = Template.ofProject().tables();

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

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
  }
}
