package org.studygate.local;

import static org.studygate.local.Template.map;
import static org.studygate.local.Template.maps;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// The tables of the template on DynamoDB Local, called by their logical names.
final class Tables {
  private final Template template;
  private final DynamoDbClient dynamo;

  Tables(Template template, DynamoDbClient dynamo) {
    this.template = template;
    this.dynamo = dynamo;
  }

  void create() {
    var there = dynamo.listTables().tableNames();
    for (var table : template.ofType("AWS::DynamoDB::Table")) {
      if (!there.contains(table.name())) {
        dynamo.createTable(request(table.name(), table.properties()));
      }
    }
  }

  void drop() {
    dynamo.listTables().tableNames().forEach(name -> dynamo.deleteTable(t -> t.tableName(name)));
  }

  private static CreateTableRequest request(String name, Map<String, Object> properties) {
    var request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                maps(properties.get("AttributeDefinitions")).stream()
                    .map(Tables::attribute)
                    .toList())
            .keySchema(keys(properties));
    var indexes = maps(properties.get("GlobalSecondaryIndexes")).stream().map(Tables::index);
    var list = indexes.toList();
    if (!list.isEmpty()) {
      request.globalSecondaryIndexes(list);
    }
    if (properties.containsKey("StreamSpecification")) {
      var view = (String) map(properties.get("StreamSpecification")).get("StreamViewType");
      request.streamSpecification(stream -> stream.streamEnabled(true).streamViewType(view));
    }
    return request.build();
  }

  private static AttributeDefinition attribute(Map<String, Object> properties) {
    return AttributeDefinition.builder()
        .attributeName((String) properties.get("AttributeName"))
        .attributeType((String) properties.get("AttributeType"))
        .build();
  }

  private static GlobalSecondaryIndex index(Map<String, Object> properties) {
    var projection = (String) map(properties.get("Projection")).get("ProjectionType");
    return GlobalSecondaryIndex.builder()
        .indexName((String) properties.get("IndexName"))
        .keySchema(keys(properties))
        .projection(of -> of.projectionType(projection))
        .build();
  }

  private static List<KeySchemaElement> keys(Map<String, Object> properties) {
    return maps(properties.get("KeySchema")).stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName((String) key.get("AttributeName"))
                    .keyType((String) key.get("KeyType"))
                    .build())
        .toList();
  }
}
