package org.studygate.local;

import org.studygate.local.template.Template;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The tables of the template on DynamoDB Local, called by their logical names.
final class Tables {
  private final Template template;
  private final DynamoDbClient dynamo;
  private final String prefix;

  Tables(Template template, DynamoDbClient dynamo) {
    this(template, dynamo, "");
  }

  /// @param prefix of their names, for those of another environment
  Tables(Template template, DynamoDbClient dynamo, String prefix) {
    this.template = template;
    this.dynamo = dynamo;
    this.prefix = prefix;
  }

  void create() {
    var there = dynamo.listTables().tableNames();
    for (var table : template.tables()) {
      var name = prefix + table.tableName();
      if (!there.contains(name)) {
        dynamo.createTable(table.toBuilder().tableName(name).build());
      }
    }
  }

  void drop() {
    dynamo.listTables().tableNames().forEach(name -> dynamo.deleteTable(t -> t.tableName(name)));
  }
}
