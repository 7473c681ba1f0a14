package org.studygate.studyingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.inbox.InboxObject;
import org.studygate.platform.Deadline;
import org.studygate.platform.Platform;
import org.studygate.queue.SqsBatch;

/// Events of the inbox bucket, by queue.
public final class StudyIngestHandler implements RequestStreamHandler {
  private final SqsBatch batch;
  private final Ingest ingest;
  private final Decoder decoder;
  private final Supplier<Roster> rosters;
  private final Supplier<Arrivals> arrivals;

  public StudyIngestHandler() {
    this(Platform.onLambda());
  }

  public StudyIngestHandler(Platform platform) {
    var wiring = new Wiring(platform);
    this.batch = new SqsBatch(platform.log(), InboxObject::ids);
    this.decoder = new DecoderProcess(Budget.STANDARD, platform.clock());
    this.ingest = wiring.ingest(decoder);
    this.rosters = wiring::roster;
    this.arrivals = wiring::arrivals;
  }

  StudyIngestHandler(
      SqsBatch batch,
      Ingest ingest,
      Decoder decoder,
      Supplier<Roster> rosters,
      Supplier<Arrivals> arrivals) {
    this.batch = batch;
    this.ingest = ingest;
    this.decoder = decoder;
    this.rosters = rosters;
    this.arrivals = arrivals;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handle(event, answer, Deadline.of(context));
  }

  void handle(InputStream event, OutputStream answer, Deadline deadline) throws IOException {
    var roster = rosters.get();
    var arrived = arrivals.get();
    try (decoder) { // nothing of one batch stays for the next
      batch.handle(
          event,
          answer,
          deadline,
          (message, left) -> {
            for (var object : InboxObject.of(message.body())) {
              ingest
                  .take(object, roster, left)
                  .ifPresent(filed -> arrived.add(message.id(), filed));
            }
          },
          arrived::settle);
    }
  }
}
