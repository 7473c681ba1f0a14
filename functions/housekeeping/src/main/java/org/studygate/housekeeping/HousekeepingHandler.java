package org.studygate.housekeeping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.studygate.department.DynamoDepartments;
import org.studygate.digest.DynamoDays;
import org.studygate.notice.AwsCarrier;
import org.studygate.notice.Carrier;
import org.studygate.notice.Delivery;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.signin.OtpPolicy;
import org.studygate.study.DynamoStudies;
import org.studygate.study.RollUps;
import org.studygate.study.SqsRollUps;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Every minute.
public final class HousekeepingHandler implements RequestStreamHandler {
  private final Rounds rounds;
  private final Log log;

  public HousekeepingHandler() {
    this(Platform.onLambda());
  }

  public HousekeepingHandler(Platform platform) {
    this(
        platform,
        new SqsRollUps(
            platform.aws().configure(SqsClient.builder(), "SQS"),
            platform.environment().required("ROLL_UP_QUEUE_URL")),
        new AwsCarrier(
            platform.aws(),
            platform.environment().required("SMS_SENDER"),
            platform.environment().required("MAIL_SENDER")));
  }

  HousekeepingHandler(Platform platform, RollUps rollUps, Carrier carrier) {
    var environment = platform.environment();
    var dynamo = platform.aws().dynamo();
    var pepper = new Pepper(platform.secrets(), environment.required("PEPPER_SECRET_ARN"));
    var tables =
        new Delivery.Tables(
            environment.required("OUTBOX_TABLE"),
            environment.required("DEPARTMENTS_TABLE"),
            environment.required("AUDIT_TABLE"));
    var delivery = Delivery.on(platform, tables, pepper, carrier, OtpPolicy.LIFE);
    var studies = new DynamoStudies(dynamo, environment.required("STUDIES_TABLE"));
    var mails =
        new DailyMail(
            new DynamoDays(dynamo, environment.required("RECEIPTS_TABLE"), tables.outbox()),
            new DynamoDepartments(dynamo, tables.departments()),
            new Notices(new Seal(pepper, platform.random()), new Tokens(platform.random())),
            platform.log());
    this.log = platform.log();
    this.rounds = new Rounds(studies, rollUps, delivery, mails, platform.clock(), log);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    handle(Deadline.of(context));
  }

  void handle(Deadline deadline) {
    var found = rounds.go(deadline);
    log.info(
        "rounds",
        Map.of("studies", found.studies(), "messages", found.messages(), "days", found.days()));
  }
}
