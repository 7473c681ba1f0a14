package org.studygate.housekeeping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.studygate.copying.CopyWork;
import org.studygate.copying.SqsCopyWork;
import org.studygate.notice.AwsCarrier;
import org.studygate.notice.Carrier;
import org.studygate.notice.Delivery;
import org.studygate.notice.House;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.signin.OtpPolicy;
import org.studygate.study.RollUps;
import org.studygate.study.SqsRollUps;
import org.studygate.wiring.Stores;
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
        new SqsCopyWork(
            platform.aws().configure(SqsClient.builder(), "SQS"),
            platform.environment().required("ANONYMIZE_QUEUE_URL")),
        new AwsCarrier(
            platform.aws(),
            platform.environment().required("SMS_SENDER"),
            platform.environment().required("MAIL_SENDER")));
  }

  HousekeepingHandler(Platform platform, RollUps rollUps, CopyWork copies, Carrier carrier) {
    var stores = new Stores(platform);
    var pepper = stores.pepper();
    var delivery =
        Delivery.on(
            platform,
            stores.outbox(),
            stores.unsent(),
            stores.departments(),
            House.of(
                platform.environment().optional("SERVICE_DESK_PHONE"),
                platform.environment().optional("MOBILE_PREFIXES").orElse("")),
            pepper,
            carrier,
            OtpPolicy.LIFE);
    var studies = stores.studies();
    var mails =
        new DailyMail(
            stores.days(),
            stores.departments(),
            new Notices(new Seal(pepper, platform.random()), stores.tokens()),
            platform.log());
    this.log = platform.log();
    this.rounds = new Rounds(studies, rollUps, copies, delivery, mails, platform.clock(), log);
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
