package org.studygate.messageingest;

import org.studygate.access.DynamoBuckets;
import org.studygate.access.Registrar;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.digest.DynamoTally;
import org.studygate.inbox.Quarantine;
import org.studygate.objects.Objects;
import org.studygate.objects.S3Objects;
import org.studygate.order.DynamoOrders;
import org.studygate.order.DynamoReportFiles;
import org.studygate.order.Linking;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.receipt.Receipts;
import org.studygate.receipt.S3Receipts;
import org.studygate.reference.DynamoReferences;
import org.studygate.study.DynamoStudies;
import org.studygate.study.RollUps;
import org.studygate.study.SqsRollUps;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
    var dynamo = platform.aws().dynamo();
    var departments = new DynamoDepartments(dynamo, name("DEPARTMENTS_TABLE"));
    var tally = new DynamoTally(dynamo, name("RECEIPTS_TABLE"), platform.clock());
    return intake(
        dynamo,
        new S3Objects(s3, name("INBOX_BUCKET")),
        new S3Objects(s3, name("STUDIES_BUCKET")),
        new S3Objects(s3, name("QUARANTINE_BUCKET")),
        new SqsRollUps(sqs, name("ROLL_UP_QUEUE_URL")),
        new S3Receipts(s3, name("RECEIPTS_BUCKET"), departments, tally, platform.log()));
  }

  Intake intake(
      DynamoDbClient dynamo,
      Objects inbox,
      Objects studiesBucket,
      Objects quarantine,
      RollUps rollUps,
      Receipts receipts) {
    var departments = new DynamoDepartments(dynamo, name("DEPARTMENTS_TABLE"));
    var clock = platform.clock();
    var studies = new DynamoStudies(dynamo, name("STUDIES_TABLE"));
    var orders = new DynamoOrders(dynamo, name("ORDERS_TABLE"));
    var linking = new Linking(studies, orders, rollUps, receipts, clock);
    var registrar =
        new Registrar(
            new DynamoReferences(dynamo, name("REFERENCES_TABLE")),
            new DynamoBuckets(dynamo, name("BUCKETS_TABLE")),
            new Pepper(platform.secrets(), name("PEPPER_SECRET_ARN")));
    var trail = new DynamoAuditTrail(dynamo, name("AUDIT_TABLE"), new Tokens(platform.random()));
    return new Intake(
        inbox,
        departments,
        new Quarantine(quarantine, departments, receipts, platform.log()),
        new OrderMessages(
            orders, registrar, new NumberStrength(), linking, rollUps, trail, receipts, clock),
        new ReportMessages(
            studiesBucket,
            orders,
            studies,
            new DynamoReportFiles(dynamo, name("ORDERS_TABLE")),
            linking),
        new DoneMessages(studies, rollUps));
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}
