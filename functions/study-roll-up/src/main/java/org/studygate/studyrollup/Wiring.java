package org.studygate.studyrollup;

import org.studygate.copying.Opening;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.news.Telling;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.objects.Objects;
import org.studygate.objects.S3Derived;
import org.studygate.objects.S3Objects;
import org.studygate.objects.S3Uploads;
import org.studygate.order.WriteCard;
import org.studygate.platform.Platform;
import org.studygate.receipt.S3Receipts;
import org.studygate.study.SqsRollUps;
import org.studygate.study.Studies;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final Studies studies;
  private final S3Client s3;
  private final Objects objects;
  private final SqsRollUps rollUps;

  Wiring(Platform platform) {
    this.platform = platform;
    this.stores = new Stores(platform);
    this.studies = stores.studies();
    this.s3 = S3Objects.client(platform.aws());
    this.objects = new S3Objects(s3, name("STUDIES_BUCKET"));
    var sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    this.rollUps = new SqsRollUps(sqs, name("ROLL_UP_QUEUE_URL"));
  }

  SeriesBuilder builder() {
    var receipts =
        new S3Receipts(
            s3,
            name("RECEIPTS_BUCKET"),
            stores.departments(),
            stores.tally(),
            stores.receiptNotes(),
            platform.log());
    return new SeriesBuilder(studies, objects, rollUps, receipts, platform.clock());
  }

  Films films() {
    return new Films(studies, objects, platform.clock());
  }

  Former former() {
    return new Former(studies, new S3Derived(s3, name("STUDIES_BUCKET")), platform.clock());
  }

  Planes planes() {
    return new Planes(
        studies,
        objects,
        new S3Uploads(s3, name("STUDIES_BUCKET")),
        new DecoderProcess(Budget.STANDARD, platform.clock()),
        rollUps::exact,
        platform.clock());
  }

  Completion completion() {
    return new Completion(studies, stores.departments(), card(), platform.clock(), platform.log());
  }

  Consequences consequences() {
    var seal = new Seal(stores.pepper(), platform.random());
    var notices = new Notices(seal, stores.tokens());
    var telling = new Telling(stores.news(), stores.cards(), stores.accounts(), notices);
    var opening =
        new Opening(
            stores.copies(),
            stores.buckets(),
            stores.release(),
            stores.grants(),
            studies,
            platform.clock());
    return new Consequences(studies, card(), stores.settling(), telling, opening);
  }

  private WriteCard card() {
    return new WriteCard(stores.cards(), studies, stores.orders());
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}
