package org.studygate.department;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.studygate.department.Department.Brand;
import org.studygate.department.Department.Contact;
import org.studygate.department.PaymentRules.Afterwards;
import org.studygate.json.BadJson;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A department as JSON: what operators write, and how it is kept. Unknown fields are refused, so
/// a misspelt rule is never a rule that does not hold.
public final class DepartmentJson {
  private static final Pattern AFTER = Pattern.compile("after-(\\d{1,3})-days");

  private DepartmentJson() {}

  /// As somebody writes it.
  public static Department read(String json) {
    return read(json, Department::judged, _ -> true);
  }

  /// As it is kept: by whatever rules it was written, it is there. An address that leads to
  /// something else than the web is left out.
  static Department kept(String json) {
    return read(json, UnaryOperator.identity(), Wording::isWeb);
  }

  private static Department read(
      String json, UnaryOperator<Department> judged, Predicate<String> website) {
    try {
      var object = JsonObject.parse(json.getBytes(StandardCharsets.UTF_8));
      var contact = object.object("contact");
      var brand = object.object("brand");
      var policy = object.object("policy");
      var department =
          new Department(
              object.string("id"),
              object.string("name"),
              object.string("hospital"),
              new Contact(
                  phone(contact),
                  contact.optionalString("email"),
                  contact.optionalString("address"),
                  contact.optionalString("website").filter(website)),
              object.optionalString("logo").map(Logo::parse),
              new Brand(brand.string("light"), brand.string("dark")),
              object.strings("languages"),
              ZoneId.of(object.string("zone")),
              object.string("conditionsVersion"),
              policy(policy),
              statements(object));
      policy.done();
      brand.done();
      contact.done();
      object.done();
      return judged.apply(department);
    } catch (DateTimeException | IllegalArgumentException wrong) {
      throw new BadJson(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /// Every department has one, so that whoever is refused knows whom to call.
  private static String phone(JsonObject contact) {
    var phone = contact.string("phone");
    if (phone.isBlank()) {
      throw new Unfit("contact.phone", "missing", "contact.phone is empty");
    }
    return phone;
  }

  private static Policy policy(JsonObject json) {
    return new Policy(
        Verification.of(json.string("verification"))
            .orElseThrow(() -> new BadJson("policy.verification is not known")),
        report(json.string("report")),
        Period.parse(json.string("validityDefault")),
        Period.parse(json.string("validityMaximum")),
        json.optionalInt("minimumComplexityBits").orElse(40),
        Duration.parse(json.string("quiet")),
        json.strings("countryPrefixes"),
        json.optionalObject("payment").map(DepartmentJson::payment),
        new IntakeRules(
            accessionCaseKept(json),
            json.bool("partialBirthDates", false),
            channels(json),
            json.optionalString("technicalAddress")),
        json.optionalString("retention").map(Period::parse),
        printing(json),
        json.bool("unlimited", false));
  }

  private static Set<Verification> channels(JsonObject json) {
    var named = json.strings("channels");
    return json.names().contains("channels")
        ? named.stream().map(DepartmentJson::channel).collect(Collectors.toSet())
        : IntakeRules.EACH;
  }

  private static Verification channel(String name) {
    return Verification.of("otp-" + name)
        .orElseThrow(() -> new BadJson("policy.channels are sms and email"));
  }

  private static PrintRules printing(JsonObject json) {
    var codes = json.strings("printing");
    return !json.names().contains("printing")
        ? PrintRules.ANY
        : new PrintRules(codes.stream().map(DepartmentJson::printed).collect(Collectors.toSet()));
  }

  private static Verification printed(String code) {
    return Verification.of(code).orElseThrow(() -> new BadJson("policy.printing is not known"));
  }

  private static Statements statements(JsonObject json) {
    var texts = new TreeMap<String, Map<String, String>>();
    json.optionalObject("statements")
        .ifPresent(
            all -> all.names().forEach(kind -> texts.put(kind, byLanguage(all.object(kind)))));
    return new Statements(texts);
  }

  private static Map<String, String> byLanguage(JsonObject json) {
    var texts = new TreeMap<String, String>();
    json.names().forEach(language -> texts.put(language, json.string(language)));
    return texts;
  }

  private static boolean accessionCaseKept(JsonObject json) {
    return switch (json.optionalString("accessionCase").orElse("ignored")) {
      case "ignored" -> false;
      case "kept" -> true;
      default -> throw new BadJson("policy.accessionCase is ignored or kept");
    };
  }

  private static PaymentRules payment(JsonObject json) {
    var prices = new TreeMap<String, Long>();
    json.optionalObject("prices")
        .ifPresent(all -> all.names().forEach(one -> prices.put(one, whole(all, one))));
    var freeRoute = json.optionalObject("freeRoute").map(DepartmentJson::byLanguage);
    var rules =
        new PaymentRules(
            currency(json.string("currency")),
            whole(json, "price"),
            prices,
            json.strings("methods"),
            afterwards(json, "afterRefund"),
            afterwards(json, "afterLostDispute"),
            freeRoute.orElse(Map.of()),
            json.bool("receipt", false));
    json.done();
    return rules;
  }

  private static Currency currency(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException unknown) {
      throw new BadJson("payment.currency is a code of ISO 4217: EUR, NOK, …");
    }
  }

  private static long whole(JsonObject json, String name) {
    return json.optionalLong(name).orElseThrow(() -> new BadJson(name + " is missing"));
  }

  /// `end` unless the department says `keep`.
  private static Afterwards afterwards(JsonObject json, String name) {
    return switch (json.optionalString(name).orElse("end")) {
      case "end" -> Afterwards.END;
      case "keep" -> Afterwards.KEEP;
      default -> throw new BadJson("payment." + name + " is end or keep");
    };
  }

  private static Map<String, Object> written(PaymentRules payment) {
    var rules = new LinkedHashMap<String, Object>();
    rules.put("currency", payment.currency().getCurrencyCode());
    rules.put("price", payment.price());
    rules.put("prices", new TreeMap<>(payment.prices()));
    rules.put("methods", payment.methods());
    rules.put("afterRefund", payment.afterRefund().name().toLowerCase(Locale.ROOT));
    rules.put("afterLostDispute", payment.afterLostDispute().name().toLowerCase(Locale.ROOT));
    rules.put("freeRoute", new TreeMap<>(payment.freeRoute()));
    rules.put("receipt", payment.receipt());
    return rules;
  }

  /// `never`, `at-once`, `when-released` or, for a number of days, `after-14-days`.
  private static ReportRule report(String text) {
    return switch (text) {
      case "never" -> new ReportRule.Never();
      case "at-once" -> new ReportRule.AtOnce();
      case "when-released" -> new ReportRule.WhenReleased();
      default -> {
        var after = AFTER.matcher(text);
        if (!after.matches()) {
          throw new BadJson("policy.report is not known");
        }
        yield new ReportRule.AfterDays(Integer.parseInt(after.group(1)));
      }
    };
  }

  public static String write(Department department) {
    var contact = department.contact();
    var policy = department.policy();
    var rules = new LinkedHashMap<String, Object>();
    rules.put("verification", policy.verification().code());
    rules.put(
        "report",
        switch (policy.report()) {
          case ReportRule.Never() -> "never";
          case ReportRule.AtOnce() -> "at-once";
          case ReportRule.WhenReleased() -> "when-released";
          case ReportRule.AfterDays(var days) -> "after-" + days + "-days";
        });
    rules.put("validityDefault", policy.validityDefault().toString());
    rules.put("validityMaximum", policy.validityMaximum().toString());
    rules.put("minimumComplexityBits", policy.minimumComplexityBits());
    rules.put("quiet", policy.quiet().toString());
    rules.put("countryPrefixes", policy.countryPrefixes());
    policy.payment().ifPresent(payment -> rules.put("payment", written(payment)));
    var intake = policy.intake();
    rules.put("accessionCase", intake.accessionCaseKept() ? "kept" : "ignored");
    rules.put("partialBirthDates", intake.partialBirthDates());
    intake.technicalAddress().ifPresent(address -> rules.put("technicalAddress", address));
    policy.retention().ifPresent(kept -> rules.put("retention", kept.toString()));
    if (!intake.codes().equals(IntakeRules.EACH)) {
      var channels = intake.codes().stream().map(code -> code.code().substring("otp-".length()));
      rules.put("channels", channels.sorted().toList());
    }
    if (!policy.printing().equals(PrintRules.ANY)) {
      rules.put(
          "printing",
          policy.printing().verifications().stream().map(Verification::code).sorted().toList());
    }
    if (policy.unlimited()) {
      rules.put("unlimited", true);
    }
    var all = new LinkedHashMap<String, Object>();
    all.put("id", department.id());
    all.put("name", department.name());
    all.put("hospital", department.hospital());
    all.put("contact", contact);
    all.put("logo", department.logo().map(Logo::data));
    all.put("brand", department.brand());
    all.put("languages", department.languages());
    all.put("zone", department.zone().getId());
    all.put("conditionsVersion", department.conditionsVersion());
    all.put("policy", rules);
    if (!department.statements().equals(Statements.NONE)) {
      all.put("statements", department.statements().written());
    }
    return Json.text(all);
  }
}
