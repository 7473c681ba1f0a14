package org.studygate.studyingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.inbox.InboxObject;
import org.studygate.inbox.Quarantine;
import org.studygate.objects.S3Objects;
import org.studygate.order.Linking;
import org.studygate.platform.Deadline;
import org.studygate.platform.Platform;
import org.studygate.queue.SqsBatch;
import org.studygate.receipt.S3Receipts;
import org.studygate.study.SqsRollUps;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Events of the inbox bucket, by queue.
public final class StudyIngestHandler implements RequestStreamHandler {
  private final SqsBatch batch;
  private final Ingest ingest;
  private final Decoder decoder;
  private final Supplier<Arrivals> arrivals;

  public StudyIngestHandler() {
    this(Platform.onLambda());
  }

  public StudyIngestHandler(Platform platform) {
    var environment = platform.environment();
    var stores = new Stores(platform);
    var s3 = S3Objects.client(platform.aws());
    var sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    var studies = stores.studies();
    var orders = stores.orders();
    var rollUps = new SqsRollUps(sqs, environment.required("ROLL_UP_QUEUE_URL"));
    var departments = stores.departments();
    var receipts =
        new S3Receipts(
            s3,
            environment.required("RECEIPTS_BUCKET"),
            departments,
            stores.tally(),
            platform.log());
    var linking = new Linking(studies, orders, rollUps, receipts, platform.clock());
    var objects = new S3Objects(s3, environment.required("STUDIES_BUCKET"));
    this.decoder = new DecoderProcess(Budget.STANDARD, platform.clock());
    this.batch = new SqsBatch(platform.log(), InboxObject::ids);
    this.arrivals = () -> new Arrivals(studies, linking, rollUps, platform.clock(), platform.log());
    this.ingest =
        new Ingest(
            new S3Objects(s3, environment.required("INBOX_BUCKET")),
            departments,
            new Quarantine(
                new S3Objects(s3, environment.required("QUARANTINE_BUCKET")),
                departments,
                receipts,
                platform.log()),
            new Filing(
                objects,
                studies,
                receipts,
                new Drawing(objects, decoder, Budget.STANDARD, platform.clock()),
                to(sqs, environment.required("INBOX_QUEUE_URL"))),
            to(sqs, environment.required("MESSAGE_QUEUE_URL")));
  }

  StudyIngestHandler(SqsBatch batch, Ingest ingest, Decoder decoder, Supplier<Arrivals> arrivals) {
    this.batch = batch;
    this.ingest = ingest;
    this.decoder = decoder;
    this.arrivals = arrivals;
  }

  private static Consumer<InboxObject> to(SqsClient sqs, String queue) {
    return object -> sqs.sendMessage(send -> send.queueUrl(queue).messageBody(object.event()));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handle(event, answer, Deadline.of(context));
  }

  void handle(InputStream event, OutputStream answer, Deadline deadline) throws IOException {
    var arrived = arrivals.get();
    try (decoder) { // nothing of one batch stays for the next
      batch.handle(
          event,
          answer,
          deadline,
          (message, left) -> {
            for (var object : InboxObject.of(message.body())) {
              ingest.take(object, left).ifPresent(filed -> arrived.add(message.id(), filed));
            }
          },
          arrived::settle);
    }
  }
}
