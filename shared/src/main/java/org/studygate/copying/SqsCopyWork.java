package org.studygate.copying;

import java.util.Map;
import org.studygate.json.Json;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.sqs.SqsClient;

/// `{"bucket"}` or `{"copy","series"}` on the queue of copies.
public final class SqsCopyWork implements CopyWork {
  private final SqsClient sqs;
  private final String queueUrl;

  public SqsCopyWork(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void look(String bucket) {
    send(Map.of("bucket", bucket));
  }

  @Override
  public void copy(StudyId copy, SeriesUid series) {
    send(Map.of("copy", copy.value(), "series", series.value()));
  }

  private void send(Map<String, String> message) {
    sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(Json.text(message)));
  }
}
