package org.studygate.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.studygate.access.Unsent;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.notice.AwsCarrier;
import org.studygate.notice.Carrier;
import org.studygate.notice.Delivery;
import org.studygate.notice.House;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.signin.OtpPolicy;
import org.studygate.wiring.Stores;

/// The stream of the Outbox table: every new message is sent. A failure is reported and does not
/// hold up the messages behind it; Lambda comes again from there, and what was sent is gone by
/// then. Beside it what SES tells of mails that came back ([Bounce]).
public final class NotifyHandler implements RequestStreamHandler, Resource {
  private final Delivery delivery;
  private final Unsent unsent;
  private final Records records;
  private final Pepper pepper;
  private final Log log;

  public NotifyHandler() {
    this(Platform.onLambda());
  }

  public NotifyHandler(Platform platform) {
    this(
        platform,
        new AwsCarrier(
            platform.aws(),
            platform.environment().required("SMS_SENDER"),
            platform.environment().required("MAIL_SENDER")));
  }

  @SuppressWarnings("this-escape") // CRaC holds it weakly and calls back long after construction
  NotifyHandler(Platform platform, Carrier carrier) {
    var stores = new Stores(platform);
    this.pepper = stores.pepper();
    this.unsent = stores.unsent();
    this.delivery =
        Delivery.on(
            platform,
            stores.outbox(),
            unsent,
            stores.departments(),
            House.of(
                platform.environment().optional("SERVICE_DESK_PHONE"),
                platform.environment().optional("MOBILE_PREFIXES").orElse("")),
            pepper,
            carrier,
            OtpPolicy.LIFE);
    this.log = platform.log();
    this.records = new Records(delivery, log);
    Core.getGlobalContext().register(this);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handle(event, answer, Deadline.of(context));
  }

  void handle(InputStream event, OutputStream answer, Deadline deadline) throws IOException {
    var told = JsonObject.parse(event.readAllBytes());
    if (told.names().contains("Records")) {
      answer.write(Json.bytes(Map.of("batchItemFailures", records.unsent(told, deadline))));
    } else {
      Bounce.of(told).ifPresent(this::cameBack);
    }
  }

  private void cameBack(Bounce bounce) {
    log.metric("ShareMailCameBack", 1);
    unsent.unsent(bounce.bucket());
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    try {
      delivery.prime();
    } catch (RuntimeException notPrimed) {
      log.error("priming-failed", notPrimed); // the first message waits a second longer
    }
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    pepper.forget();
  }
}
