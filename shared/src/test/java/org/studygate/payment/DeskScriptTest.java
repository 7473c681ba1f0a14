package org.studygate.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.Tries;
import org.studygate.platform.TestClock;
import org.studygate.platform.Tokens;
import org.studygate.study.OrderId;

/// `scripts/Desk.java` as it is run, on the tables of the template: what an operator reads, and
/// what the trail tells afterwards.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskScriptTest {
  private static final String PRINCIPAL = "arn:aws:sts::123456789012:assumed-role/desk/an.maes";
  private static final OrderId ORDER = new OrderId("noord", "DESK-1");

  @AutoClose private final TestTables tables = TestTables.start();
  private HttpServer secrets;
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private String bucket = "";
  private String classPath = System.getProperty("java.class.path");
  private String program = "../scripts/Desk.java";

  @BeforeAll
  void start() throws IOException {
    secrets = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secrets.createContext(
        "/",
        exchange -> {
          var answer =
              "{\"SecretString\":\"{\\\"pepper\\\":\\\"secret of the tests\\\"}\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    secrets.start();
    var now = Instant.now(Clock.systemUTC());
    hospital = new TestHospital(tables, TestClock.at(now.toString()));
    hospital.department("noord", new ReportRule.AtOnce());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    bucket = hospital.order(ORDER, "DESK-SCRIPT-47113355", Verification.PAYMENT, false, "1.5.1");
  }

  @AfterAll
  void stop() {
    secrets.stop(0);
  }

  /// One life of a number at the desk, since each call starts a Java of its own. The first compiles
  /// the script as an operator's call does, the others take what was compiled once.
  @Test
  void anOperatorFindsUnlocksMarksSendsAndWithdraws(@TempDir Path classes) throws Exception {
    assertThat(desk("", "find", "noord", "NOBODY").said()).contains("There is no number");
    compile(classes);
    assertThat(desk("", "find", "lindenhof", "DESK-1").code()).isEqualTo(1);
    assertThat(desk("DESK-1\n", "find", "noord", "-").said())
        .contains("bucket " + bucket + ": open", "paid: no", "••• 56")
        .doesNotContain("470123456", "Peeters", "47113355");
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      buckets.chargeCode(bucket, 0, Tries.PINCODE);
    }
    assertThat(desk("", "find", "noord", "DESK-1").said())
        .contains(": blocked", "codes " + Tries.PINCODE.max());
    assertThat(desk("cash\n", "mark-paid", "noord", "DESK-1").said()).contains("unlock it first");
    assertThat(desk("\n", "unlock", "noord", "DESK-1").said()).contains("A reason is needed");
    assertThat(desk("called back\n", "unlock", "noord", "DESK-1").code()).isZero();
    assertThat(buckets.find(bucket).orElseThrow().blocked()).isFalse();
    assertThat(desk("", "send-pincode", "noord", "DESK-1").said()).contains("A reason is needed");
    assertThat(desk("cash, receipt 12\n", "mark-paid", "noord", "DESK-1").code()).isZero();
    assertThat(desk("lost it\n", "send-pincode", "noord", "DESK-1").code()).isZero();
    assertThat(hospital.pincodes(bucket)).hasSize(2);
    assertThat(desk("\n", "withdraw", "noord", "DESK-1").code()).isEqualTo(1);
    assertThat(desk("wrong person\n", "withdraw", "noord", "DESK-1").said())
        .contains("Withdrawn for good");
    assertThat(buckets.find(bucket).orElseThrow().withdrawn()).isTrue();
    var told = desk("", "trail", "noord", "DESK-1").said();
    assertThat(told).contains("unlocked", "payment-marked", "pincode-sent", "withdrawn", PRINCIPAL);
    assertThat(events("department#noord")).contains(AuditAction.WITHDRAWN);
    assertThat(TableDump.of(tables.client(), "AuditTable"))
        .contains("called back", "cash, receipt 12", "lost it", "wrong person");
  }

  private List<AuditAction> events(String trail) {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(trail, Optional.empty(), 20).events().stream().map(AuditEvent::action).toList();
  }

  private void compile(Path classes) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var done = compiler.run(null, null, null, "-cp", classPath, "-d", classes.toString(), program);
    assertThat(done).isZero();
    classPath = classes + ":" + classPath;
    program = "Desk";
  }

  private record Answer(int code, String said) {}

  private Answer desk(String typed, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    command.add(program);
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().putAll(TestHospital.variables());
    process.environment().put("AWS_REGION", tables.region().id());
    process.environment().put("AWS_ACCESS_KEY_ID", "test");
    process.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    process.environment().put("AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint().toString());
    process
        .environment()
        .put(
            "AWS_ENDPOINT_URL_SECRETS_MANAGER",
            "http://127.0.0.1:" + secrets.getAddress().getPort());
    process.environment().put("PEPPER_SECRET_ARN", "pepper");
    process.environment().put("STUDYGATE_PRINCIPAL", PRINCIPAL);
    var running = process.start();
    try (var in = running.outputWriter(StandardCharsets.UTF_8)) {
      in.write(typed);
    }
    var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(running.waitFor(), said);
  }
}
