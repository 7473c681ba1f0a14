package org.studygate.studyrollup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.studygate.json.JsonObject;
import org.studygate.platform.Deadline;
import org.studygate.platform.Platform;
import org.studygate.queue.SqsBatch;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// `{"study","series"?,"gen"?,"exact"?}` from the roll-up queue.
public final class StudyRollUpHandler implements RequestStreamHandler {
  private final SqsBatch batch;
  private final SeriesBuilder builder;
  private final Films films;
  private final Former former;
  private final Planes planes;
  private final Completion completion;
  private final Consequences consequences;

  public StudyRollUpHandler() {
    this(Platform.onLambda());
  }

  public StudyRollUpHandler(Platform platform) {
    var wiring = new Wiring(platform);
    this(
        new SqsBatch(platform.log(), StudyRollUpHandler::ids),
        wiring.builder(),
        wiring.films(),
        wiring.former(),
        wiring.planes(),
        wiring.completion(),
        wiring.consequences());
  }

  StudyRollUpHandler(
      SqsBatch batch,
      SeriesBuilder builder,
      Films films,
      Former former,
      Planes planes,
      Completion completion,
      Consequences consequences) {
    this.batch = batch;
    this.builder = builder;
    this.films = films;
    this.former = former;
    this.planes = planes;
    this.completion = completion;
    this.consequences = consequences;
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
    if (json.bool("exact", false) && series.isPresent()) {
      planes.make(study, series.get(), deadline);
      return;
    }
    var gen = json.optionalLong("gen");
    if (series.isPresent() && !builder.build(study, series.get(), gen)) {
      return;
    }
    var complete = completion.judge(study);
    if (complete.isPresent() || series.isEmpty()) {
      consequences.draw(study, complete);
    }
    if (series.isPresent()) {
      films.make(study, series.get(), gen, deadline);
      former.remove(study, series.get());
    }
  }
}
