package org.studygate.local.template;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// Tables in the words of DynamoDB's API: keys, indexes and the stream.
final class Tables {
  private Tables() {}

  static CreateTableRequest request(Resource table) {
    var properties = table.properties();
    var request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                properties.at("AttributeDefinitions").list().stream()
                    .map(Tables::attribute)
                    .toList())
            .keySchema(keys(properties));
    var indexes = properties.at("GlobalSecondaryIndexes");
    if (indexes.isPresent()) { // an empty list is refused
      request.globalSecondaryIndexes(indexes.list().stream().map(Tables::index).toList());
    }
    var stream = properties.at("StreamSpecification", "StreamViewType");
    if (stream.isPresent()) {
      request.streamSpecification(on -> on.streamEnabled(true).streamViewType(stream.text()));
    }
    return request.build();
  }

  private static AttributeDefinition attribute(Value attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute.at("AttributeName").text())
        .attributeType(attribute.at("AttributeType").text())
        .build();
  }

  private static GlobalSecondaryIndex index(Value index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.at("IndexName").text())
        .keySchema(keys(index))
        .projection(of -> of.projectionType(index.at("Projection", "ProjectionType").text()))
        .build();
  }

  private static List<KeySchemaElement> keys(Value keyed) {
    return keyed.at("KeySchema").list().stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(key.at("AttributeName").text())
                    .keyType(key.at("KeyType").text())
                    .build())
        .toList();
  }
}
