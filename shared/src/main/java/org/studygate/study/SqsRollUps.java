package org.studygate.study;

import java.util.Map;
import org.studygate.json.Json;
import software.amazon.awssdk.services.sqs.SqsClient;

/// `{"study","series"?,"gen"?,"exact"?}` on the roll-up queue.
public final class SqsRollUps implements RollUps {
  private static final int DELAY_SECONDS = 5;

  private final SqsClient sqs;
  private final String queueUrl;

  public SqsRollUps(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void later(StudyId study, SeriesUid series, long gen) {
    send(Map.of("study", study.value(), "series", series.value(), "gen", gen), DELAY_SECONDS);
  }

  @Override
  public void now(StudyId study, SeriesUid series) {
    send(Map.of("study", study.value(), "series", series.value()), 0);
  }

  @Override
  public void now(StudyId study) {
    send(Map.of("study", study.value()), 0);
  }

  /// Asks for the exact pixels of a series, of whatever generation is in force then.
  public void exact(StudyId study, SeriesUid series) {
    send(Map.of("study", study.value(), "series", series.value(), "exact", true), 0);
  }

  private void send(Map<String, Object> message, int delay) {
    sqs.sendMessage(
        request -> request.queueUrl(queueUrl).messageBody(Json.text(message)).delaySeconds(delay));
  }
}
