package org.studygate.anonymize;

import org.studygate.copying.CopyNames;
import org.studygate.copying.CopyWork;
import org.studygate.copying.Opening;
import org.studygate.copying.SqsCopyWork;
import org.studygate.dicom.deidentify.Deidentifying;
import org.studygate.dicom.deidentify.Profile;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.filing.Described;
import org.studygate.filing.Drawing;
import org.studygate.objects.Derived;
import org.studygate.objects.Objects;
import org.studygate.objects.S3Derived;
import org.studygate.objects.S3Objects;
import org.studygate.platform.Platform;
import org.studygate.study.RollUps;
import org.studygate.study.SqsRollUps;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final Objects objects;
  private final Derived derived;
  private final RollUps rollUps;
  private final CopyWork work;

  Wiring(Platform platform) {
    var environment = platform.environment();
    var s3 = S3Objects.client(platform.aws());
    var sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    this(
        platform,
        new Stores(platform),
        new S3Objects(s3, environment.required("STUDIES_BUCKET")),
        new S3Derived(s3, environment.required("STUDIES_BUCKET")),
        new SqsRollUps(sqs, environment.required("ROLL_UP_QUEUE_URL")),
        new SqsCopyWork(sqs, environment.required("ANONYMIZE_QUEUE_URL")));
  }

  Wiring(
      Platform platform,
      Stores stores,
      Objects objects,
      Derived derived,
      RollUps rollUps,
      CopyWork work) {
    this.platform = platform;
    this.stores = stores;
    this.objects = objects;
    this.derived = derived;
    this.rollUps = rollUps;
    this.work = work;
  }

  Decoder decoder() {
    return new DecoderProcess(Budget.STANDARD, platform.clock());
  }

  Overseeing overseeing() {
    var clock = platform.clock();
    var studies = stores.studies();
    var release = stores.release();
    var opening =
        new Opening(stores.copies(), stores.buckets(), release, stores.grants(), studies, clock);
    return new Overseeing(
        stores.copies(),
        stores.buckets(),
        studies,
        opening,
        new Removing(stores.copies(), release, studies, derived),
        work,
        rollUps,
        clock,
        platform.log());
  }

  Copying copying(Decoder decoder) {
    var clock = platform.clock();
    return new Copying(
        stores.copies(),
        stores.buckets(),
        stores.studies(),
        new CopyNames(stores.pepper()),
        objects,
        new Writing(
            objects,
            new Deidentifying(Profile.standard(), decoder),
            new Drawing(objects, decoder, Budget.STANDARD, clock),
            new Described(objects),
            clock),
        work,
        rollUps,
        clock);
  }
}
