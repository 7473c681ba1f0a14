package org.studygate.platform;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.studygate.local.template.Template;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// Every call that a handler makes in any test must be allowed by its role in `template.yaml`: no
/// stand-in knows IAM, so a missing right would show on AWS only. Which function calls is told by
/// the stack. Found by every AWS client of the tests through `execution.interceptors`.
public final class RoleCheck implements ExecutionInterceptor {
  private static final Roles ROLES = new Roles(Template.ofProject());

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (replacesAnEvent(context.request())) {
      throw new AssertionError("a put into the trail that could replace an event");
    }
    caller()
        .ifPresent(
            handler -> {
              var service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
              var operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
              for (var needed : needed(service, operation, context.request())) {
                if (!ROLES.allows(handler, needed.action(), needed.resource()).orElse(true)) {
                  throw new AssertionError(
                      "the role of %s in template.yaml lacks %s on %s"
                          .formatted(handler, needed.action(), needed.resource()));
                }
              }
            });
  }

  /// No role can ask for a condition, so it is asked for here, of whoever puts in whatever test.
  static boolean replacesAnEvent(SdkRequest request) {
    return switch (request) {
      case PutItemRequest put -> replaces(put.tableName(), put.conditionExpression());
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().stream()
              .map(TransactWriteItem::put)
              .anyMatch(put -> put != null && replaces(put.tableName(), put.conditionExpression()));
      default -> false;
    };
  }

  private static boolean replaces(String table, @Nullable String condition) {
    return table.endsWith("AuditTable")
        && !String.valueOf(condition).contains("attribute_not_exists(");
  }

  private static Optional<String> caller() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(RequestStreamHandler.class::isAssignableFrom)
                    .map(Class::getName)
                    .filter(name -> ROLES.allows(name, "", "").isPresent())
                    .findFirst());
  }

  /// In IAM's words; a head is a get, and a copy is a get and a put.
  static List<Needed> needed(String service, String operation, SdkRequest request) {
    return switch (service) {
      case "DynamoDb", "DynamoDB" -> dynamo(operation, request);
      case "S3" -> s3(operation, request);
      case "Sqs", "SQS" -> {
        var url = field(request, "QueueUrl");
        yield List.of(
            new Needed(
                "sqs:" + operation.replace("Batch", ""), url.substring(url.lastIndexOf('/') + 1)));
      }
      case "Sns", "SNS" -> List.of(new Needed("sns:" + operation, phoneOrTopic(request)));
      case "Cognito Identity Provider" ->
          operation.startsWith("Admin") // the others bring the token of a user
              ? List.of(new Needed("cognito-idp:" + operation, "UserPool"))
              : List.of();
      case "SESv2" -> List.of(new Needed("ses:" + operation, "ses:"));
      default -> List.of();
    };
  }

  private static List<Needed> dynamo(String operation, SdkRequest request) {
    if (request instanceof TransactWriteItemsRequest transaction) {
      return transaction.transactItems().stream().flatMap(RoleCheck::step).toList();
    }
    if (request instanceof BatchWriteItemRequest batch) {
      return batch.requestItems().keySet().stream()
          .map(table -> new Needed("dynamodb:BatchWriteItem", table))
          .toList();
    }
    if (request instanceof BatchGetItemRequest batch) {
      return batch.requestItems().keySet().stream()
          .map(table -> new Needed("dynamodb:BatchGetItem", table))
          .toList();
    }
    var index = field(request, "IndexName");
    return List.of(
        new Needed(
            "dynamodb:" + operation,
            field(request, "TableName") + (index.isEmpty() ? "" : "/index/" + index)));
  }

  private static Stream<Needed> step(TransactWriteItem item) {
    return Stream.of(
            Optional.ofNullable(item.put())
                .map(put -> new Needed("dynamodb:PutItem", put.tableName())),
            Optional.ofNullable(item.update())
                .map(update -> new Needed("dynamodb:UpdateItem", update.tableName())),
            Optional.ofNullable(item.delete())
                .map(delete -> new Needed("dynamodb:DeleteItem", delete.tableName())),
            Optional.ofNullable(item.conditionCheck())
                .map(check -> new Needed("dynamodb:ConditionCheckItem", check.tableName())))
        .flatMap(Optional::stream);
  }

  private static List<Needed> s3(String operation, SdkRequest request) {
    var object = field(request, "Bucket") + "/" + field(request, "Key");
    return switch (operation) {
      case "GetObject", "HeadObject" -> List.of(new Needed("s3:GetObject", object));
      case "ListObjectsV2" -> List.of(new Needed("s3:ListBucket", field(request, "Bucket")));
      case "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload" ->
          List.of(new Needed("s3:PutObject", object));
      case "CopyObject", "UploadPartCopy" ->
          List.of(
              new Needed(
                  "s3:GetObject",
                  field(request, "SourceBucket") + "/" + field(request, "SourceKey")),
              new Needed(
                  "s3:PutObject",
                  field(request, "DestinationBucket") + "/" + field(request, "DestinationKey")));
      default -> List.of(new Needed("s3:" + operation, object));
    };
  }

  private static String phoneOrTopic(SdkRequest request) {
    return field(request, "TopicArn").isEmpty() ? "phone" : "sns:" + field(request, "TopicArn");
  }

  private static String field(SdkRequest request, String name) {
    return request.getValueForField(name, String.class).orElse("");
  }

  record Needed(String action, String resource) {}
}
