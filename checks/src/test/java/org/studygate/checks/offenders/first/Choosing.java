package org.studygate.checks.offenders.first;

import org.studygate.checks.offenders.feature.DynamoThings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A use case that speaks to AWS and chooses its store.
public record Choosing(DynamoDbClient dynamo, DynamoThings things) {}
