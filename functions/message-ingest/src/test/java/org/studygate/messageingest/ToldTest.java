package org.studygate.messageingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Faults;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import org.studygate.receipt.Receipt;

/// What of a message cannot be used is told to the hospital, and never becomes a dead letter.
final class ToldTest {
  private static final String NUMBER = "RIS-2026-MESSAGE-47113";
  private static final String DONE = "{\"batchItemFailures\":[]}";
  private static final String LONG = "x".repeat(300_000);

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(logged, true), clock);
  @AutoClose private final TestTables tables = TestTables.start();
  private Set<Receipt> receipts;
  private TestIntake intake;

  @BeforeEach
  void start() {
    receipts = new LinkedHashSet<>();
    intake = new TestIntake(tables, clock, log, receipts);
  }

  @ParameterizedTest
  @MethodSource
  void aNumberThatOpensNothingIsTold(String code, String reference) throws Exception {
    assertThat(tell("order.json", order("", reference))).isEqualTo(DONE);
    var receipt = receipts.iterator().next();
    assertThat(receipts).hasSize(1);
    assertThat(receipt.code()).isEqualTo(code);
    assertThat(receipt.key()).contains("in/noord/order.json");
    assertThat(receipt.about().accession()).contains("A17");
    assertThat(receipt.at()).isEqualTo(clock.instant());
    assertThat(receipt.sentence())
        .contains("Send the order again")
        .doesNotContain("Peeters", "47113", "12345", "1958", "+32");
  }

  static Stream<Arguments> aNumberThatOpensNothingIsTold() {
    return Stream.of(
        arguments("weak-number", reference("12345", "date-of-birth", "")),
        arguments("no-destination", reference(NUMBER, "otp-sms", "")),
        arguments("no-destination", reference(NUMBER, "otp-email", "")),
        arguments("no-destination", reference(NUMBER, "payment", "")),
        arguments(
            "bad-validity",
            reference(
                NUMBER,
                "date-of-birth",
                ",\"validFrom\":\"2026-11-20\",\"validUntil\":\"2026-11-01\"")));
  }

  @Test
  void aNumberInUseIsTold() throws Exception {
    tell("a.json", order("", reference(NUMBER, "date-of-birth", "")));
    assertThat(receipts).isEmpty();
    tell("b.json", order("", reference(NUMBER, "date-of-birth", "")).replace("\"A17\"", "\"A18\""));
    assertThat(codes()).containsExactly("number-taken");
  }

  /// What a message holds goes into items of 400 kB and into texts of people.
  @ParameterizedTest
  @MethodSource
  void whatIsTooLongIsRefusedByName(String named, String content) throws Exception {
    assertThat(tell("long.json", content)).isEqualTo(DONE);
    assertThat(codes()).containsExactly("field-too-long");
    assertThat(receipts.iterator().next().sentence()).contains(named).hasSizeLessThan(300);
    assertThat(intake.quarantine.all()).hasSize(2);
    assertThat(TableDump.of(tables.client(), "OrdersTable")).doesNotContain("A17");
    assertThat(TableDump.of(tables.client(), "StudiesTable")).doesNotContain("xxxx");
  }

  static Stream<Arguments> whatIsTooLongIsRefusedByName() {
    var person = "{\"number\":\"1\",\"familyName\":\"Maes\"}";
    return Stream.of(
        arguments("patient.familyName", order("", "").replace("Peeters", LONG)),
        arguments("patient.givenName", order("", "").replace("\"An\"", "\"" + LONG + "\"")),
        arguments("patient.id", order("", "").replace("P-1", LONG)),
        arguments("patient.issuer", order(",\"issuer\":\"" + LONG + "\"", "")),
        arguments("patient.language", order(",\"language\":\"" + "n".repeat(5_000) + "\"", "")),
        arguments("patient.mobile", order(",\"mobile\":\"" + LONG + "\"", "")),
        arguments("patient.email", order(",\"email\":\"" + LONG + "\"", "")),
        arguments("patient.sex", order(",\"sex\":\"" + LONG + "\"", "")),
        arguments(
            "requestedBy.familyName",
            order("", ",\"requestedBy\":{\"familyName\":\"" + LONG + "\"}")),
        arguments("copiesTo[0].number", order("", ",\"copiesTo\":[{\"number\":\"" + LONG + "\"}]")),
        arguments("copiesTo", order("", ",\"copiesTo\":[" + many(person, 10_000) + "]")),
        arguments(
            "studies", order("", ",\"studies\":[" + many("{\"modality\":\"CT\"}", 101) + "]")),
        arguments(
            "studies[0].description",
            order("", ",\"studies\":[{\"description\":\"" + LONG + "\"}]")),
        arguments(
            "the order as a whole",
            order(
                "",
                ",\"studies\":["
                    + many(
                        "{\"description\":\"%s\",\"modality\":\"%s\"}"
                            .formatted("日".repeat(250), "本".repeat(250)),
                        100)
                    + "]")),
        arguments("language", report(",\"text\":\"x\",\"language\":\"" + LONG + "\"")),
        arguments("text", report(",\"text\":\"" + LONG + "y\"")),
        arguments(
            "author.familyName",
            report(",\"text\":\"x\",\"author\":{\"familyName\":\"" + LONG + "\"}")),
        arguments(
            "author.number", report(",\"text\":\"x\",\"author\":{\"number\":\"" + LONG + "\"}")));
  }

  /// The largest message that is taken fits into its items.
  @Test
  void whatIsJustShortEnoughIsKept() throws Exception {
    var person =
        "{\"number\":\"%s\",\"familyName\":\"%s\"}".formatted("1".repeat(256), "é".repeat(256));
    var study = "{\"description\":\"%s\"}".formatted("日".repeat(256));
    assertThat(
            tell(
                "order.json",
                order(
                    "",
                    ",\"copiesTo\":[%s],\"studies\":[%s]"
                        .formatted(many(person, 50), many(study, 100)))))
        .isEqualTo(DONE);
    assertThat(tell("report.json", report(",\"text\":\"" + "é".repeat(150_000) + "\"")))
        .isEqualTo(DONE);
    assertThat(receipts).isEmpty();
    assertThat(TableDump.of(tables.client(), "OrdersTable")).contains("日日日", "éééé");
  }

  @ParameterizedTest
  @MethodSource
  void whatNoStoreTakesIsRefused(String code, String named, String content) throws Exception {
    assertThat(tell("odd.json", content)).isEqualTo(DONE);
    assertThat(codes()).containsExactly(code);
    assertThat(receipts.iterator().next().sentence()).contains(named);
  }

  static Stream<Arguments> whatNoStoreTakesIsRefused() {
    return Stream.of(
        arguments("bad-json", "surrogate", order("", "").replace("Peeters", "P\\ud800s")),
        arguments("bad-json", "patient.familyName", order("", "").replace("Peeters", "P\\u0000s")),
        arguments("bad-json", "surrogate", report(",\"text\":\"a\\udfffb\"")),
        arguments("bad-json", "well-formed", order(",\"id\":\"P-2\"", "")),
        arguments("bad-json", "well-formed", "{\"a\":".repeat(1_000)),
        arguments("bad-json", "patient.nickname", order(",\"nickname\":\"Annie\"", "")),
        arguments(
            "bad-json",
            "studies[0].colour",
            order("", ",\"studies\":[{\"uid\":\"1.2\",\"colour\":1}]")),
        arguments(
            "bad-json",
            "studies.expectedInstances",
            order("", ",\"studies\":[{\"expectedInstances\":-1}]")),
        arguments(
            "bad-json",
            "expectedInstances",
            order("", ",\"studies\":[{\"expectedInstances\":1e400}]")),
        arguments(
            "bad-json", "studies.uid", order("", ",\"studies\":[{\"uid\":\"" + uid(65) + "\"}]")),
        arguments(
            "bad-json", "studies.date", order("", ",\"studies\":[{\"date\":\"+999999-01-01\"}]")),
        arguments(
            "bad-json",
            "instances",
            "{\"type\":\"done\",\"studyUid\":\"1.2\",\"instances\":99999999999}"),
        arguments(
            "bad-json", "instances", "{\"type\":\"done\",\"studyUid\":\"1.2\",\"instances\":-1}"),
        arguments("bad-uid", "UID", "{\"type\":\"done\",\"studyUid\":\"" + uid(65) + "\"}"),
        arguments("hl7-not-yet", "JSON", "MSH|^~\\&|RIS"));
  }

  @Test
  void whatARefusedMessageIsAboutIsTold() throws Exception {
    tell("a.json", order(",\"nickname\":\"Annie\"", ""));
    assertThat(receipts.iterator().next().about().accession()).contains("A17");
    tell("b.json", "{\"type\":\"done\",\"studyUid\":\"1.2\",\"instances\":-1}");
    assertThat(receipts.stream().toList().getLast().about().studyUid()).contains("1.2");
  }

  @Test
  void anObjectThatIsGoneIsToldAndNotTriedAgain() throws Exception {
    assertThat(intake.run(Faults.none(), "gone.json")).isEqualTo(DONE);
    assertThat(codes()).containsExactly("object-gone");
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("\"event\":\"object-gone\"", "\"ObjectGone\":1", "\"department\":\"noord\"")
        .doesNotContain("gone.json");
  }

  @Test
  void whatIsInQuarantineIsCountedByDepartment() throws Exception {
    tell("odd.json", "hello");
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("\"Quarantined\":1", "\"department\":\"noord\"");
  }

  /// Whenever the function dies: what comes again says the same, and nothing is left out.
  @Test
  void killedAtAnyStepEverythingIsToldOnce() throws Exception {
    for (var content : List.of(order("", reference("12345", "date-of-birth", "")), "hello")) {
      for (var at = 1; ; at++) {
        tables.clear();
        start();
        var faults = Faults.after(at);
        intake.put("one", content);
        intake.run(faults, "one");
        intake.run(Faults.none(), "one");
        assertThat(receipts).as("killed at call " + at).hasSize(1);
        if (!faults.struck()) {
          break;
        }
      }
    }
  }

  private Stream<String> codes() {
    return receipts.stream().map(Receipt::code);
  }

  private String tell(String name, String content) throws IOException {
    return intake.tell(name, content);
  }

  private static String order(String patient, String more) {
    return """
        {"type":"order","accession":"A17","placedAt":"2026-11-20T08:15:00Z",
         "patient":{"id":"P-1","familyName":"Peeters","givenName":"An","birthDate":"1958-03-07"%s}%s}
        """
        .formatted(patient, more);
  }

  private static String reference(String number, String verification, String more) {
    return ",\"reference\":{\"number\":\"%s\",\"verification\":\"%s\"%s}"
        .formatted(number, verification, more);
  }

  private static String report(String more) {
    return "{\"type\":\"report\",\"accession\":\"A17\",\"state\":\"final\"%s}".formatted(more);
  }

  private static String many(String one, int times) {
    return String.join(",", java.util.Collections.nCopies(times, one));
  }

  private static String uid(int length) {
    return "1." + "2".repeat(length - 2);
  }
}
