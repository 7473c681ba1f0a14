package org.studygate.studyingest;

import java.util.function.Consumer;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.guard.Budget;
import org.studygate.filing.Drawing;
import org.studygate.inbox.InboxObject;
import org.studygate.inbox.Quarantine;
import org.studygate.objects.S3Objects;
import org.studygate.order.Linking;
import org.studygate.platform.Platform;
import org.studygate.receipt.Receipts;
import org.studygate.receipt.S3Receipts;
import org.studygate.study.RollUps;
import org.studygate.study.SqsRollUps;
import org.studygate.study.Studies;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final S3Client s3;
  private final SqsClient sqs;
  private final Studies studies;
  private final Receipts receipts;

  Wiring(Platform platform) {
    this.platform = platform;
    this.stores = new Stores(platform);
    this.s3 = S3Objects.client(platform.aws());
    this.sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    this.studies = stores.studies();
    this.receipts =
        new S3Receipts(
            s3,
            name("RECEIPTS_BUCKET"),
            stores.departments(),
            stores.tally(),
            stores.receiptNotes(),
            platform.log());
  }

  Ingest ingest(Decoder decoder) {
    var objects = objects("STUDIES_BUCKET");
    var quarantine =
        new Quarantine(
            objects("QUARANTINE_BUCKET"), stores.departments(), receipts, platform.log());
    var drawing = new Drawing(objects, decoder, Budget.STANDARD, platform.clock());
    var filing = new Filing(objects, studies, receipts, drawing, to("INBOX_QUEUE_URL"));
    return new Ingest(objects("INBOX_BUCKET"), quarantine, filing, to("MESSAGE_QUEUE_URL"));
  }

  Roster roster() {
    return new Roster(stores.departments());
  }

  Arrivals arrivals() {
    RollUps rollUps = new SqsRollUps(sqs, name("ROLL_UP_QUEUE_URL"));
    var linking = new Linking(studies, stores.orders(), rollUps, receipts, platform.clock());
    return new Arrivals(studies, linking, rollUps, platform.clock(), platform.log());
  }

  private S3Objects objects(String bucket) {
    return new S3Objects(s3, name(bucket));
  }

  private Consumer<InboxObject> to(String queue) {
    var url = name(queue);
    return object -> sqs.sendMessage(send -> send.queueUrl(url).messageBody(object.event()));
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}
