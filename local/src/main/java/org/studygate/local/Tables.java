package org.studygate.local;

import org.studygate.local.template.Template;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
    for (var table : template.tables()) {
      if (!there.contains(table.tableName())) {
        dynamo.createTable(table);
      }
    }
  }

  void drop() {
    dynamo.listTables().tableNames().forEach(name -> dynamo.deleteTable(t -> t.tableName(name)));
  }
}
