package org.studygate.department;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.Period;
import java.util.Arrays;
import java.util.Base64;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.studygate.department.PaymentRules.Afterwards;
import org.studygate.json.BadJson;

class DepartmentJsonTest {
  static Stream<ReportRule> rules() {
    return Stream.of(
        new ReportRule.Never(),
        new ReportRule.AtOnce(),
        new ReportRule.AfterDays(1),
        new ReportRule.AfterDays(365),
        new ReportRule.WhenReleased());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void readsWhatItWrote(ReportRule rule) {
    var department = Noord.with("noord", "Radiologie Noord", rule);
    assertThat(DepartmentJson.read(DepartmentJson.write(department))).isEqualTo(department);
  }

  @Test
  void whatIsSharedHasAnEndUnlessTheDepartmentSaysOtherwise() {
    var silent = DepartmentJson.write(Noord.department());
    assertThat(DepartmentJson.read(silent).policy().unlimited()).isFalse();
    var said = silent.replace("\"verification\":", "\"unlimited\":true,\"verification\":");
    assertThat(DepartmentJson.read(said).policy().unlimited()).isTrue();
    assertThat(DepartmentJson.write(DepartmentJson.read(said))).contains("\"unlimited\":true");
  }

  @Test
  void whatPrintedNumbersMayAskForIsKept() {
    var any = DepartmentJson.write(Noord.department());
    assertThat(DepartmentJson.read(any).policy().printing()).isEqualTo(PrintRules.ANY);
    var some = any.replace("\"verification\":", "\"printing\":[\"otp-sms\"],\"verification\":");
    var printing = DepartmentJson.read(some).policy().printing();
    assertThat(printing.verifications()).containsExactly(Verification.OTP_SMS);
    assertThat(DepartmentJson.write(DepartmentJson.read(some)))
        .contains("\"printing\":[\"otp-sms\"]");
  }

  /// A misspelt or wrong rule is refused and never read as another.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"report\":\"after-14-days\" | \"report\":\"after-0-days\"",
        "\"report\":\"after-14-days\" | \"report\":\"sometimes\"",
        "\"report\":\"after-14-days\" | \"report\":\"never\",\"releasd\":true",
        "\"verification\":\"otp-sms\" | \"verification\":\"otp\"",
        "\"zone\":\"Europe/Brussels\" | \"zone\":\"Europe/Nowhere\"",
        "\"quiet\":\"PT5M\" | \"quiet\":\"5\"",
        "\"quiet\":\"PT5M\" | \"quiet\":\"PT5M\",\"printing\":[\"payment\"]",
        "\"quiet\":\"PT5M\" | \"quiet\":\"PT5M\",\"printing\":[\"otp\"]",
        "\"validityDefault\":\"P1M\" | \"validityDefault\":30",
        "\"light\":\"#0b5c7a\" | \"light\":\"red;x:y\"",
        "\"light\":\"#0b5c7a\" | \"light\":\"#0b5c7a\",\"blue\":\"#0b5c7a\"",
        "\"id\":\"noord\" | \"id\":\"Noord/\"",
        "\"languages\":[\"nl\",\"fr\"] | \"languages\":[]",
        "\"hospital\":\"Ziekenhuis Noord\" | \"hospital\":null",
        "\"conditionsVersion\":\"2026-01\" | \"conditionsVersion\":\"1\",\"owner\":\"x\"",
      })
  void refusesWhatItDoesNotKnow(String right, String wrong) {
    var json = DepartmentJson.write(Noord.department());
    assertThat(json).contains(right);
    var changed = json.replace(right, wrong);
    assertThatThrownBy(() -> DepartmentJson.read(changed)).isInstanceOf(BadJson.class);
  }

  @Test
  void howMessagesAreReadIsKept() {
    var json = DepartmentJson.write(Noord.department());
    var changed =
        json.replace("\"accessionCase\":\"ignored\"", "\"accessionCase\":\"kept\"")
            .replace(
                "\"partialBirthDates\":false",
                "\"partialBirthDates\":true,\"technicalAddress\":\"it@noord.example\",\"retention\":\"P10Y\"");
    var policy = DepartmentJson.read(changed).policy();
    assertThat(policy.intake())
        .isEqualTo(new IntakeRules(true, true, Optional.of("it@noord.example")));
    assertThat(policy.retention()).contains(Period.ofYears(10));
    assertThat(DepartmentJson.write(DepartmentJson.read(changed))).isEqualTo(changed);
    assertThat(DepartmentJson.read(json).policy().intake()).isEqualTo(IntakeRules.STANDARD);
    for (var wrong :
        List.of(
            changed.replace("kept", "maybe"),
            changed.replace("it@noord.example", "it"),
            changed.replace("P10Y", "P0D"))) {
      assertThatThrownBy(() -> DepartmentJson.read(wrong)).isInstanceOf(BadJson.class);
    }
  }

  /// Codes go by the channels that are said, and those that are asked for are among them.
  @Test
  void channelsOfCodesAreKept() {
    var json = DepartmentJson.write(Noord.department()); // its patients get a code by SMS
    var sms = json.replace("\"partialBirthDates\"", "\"channels\":[\"sms\"],\"partialBirthDates\"");
    var policy = DepartmentJson.read(sms).policy();
    assertThat(policy.sends(Verification.OTP_SMS)).isTrue();
    assertThat(policy.sends(Verification.OTP_EMAIL)).isFalse();
    assertThat(policy.prints(Verification.OTP_EMAIL)).isFalse();
    assertThat(policy.prints(Verification.DATE_OF_BIRTH)).isTrue();
    assertThat(DepartmentJson.read(DepartmentJson.write(DepartmentJson.read(sms))).policy())
        .isEqualTo(policy);
    assertThat(DepartmentJson.read(json).policy().sends(Verification.OTP_EMAIL)).isTrue();
    for (var wrong : List.of("[\"email\"]", "[]", "[\"sms\",\"fax\"]", "\"sms\"")) {
      assertThatThrownBy(() -> DepartmentJson.read(sms.replace("[\"sms\"]", wrong)))
          .isInstanceOf(BadJson.class);
    }
  }

  private static final String PNG =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg"
          + "YGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==";

  private static String with(String field) {
    return DepartmentJson.write(Noord.department())
        .replace("\"logo\":null", "\"logo\":\"" + PNG + "\"")
        .replaceFirst("}$", field + "}");
  }

  @Test
  void whatADepartmentShowsOfItselfIsKept() {
    var json =
        with(
            ",\"statements\":{\"diagnosis\":{\"nl\":\"Alleen voor overleg\"},\"imprint\":{\"nl\":\"Ziekenhuis Noord vzw\"},\"privacy\":"
                + "{\"fr\":\"https://noord.example/vie-privee\",\"nl\":\"https://noord.example/privacy\"}}");
    var department = DepartmentJson.read(json);
    assertThat(department.logo().orElseThrow().type()).isEqualTo("image/png");
    assertThat(department.statements().texts().keySet())
        .containsOnly("diagnosis", "imprint", "privacy");
    assertThat(DepartmentJson.write(department)).isEqualTo(json);
    assertThat(Face.of(department).logo().orElseThrow())
        .matches("/api/departments/noord/logo\\?v=[0-9a-f]+");
    assertThat(Face.of(department).statements()).isEmpty();
    assertThat(Face.whole(department, Optional.empty()).statements()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"terms\":{\"nl\":\"x\"}} | statements are privacy",
        "{\"privacy\":{}} | at least one of the languages",
        "{\"privacy\":{\"pt\":\"x\"}} | at least one of the languages",
        "{\"privacy\":{\"nl\":\" \"}} | a text or an address",
        "{\"privacy\":{\"nl\":\"http://noord.example\"}} | a text or an address",
        "{\"privacy\":\"https://noord.example\"} | must be an object",
      })
  void aStatementThatCannotBeShownIsRefused(String statements, String why) {
    var json = with(",\"statements\":" + statements);
    assertThatThrownBy(() -> DepartmentJson.read(json))
        .isInstanceOf(BadJson.class)
        .hasMessageContaining(why);
  }

  @Test
  void statementsHaveAnEnd() {
    var json = with(",\"statements\":{\"privacy\":{\"nl\":\"" + "x".repeat(40_001) + "\"}}");
    assertThatThrownBy(() -> DepartmentJson.read(json)).isInstanceOf(BadJson.class);
  }

  /// A logo is a picture by what it holds, small, and never an address of somewhere else.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://noord.example/logo.png | is written data:",
        "/logo.png | is written data:",
        "data:image/svg+xml;base64,PHN2Zy8+ | is written data:",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw= | is no PNG",
        "data:image/png;base64,PHN2Zz48c2NyaXB0Lz48L3N2Zz4= | is no PNG",
        "data:image/jpeg;base64,iVBORw0KGgoAAAANSUhEUgAAAAE= | is no PNG",
        "data:text/html;base64,iVBORw0KGgoAAAANSUhEUgAAAAE= | is written data:",
      })
  void aLogoThatIsNoSmallPictureIsRefused(String logo, String why) {
    var json = with("").replace(PNG, logo);
    assertThatThrownBy(() -> DepartmentJson.read(json))
        .isInstanceOf(BadJson.class)
        .hasMessageContaining(why);
  }

  @Test
  void aLogoIsBoundedByItsBytes() {
    var picture = new byte[Logo.MOST_BYTES + 1];
    System.arraycopy(HexFormat.of().parseHex("ffd8ff"), 0, picture, 0, 3);
    var fits = Base64.getEncoder().encodeToString(Arrays.copyOf(picture, Logo.MOST_BYTES));
    assertThat(new Logo("image/jpeg", fits).tag()).isNotEmpty();
    var over = Base64.getEncoder().encodeToString(picture);
    assertThatThrownBy(() -> new Logo("image/jpeg", over)).hasMessageContaining("over 32 KiB");
    var webp = HexFormat.of().parseHex("52494646" + "24000000" + "57454250" + "56503820");
    assertThat(new Logo("image/webp", Base64.getEncoder().encodeToString(webp)).data())
        .startsWith("data:image/webp;base64,");
  }

  static Stream<PaymentRules> payments() {
    var free = Map.of("nl", "De eerste kopie is gratis.", "fr", "La première copie est gratuite.");
    var euro = Currency.getInstance("EUR");
    return Stream.of(
        new PaymentRules(
            euro, 1500, Map.of(), List.of("card"), Afterwards.END, Afterwards.END, free, false),
        new PaymentRules(
            euro,
            1500,
            Map.of("MR", 2500L, "CT", 1L),
            List.of("bancontact", "card", "sepa_debit"),
            Afterwards.KEEP,
            Afterwards.END,
            free,
            true),
        new PaymentRules(
            Currency.getInstance("JPY"),
            99_999_999,
            Map.of(),
            List.of("card"),
            Afterwards.END,
            Afterwards.KEEP,
            Map.of("en", "The first copy is free."),
            true));
  }

  @ParameterizedTest
  @MethodSource("payments")
  void readsThePaymentRulesItWrote(PaymentRules payment) {
    var department = Noord.paid(payment);
    assertThat(DepartmentJson.read(DepartmentJson.write(department))).isEqualTo(department);
  }

  /// What need not be said: access ends with the money, no receipt, one price for everything.
  @Test
  void paymentRulesHaveCarefulDefaults() {
    var json = DepartmentJson.write(Noord.paid(payments().skip(1).findFirst().orElseThrow()));
    var brief =
        json.replace("\"prices\":{\"CT\":1,\"MR\":2500},", "")
            .replace("\"afterRefund\":\"keep\",\"afterLostDispute\":\"end\",", "")
            .replace(",\"receipt\":true", "");
    assertThat(brief).doesNotContain("prices", "afterRefund", "receipt");
    var rules = DepartmentJson.read(brief).policy().payment().orElseThrow();
    assertThat(rules.prices()).isEmpty();
    assertThat(rules.afterRefund()).isEqualTo(Afterwards.END);
    assertThat(rules.afterLostDispute()).isEqualTo(Afterwards.END);
    assertThat(rules.receipt()).isFalse();
  }

  /// Money is asked for by these rules, so what is wrong with them is said.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"methods\":[\"bancontact\",\"card\",\"sepa_debit\"] | \"methods\":[] | payment.methods",
        "\"methods\":[\"bancontact\",\"card\",\"sepa_debit\"] | \"methods\":[\"Visa Card\"] | payment.methods",
        "\"methods\":[\"bancontact\",\"card\",\"sepa_debit\"], | '' | methods",
        "\"currency\":\"EUR\" | \"currency\":\"euro\" | payment.currency",
        "\"currency\":\"EUR\" | \"currency\":\"eur\" | payment.currency",
        "\"currency\":\"EUR\", | '' | currency",
        "\"price\":1500 | \"price\":0 | a price is",
        "\"price\":1500 | \"price\":-1500 | a price is",
        "\"price\":1500 | \"price\":100000000 | a price is",
        "\"price\":1500 | \"price\":15.5 | price",
        "\"price\":1500 | \"price\":\"1500\" | price",
        "\"price\":1500, | '' | price is missing",
        "\"MR\":2500 | \"MR\":0 | a price is",
        "\"MR\":2500 | \"mri scan\":2500 | payment.prices",
        "\"afterRefund\":\"keep\" | \"afterRefund\":\"maybe\" | payment.afterRefund is end or keep",
        "\"afterLostDispute\":\"end\" | \"afterLostDispute\":\"never\" | payment.afterLostDispute is end or keep",
        "\"nl\":\"De eerste kopie is gratis.\" | \"nl\":\" \" | payment.freeRoute",
        "\"receipt\":true | \"receipt\":\"yes\" | receipt",
        "\"receipt\":true | \"receipt\":true,\"vat\":21 | policy.payment.vat is not a known field",
      })
  void refusesPaymentRulesAndSaysWhy(String right, String wrong, String why) {
    var json = DepartmentJson.write(Noord.paid(payments().skip(1).findFirst().orElseThrow()));
    assertThat(json).contains(right);
    var changed = json.replace(right, wrong);
    assertThatThrownBy(() -> DepartmentJson.read(changed))
        .isInstanceOf(BadJson.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesToAskForMoneyWithoutTheFreeWay() {
    var json = DepartmentJson.write(Noord.paid(payments().findFirst().orElseThrow()));
    var none = json.replaceAll("\"freeRoute\":\\{[^}]*}", "\"freeRoute\":{}");
    var missing = json.replaceAll("\"freeRoute\":\\{[^}]*},", "");
    for (var changed : List.of(none, missing)) {
      assertThat(changed).isNotEqualTo(json);
      assertThatThrownBy(() -> DepartmentJson.read(changed))
          .isInstanceOf(BadJson.class)
          .hasMessageContaining("payment.freeRoute is missing");
    }
  }

  @Test
  void refusesToAskForMoneyWithoutRules() {
    var json =
        DepartmentJson.write(Noord.department())
            .replace("\"verification\":\"otp-sms\"", "\"verification\":\"payment\"");
    assertThatThrownBy(() -> DepartmentJson.read(json))
        .isInstanceOf(BadJson.class)
        .hasMessageContaining("policy.payment is missing");
  }

  @Test
  void countryPrefixesDecideWhereCodesMayGo() {
    var policy = Noord.department().policy();
    assertThat(policy.maySendTo("+32470123456")).isTrue();
    assertThat(policy.maySendTo("+33612345678")).isFalse();
  }

  /// A prefix that is only the beginning of a calling code would let in many countries.
  @Test
  void countryPrefixesAreWholeCallingCodes() {
    for (var code : PhoneNumberUtil.getInstance().getSupportedCallingCodes()) {
      assertThat(prefixes("+" + code).maySendTo("+" + code + "470123456")).isTrue();
    }
    assertThat(prefixes("+1242").maySendTo("+12423591234")).isTrue();
    assertThat(prefixes("+1242").maySendTo("+12015550123")).isFalse();
    for (var wrong : List.of("+3", "+35", "+4", "+42", "+9", "32", "0032", "+", "+32 ", "+032")) {
      assertThatThrownBy(() -> prefixes(wrong))
          .isInstanceOf(BadJson.class)
          .hasMessageContaining("policy.countryPrefixes");
    }
  }

  private static Policy prefixes(String prefix) {
    var json = DepartmentJson.write(Noord.department());
    var changed =
        json.replaceFirst(
            "\"countryPrefixes\":\\[[^]]*]", "\"countryPrefixes\":[\"" + prefix + "\"]");
    return DepartmentJson.read(changed).policy();
  }
}
