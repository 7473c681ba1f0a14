package org.studygate.anonymize;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.studygate.dicom.frame.Decoder;
import org.studygate.json.JsonObject;
import org.studygate.platform.Deadline;
import org.studygate.platform.Platform;
import org.studygate.queue.SqsBatch;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// `{"bucket"}` or `{"copy","series"}` from the queue of copies.
public final class AnonymizeHandler implements RequestStreamHandler {
  private final SqsBatch batch;
  private final Overseeing overseeing;
  private final Copying copying;
  private final Decoder decoder;

  public AnonymizeHandler() {
    this(Platform.onLambda());
  }

  public AnonymizeHandler(Platform platform) {
    this(platform, new Wiring(platform));
  }

  AnonymizeHandler(Platform platform, Wiring wiring) {
    this.batch = new SqsBatch(platform.log(), AnonymizeHandler::ids);
    this.decoder = wiring.decoder();
    this.overseeing = wiring.overseeing();
    this.copying = wiring.copying(decoder);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handle(event, answer, Deadline.of(context));
  }

  void handle(InputStream event, OutputStream answer, Deadline deadline) throws IOException {
    try (decoder) { // nothing of one batch stays for the next
      batch.handle(event, answer, deadline, (message, left) -> on(message.body(), left));
    }
  }

  private void on(String body, Deadline deadline) throws IOException {
    var json = parsed(body);
    var bucket = json.optionalString("bucket");
    if (bucket.isPresent()) {
      overseeing.look(bucket.get());
      return;
    }
    copying.copy(new StudyId(json.string("copy")), new SeriesUid(json.string("series")), deadline);
  }

  private static Map<String, String> ids(String body) {
    var json = parsed(body);
    return json.optionalString("bucket")
        .map(bucket -> Map.of("bucket", bucket))
        .orElseGet(() -> Map.of("copy", new StudyId(json.string("copy")).value()));
  }

  private static JsonObject parsed(String body) {
    return JsonObject.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
