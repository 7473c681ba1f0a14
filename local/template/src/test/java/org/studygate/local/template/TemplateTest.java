package org.studygate.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

final class TemplateTest {
  private final Template template =
      Template.of(
          """
          Globals:
            Function: {Timeout: 10}
          Resources:
            ThingsTable:
              Type: AWS::DynamoDB::Table
              Properties:
                SSESpecification: !If [HasKey, {SSEEnabled: true, Key: !Ref Key}, !Ref AWS::NoValue]
                AttributeDefinitions:
                  - {AttributeName: thing_id, AttributeType: S}
                  - {AttributeName: due, AttributeType: N}
                KeySchema:
                  - {AttributeName: thing_id, KeyType: HASH}
                GlobalSecondaryIndexes:
                  - IndexName: ByDue
                    KeySchema: [{AttributeName: due, KeyType: HASH}]
                    Projection: {ProjectionType: KEYS_ONLY}
                StreamSpecification: {StreamViewType: NEW_IMAGE}
            PlainTable:
              Type: AWS::DynamoDB::Table
              Properties:
                AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
                KeySchema: [{AttributeName: id, KeyType: HASH}]
            QuickFunction:
              Type: AWS::Serverless::Function
              Properties:
                CodeUri: functions/quick/target/function.zip
                Handler: org.example.QuickHandler
                Role: !GetAtt QuickRole.Arn
                Timeout: 5
                Environment:
                  Variables: {THINGS: !Ref ThingsTable, ADDRESS: !Sub 'https://${Bucket.Name}/${!Left}$1'}
                Events:
                  GetThings: {Type: HttpApi, Properties: {Method: get, Path: /things}}
                  Queue: {Type: SQS, Properties: {Queue: !GetAtt ThingsQueue.Arn}}
            SlowFunction:
              Type: AWS::Serverless::Function
              Properties: {Handler: org.example.SlowHandler}
          """);

  @Test
  void aTableHasItsKeysIndexesAndStream() {
    assertThat(template.tables())
        .extracting(CreateTableRequest::tableName)
        .containsExactly("ThingsTable", "PlainTable");
    var things = template.tables().getFirst();
    assertThat(things.attributeDefinitions())
        .containsExactly(
            attribute("thing_id", ScalarAttributeType.S), attribute("due", ScalarAttributeType.N));
    assertThat(things.keySchema()).containsExactly(hash("thing_id"));
    assertThat(things.globalSecondaryIndexes())
        .containsExactly(
            GlobalSecondaryIndex.builder()
                .indexName("ByDue")
                .keySchema(hash("due"))
                .projection(of -> of.projectionType(ProjectionType.KEYS_ONLY))
                .build());
    assertThat(things.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_IMAGE);
    var plain = template.tables().getLast();
    assertThat(plain.hasGlobalSecondaryIndexes()).isFalse();
    assertThat(plain.streamSpecification()).isNull();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  @Test
  void aFunctionHasItsHandlerRoleTimeAndWhatCallsIt() {
    var quick = template.function("QuickFunction");
    assertThat(quick.handler()).isEqualTo("org.example.QuickHandler");
    assertThat(quick.folder()).isEqualTo("quick");
    assertThat(quick.role()).isEqualTo("QuickRole");
    assertThat(quick.timeout()).isEqualTo(5);
    assertThat(template.function("SlowFunction").timeout()).as("what all have").isEqualTo(10);
    assertThat(quick.events("HttpApi"))
        .extracting(event -> event.at("Path").text())
        .containsExactly("/things");
    assertThat(quick.events("SQS"))
        .extracting(event -> event.at("Queue").text())
        .containsExactly("ThingsQueue");
    assertThat(quick.events("Schedule")).isEmpty();
  }

  @Test
  void whoeverKnowsNamesSaysWhatThingsAreCalled() {
    var variables =
        template.function("QuickFunction").variables((name, of) -> name + "(" + of + ")");
    assertThat(variables)
        .isEqualTo(Map.of("THINGS", "ThingsTable()", "ADDRESS", "https://Bucket(Name)/${!Left}$1"));
  }

  @Test
  void whatIsNotThereIsEmptyAndOneIsAListOfOne() {
    var table = template.find("PlainTable").orElseThrow();
    assertThat(table.properties().at("No", "Where").isPresent()).isFalse();
    assertThat(table.properties().at("No", "Where").text()).isEmpty();
    assertThat(table.properties().at("No").list()).isEmpty();
    assertThat(table.properties().at("No").number(7)).isEqualTo(7);
    assertThat(Value.of("one").list()).extracting(Value::text).containsExactly("one");
    assertThat(template.find("NoTable")).isEmpty();
  }

  @Test
  void aChoiceOfTheDeploymentIsNoText() {
    var choice = template.find("ThingsTable").orElseThrow().properties().at("SSESpecification");
    assertThatThrownBy(choice::text)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("!If is no text here");
  }

  @Test
  void theProjectsOwnIsFoundAndHoldsWhatAllElseIsMadeFrom() {
    var project = Template.ofProject();
    assertThat(project.tables()).extracting(CreateTableRequest::tableName).contains("AuditTable");
    assertThat(project.functions())
        .isNotEmpty()
        .allSatisfy(
            function -> {
              assertThat(function.handler()).startsWith("org.studygate.").endsWith("Handler");
              assertThat(project.find(function.role()).orElseThrow().type())
                  .isEqualTo("AWS::IAM::Role");
              assertThat(function.variables((name, _) -> name)).isNotEmpty();
              // of rules there are those for mails that came back: here none does
              assertThat(
                      Stream.of("HttpApi", "SQS", "DynamoDB", "Schedule", "EventBridgeRule")
                          .flatMap(kind -> function.events(kind).stream()))
                  .as("%s is called by what the local stack knows", function.name())
                  .hasSize(function.properties().at("Events").entries().size());
            });
  }
}
