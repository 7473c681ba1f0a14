package org.studygate.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// Queues in memory. What is received stays in flight until it is deleted; no time passes.
final class TestSqs implements SqsClient {
  final Map<String, Map<QueueAttributeName, String>> attributes = new HashMap<>();
  final Map<String, Integer> seenAgainAfter = new LinkedHashMap<>();
  int purgeRefusal;

  private final Map<String, List<Message>> waiting = new HashMap<>();
  private final Map<String, Map<String, Message>> inFlight = new HashMap<>();
  private int sent;

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private List<Message> waiting(String queue) {
    return waiting.computeIfAbsent(queue, _ -> new ArrayList<>());
  }

  private Map<String, Message> inFlight(String queue) {
    return inFlight.computeIfAbsent(queue, _ -> new LinkedHashMap<>());
  }

  @Override
  public synchronized CreateQueueResponse createQueue(CreateQueueRequest request) {
    attributes.put(request.queueName(), new HashMap<>(request.attributes()));
    return CreateQueueResponse.builder().build();
  }

  @Override
  public synchronized SetQueueAttributesResponse setQueueAttributes(
      SetQueueAttributesRequest request) {
    attributes.getOrDefault(name(request.queueUrl()), new HashMap<>()).putAll(request.attributes());
    return SetQueueAttributesResponse.builder().build();
  }

  @Override
  public synchronized GetQueueAttributesResponse getQueueAttributes(
      GetQueueAttributesRequest request) {
    var queue = name(request.queueUrl());
    return GetQueueAttributesResponse.builder()
        .attributes(
            Map.of(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                Integer.toString(waiting(queue).size()),
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                Integer.toString(inFlight(queue).size())))
        .build();
  }

  @Override
  public synchronized SendMessageResponse sendMessage(SendMessageRequest request) {
    var id = "m" + ++sent;
    waiting(name(request.queueUrl()))
        .add(Message.builder().messageId(id).receiptHandle(id).body(request.messageBody()).build());
    return SendMessageResponse.builder().messageId(id).build();
  }

  @Override
  public synchronized ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    var queue = name(request.queueUrl());
    var there = waiting(queue);
    var taken =
        List.copyOf(there.subList(0, Math.min(request.maxNumberOfMessages(), there.size())));
    there.removeAll(taken);
    taken.forEach(message -> inFlight(queue).put(message.receiptHandle(), message));
    return ReceiveMessageResponse.builder().messages(taken).build();
  }

  @Override
  public synchronized DeleteMessageBatchResponse deleteMessageBatch(
      DeleteMessageBatchRequest request) {
    var there = inFlight(name(request.queueUrl()));
    request.entries().forEach(one -> there.remove(one.receiptHandle()));
    return DeleteMessageBatchResponse.builder().build();
  }

  @Override
  public synchronized DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    inFlight(name(request.queueUrl())).remove(request.receiptHandle());
    return DeleteMessageResponse.builder().build();
  }

  @Override
  public synchronized ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    seenAgainAfter.put(request.receiptHandle(), request.visibilityTimeout());
    return ChangeMessageVisibilityResponse.builder().build();
  }

  @Override
  public synchronized PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    if (purgeRefusal != 0) {
      throw SqsException.builder().statusCode(purgeRefusal).build();
    }
    waiting(name(request.queueUrl())).clear();
    return PurgeQueueResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
