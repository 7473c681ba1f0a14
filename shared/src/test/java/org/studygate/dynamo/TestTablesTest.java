package org.studygate.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What lets all tests of a run share one server.
final class TestTablesTest {
  @AutoClose private final TestTables tables = TestTables.start();

  @Test
  void anotherRegionOfTheServerKnowsNothingOfThem() {
    try (var elsewhere =
        DynamoDbClient.builder()
            .endpointOverride(tables.endpoint())
            .region(Region.of(tables.region() + "-elsewhere"))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      assertThat(tables.client().listTables().tableNames()).contains("AuditTable");
      assertThat(elsewhere.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void whatIsClearedIsEmptyAndTakesItemsAgain() {
    var item = Map.of("limit_key", AttributeValue.fromS("x"));
    for (var round = 0; round < 2; round++) {
      tables.client().putItem(put -> put.tableName("LimitsTable").item(item));
      tables.clear();
      assertThat(TableDump.of(tables.client(), "LimitsTable")).isEmpty();
    }
  }

  @Test
  void theNextToStartFindsNothing() throws Exception {
    var item = Map.of("limit_key", AttributeValue.fromS("x"));
    tables.client().putItem(put -> put.tableName("LimitsTable").item(item));
    try (var next = TestTables.start()) {
      assertThat(TableDump.of(next.client(), "LimitsTable")).isEmpty();
    }
  }
}
