package org.studygate.studyrollup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.studygate.json.JsonObject;
import org.studygate.objects.S3Objects;
import org.studygate.platform.Deadline;
import org.studygate.platform.Platform;
import org.studygate.queue.SqsBatch;
import org.studygate.receipt.S3Receipts;
import org.studygate.study.SeriesUid;
import org.studygate.study.SqsRollUps;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

/// `{"study","series"?,"gen"?}` from the roll-up queue.
public final class StudyRollUpHandler implements RequestStreamHandler {
  private final SqsBatch batch;
  private final SeriesBuilder builder;
  private final Films films;
  private final Completion completion;

  public StudyRollUpHandler() {
    this(Platform.onLambda());
  }

  public StudyRollUpHandler(Platform platform) {
    var environment = platform.environment();
    var stores = new Stores(platform);
    var studies = stores.studies();
    var departments = stores.departments();
    var bucket = environment.required("STUDIES_BUCKET");
    var s3 = S3Objects.client(platform.aws());
    var objects = new S3Objects(s3, bucket);
    var receipts =
        new S3Receipts(
            s3,
            environment.required("RECEIPTS_BUCKET"),
            departments,
            stores.tally(),
            platform.log());
    var sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    var rollUps = new SqsRollUps(sqs, environment.required("ROLL_UP_QUEUE_URL"));
    this.batch = new SqsBatch(platform.log(), StudyRollUpHandler::ids);
    this.builder = new SeriesBuilder(studies, objects, rollUps, receipts, platform.clock());
    this.films = new Films(studies, objects);
    this.completion = new Completion(studies, departments, platform.clock(), platform.log());
  }

  StudyRollUpHandler(SqsBatch batch, SeriesBuilder builder, Films films, Completion completion) {
    this.batch = batch;
    this.builder = builder;
    this.films = films;
    this.completion = completion;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handle(event, answer, Deadline.of(context));
  }

  void handle(InputStream event, OutputStream answer, Deadline deadline) throws IOException {
    batch.handle(event, answer, deadline, (message, left) -> rollUp(message.body(), left));
  }

  private static Map<String, String> ids(String body) {
    var json = JsonObject.parse(body.getBytes(StandardCharsets.UTF_8));
    return Map.of("study", new StudyId(json.string("study")).value());
  }

  /// The film last: nobody waits for it.
  private void rollUp(String body, Deadline deadline) throws IOException {
    var json = JsonObject.parse(body.getBytes(StandardCharsets.UTF_8));
    var study = new StudyId(json.string("study"));
    var series = json.optionalString("series").map(SeriesUid::new);
    var gen = json.optionalLong("gen");
    if (series.isPresent() && !builder.build(study, series.get(), gen)) {
      return;
    }
    completion.judge(study);
    if (series.isPresent()) {
      films.make(study, series.get(), gen, deadline);
    }
  }
}
