package org.studygate.dynamo;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// A whole item that is not there yet: one that is, is never replaced.
///
/// @param keyName any attribute of its key
public record NewItem(String table, Map<String, AttributeValue> item, String keyName) {
  public void put(DynamoDbClient dynamo) {
    var places = new Places();
    var condition = Condition.absent(keyName).in(places);
    dynamo.putItem(
        request ->
            request
                .tableName(table)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeNames(places.names()));
  }

  /// `false` if it is there already.
  public boolean putIfAbsent(DynamoDbClient dynamo) {
    try {
      put(dynamo);
      return true;
    } catch (ConditionalCheckFailedException there) {
      return false;
    }
  }

  /// As a step of a transaction that somebody else puts together.
  public TransactWriteItem step() {
    return Transaction.putting(table, item, Condition.absent(keyName));
  }

  /// Items hold what is personal.
  @Override
  public String toString() {
    return "NewItem[" + table + "]";
  }
}
