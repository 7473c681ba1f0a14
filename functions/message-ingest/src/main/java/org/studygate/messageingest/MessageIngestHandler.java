package org.studygate.messageingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.studygate.inbox.InboxObject;
import org.studygate.platform.Deadline;
import org.studygate.platform.Platform;
import org.studygate.queue.SqsBatch;

/// What study-ingest passes on: everything of the inbox that is not DICOM.
public final class MessageIngestHandler implements RequestStreamHandler {
  private final SqsBatch batch;
  private final Intake intake;

  public MessageIngestHandler() {
    this(Platform.onLambda());
  }

  public MessageIngestHandler(Platform platform) {
    this(new SqsBatch(platform.log(), InboxObject::ids), new Wiring(platform).onAws());
  }

  MessageIngestHandler(SqsBatch batch, Intake intake) {
    this.batch = batch;
    this.intake = intake;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handle(event, answer, Deadline.of(context));
  }

  void handle(InputStream event, OutputStream answer, Deadline deadline) throws IOException {
    batch.handle(
        event,
        answer,
        deadline,
        (message, left) -> {
          for (var object : InboxObject.of(message.body())) {
            intake.take(object, left);
          }
        });
  }
}
