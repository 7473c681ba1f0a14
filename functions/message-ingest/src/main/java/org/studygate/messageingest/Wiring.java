package org.studygate.messageingest;

import org.studygate.access.Registrar;
import org.studygate.inbox.Quarantine;
import org.studygate.objects.Objects;
import org.studygate.objects.S3Objects;
import org.studygate.order.Linking;
import org.studygate.platform.Platform;
import org.studygate.receipt.Receipts;
import org.studygate.receipt.S3Receipts;
import org.studygate.study.RollUps;
import org.studygate.study.SqsRollUps;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;

  Wiring(Platform platform) {
    this.platform = platform;
  }

  Intake onAws() {
    var s3 = S3Objects.client(platform.aws());
    var sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    var stores = new Stores(platform);
    var departments = stores.departments();
    return intake(
        stores,
        new S3Objects(s3, name("INBOX_BUCKET")),
        new S3Objects(s3, name("STUDIES_BUCKET")),
        new S3Objects(s3, name("QUARANTINE_BUCKET")),
        new SqsRollUps(sqs, name("ROLL_UP_QUEUE_URL")),
        new S3Receipts(
            s3,
            name("RECEIPTS_BUCKET"),
            departments,
            stores.tally(),
            stores.receiptNotes(),
            platform.log()));
  }

  Intake intake(
      Stores stores,
      Objects inbox,
      Objects studiesBucket,
      Objects quarantine,
      RollUps rollUps,
      Receipts receipts) {
    var departments = stores.departments();
    var clock = platform.clock();
    var studies = stores.studies();
    var orders = stores.orders();
    var linking = new Linking(studies, orders, rollUps, receipts, clock);
    var registrar = new Registrar(stores.references(), stores.buckets(), stores.pepper(), clock);
    var trail = stores.trail();
    return new Intake(
        inbox,
        departments,
        new Quarantine(quarantine, departments, receipts, platform.log()),
        new OrderMessages(
            orders, registrar, new NumberStrength(), linking, rollUps, trail, receipts, clock),
        new ReportMessages(studiesBucket, orders, studies, stores.reportFiles(), linking),
        new DoneMessages(studies, rollUps));
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}
