package org.studygate.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.audit.Log;
import org.studygate.department.DynamoDepartments;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.notice.AwsCarrier;
import org.studygate.notice.Carrier;
import org.studygate.notice.Delivery;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Seal;
import org.studygate.notice.Writer;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;

/// The stream of the Outbox table: every new message is sent. On the first that fails the batch
/// stops, and Lambda begins again there.
public final class NotifyHandler implements RequestStreamHandler {
  private final Delivery delivery;
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

  NotifyHandler(Platform platform, Carrier carrier) {
    var environment = platform.environment();
    var dynamo = platform.aws().dynamo();
    var pepper = new Pepper(platform.secrets(), environment.required("PEPPER_SECRET_ARN"));
    var tokens = new Tokens(platform.random());
    this.log = platform.log();
    this.delivery =
        new Delivery(
            new DynamoOutbox(dynamo, environment.required("OUTBOX_TABLE")),
            new DynamoDepartments(dynamo, environment.required("DEPARTMENTS_TABLE")),
            new Seal(pepper, platform.random()),
            new Writer(environment.publicOrigin()),
            carrier,
            new DynamoAuditTrail(dynamo, environment.required("AUDIT_TABLE"), tokens),
            platform.clock());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    handle(event, answer);
  }

  void handle(InputStream event, OutputStream answer) throws IOException {
    answer.write(Json.bytes(Map.of("batchItemFailures", send(event.readAllBytes()))));
  }

  private List<Map<String, String>> send(byte[] event) {
    for (var change : JsonObject.parse(event).objects("Records")) {
      var item = change.object("dynamodb");
      if (change.string("eventName").equals("INSERT")) {
        try {
          delivery.deliver(item.object("Keys").object("message_id").string("S"));
        } catch (RuntimeException failure) {
          log.error("message-not-sent", failure);
          return List.of(Map.of("itemIdentifier", item.string("SequenceNumber")));
        }
      }
    }
    return List.of();
  }
}
