package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.json.JsonObject;
import org.studygate.notice.Carrier.Answer;
import org.studygate.notice.Carrier.Handed;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;

/// The real clients of SNS and SES against a server that answers what a test wants and counts
/// calls:
/// a call that may have been accepted is never repeated.
final class AwsCarrierTest {
  private static final Written.Sms SMS = new Written.Sms("+32470123456", "123456 is uw code");

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private AwsCarrier carrier;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          calls.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          var body = answer.getBytes(StandardCharsets.UTF_8);
          if (status == 0) {
            call.close(); // the line breaks when the call has arrived
            return;
          }
          call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    server.start();
    carrier = carrier(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static AwsCarrier carrier(int port) {
    var variables =
        Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port);
    return new AwsCarrier(
        Aws.of(new Environment(variables)), "Studygate", "no-reply@studygate.example.org");
  }

  @Test
  void anSmsGoesToItsNumberAsTransactional() {
    answer =
        "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>";
    assertThat(carrier.hand(SMS, Optional.empty()).handed()).isEqualTo(Handed.TAKEN);
    assertThat(calls).hasSize(1);
    assertThat(URLDecoder.decode(calls.getFirst(), StandardCharsets.UTF_8))
        .contains("Action=Publish", "PhoneNumber=+32470123456", "Message=123456 is uw code")
        .contains("Transactional", "AWS.SNS.SMS.SenderID", "Studygate")
        .doesNotContain("TopicArn");
  }

  /// When it comes back, SES says that again.
  @Test
  void aMailOfAShareSaysWhichOne() {
    answer = "{\"MessageId\":\"1\"}";
    carrier.hand(mail("Klinik"), Optional.of("b7"));
    var tag =
        JsonObject.parse(calls.getFirst().getBytes(StandardCharsets.UTF_8))
            .objects("EmailTags")
            .getFirst();
    assertThat(List.of(tag.string("Name"), tag.string("Value"))).containsExactly("bucket", "b7");
  }

  @Test
  void aMailGoesWithTextAndHtml() {
    answer = "{\"MessageId\":\"1\"}";
    assertThat(
            carrier.hand(mail("Klinik \"Nord\"\r\nBcc: x@example.org"), Optional.empty()).handed())
        .isEqualTo(Handed.TAKEN);
    var sent = JsonObject.parse(calls.getFirst().getBytes(StandardCharsets.UTF_8));
    assertThat(sent.string("FromEmailAddress"))
        .isEqualTo("\"Klinik NordBcc: x@example.org\" <no-reply@studygate.example.org>");
    assertThat(sent.object("Destination").strings("ToAddresses")).containsExactly("an@example.org");
    var simple = sent.object("Content").object("Simple");
    assertThat(simple.object("Subject").string("Data")).isEqualTo("Uw code");
    assertThat(simple.object("Body").object("Text").string("Data")).isEqualTo("123456");
    assertThat(simple.object("Body").object("Html").string("Data")).isEqualTo("<p>123456</p>");
  }

  @Test
  void aSenderBeyondAsciiIsWrittenAsMailsAskFor() {
    answer = "{\"MessageId\":\"1\"}";
    carrier.hand(mail("Bolnišnica Sever"), Optional.empty());
    assertThat(calls.getFirst())
        .contains("=?UTF-8?B?Qm9sbmnFoW5pY2EgU2V2ZXI=?= <no-reply@studygate.example.org>");
  }

  /// Status, code and what it means; how often it was called.
  @ParameterizedTest
  @CsvSource({
    "400, InvalidParameter, REFUSED, refused, 1",
    "400, Throttling, BUSY, throttled, 3",
    "401, InvalidClientTokenId, BUSY, not-allowed, 1",
    "403, AuthorizationError, BUSY, not-allowed, 1",
    "503, ServiceUnavailable, BUSY, unavailable, 1",
    "500, InternalError, UNKNOWN, failed, 1",
    "504, GatewayTimeout, UNKNOWN, failed, 1",
    "400, LimitExceededException, BUSY, account, 1",
    "400, SendingPausedException, BUSY, account, 1",
    "400, AccountSuspendedException, BUSY, account, 1",
    "400, MailFromDomainNotVerifiedException, BUSY, account, 1",
  })
  void onlyWhatWasSurelyNotAcceptedIsRepeated(
      int code, String error, Handed handed, String why, int times) {
    status = code;
    answer =
        "<ErrorResponse><Error><Type>Sender</Type><Code>"
            + error
            + "</Code><Message>no</Message></Error></ErrorResponse>";
    assertThat(carrier.hand(SMS, Optional.empty())).isEqualTo(new Answer(handed, why));
    assertThat(calls).hasSize(times);
  }

  @Test
  void aLineThatBreaksLeavesDoubtAndIsNotCalledAgain() {
    status = 0;
    assertThat(carrier.hand(SMS, Optional.empty()).handed()).isEqualTo(Handed.UNKNOWN);
    assertThat(calls).hasSize(1);
    status = 200;
    answer = "<PublishResponse/>";
    assertThat(carrier.hand(SMS, Optional.empty()).handed()).isEqualTo(Handed.TAKEN);
    status = 0; // now on a line that is in use already
    assertThat(carrier.hand(SMS, Optional.empty()).handed()).isEqualTo(Handed.UNKNOWN);
    assertThat(calls).hasSize(3);
  }

  @Test
  void whereNobodyListensNothingWasTaken() {
    var port = server.getAddress().getPort();
    server.stop(0);
    assertThat(carrier(port).hand(SMS, Optional.empty()).handed()).isEqualTo(Handed.BUSY);
    assertThat(calls).isEmpty();
  }

  private static Written.Mail mail(String sender) {
    return new Written.Mail("an@example.org", sender, "Uw code", "123456", "<p>123456</p>");
  }
}
