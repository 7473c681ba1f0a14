package org.studygate.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What depends on what. Each rule is shown to bite by a class that breaks it (`Offenders`).
final class ArchitectureTest {
  private static final int LONGEST_HANDLER = 80;
  private static final String AWS = "software.amazon.awssdk..";

  /// Packages of functions: `org.studygate.<folder without dashes>`.
  private static final List<String> FUNCTIONS =
      List.of(
          "departmentview",
          "housekeeping",
          "messageingest",
          "notify",
          "otpissue",
          "otpverify",
          "referencelogin",
          "visit",
          "studyingest",
          "studyrollup",
          "studyview");

  private static final Map<String, ArchRule> RULES =
      Map.of(
          "no static mutable state",
              fields()
                  .that()
                  .areStatic()
                  .and()
                  .doNotHaveModifier(JavaModifier.SYNTHETIC)
                  .should()
                  .beFinal(),
          "clock and randomness come through constructors",
              noClasses()
                  .that()
                  .resideOutsideOfPackage("org.studygate.platform")
                  .should()
                  .callMethod(Instant.class, "now")
                  .orShould()
                  .callMethod(LocalDate.class, "now")
                  .orShould()
                  .callMethod(Clock.class, "systemUTC")
                  .orShould()
                  .callMethod(System.class, "currentTimeMillis")
                  .orShould()
                  .callMethod(System.class, "nanoTime")
                  .orShould()
                  .callMethod(Math.class, "random")
                  .orShould()
                  .callMethod(UUID.class, "randomUUID")
                  .orShould()
                  .callMethod(ThreadLocalRandom.class, "current")
                  .orShould()
                  .callConstructor(SecureRandom.class)
                  .orShould()
                  .callConstructor(Random.class),
          "no AWS type in a use case",
              noClasses()
                  .that()
                  .resideInAnyPackage(packages())
                  .and()
                  .haveSimpleNameNotEndingWith("Handler")
                  .and()
                  .haveSimpleNameNotEndingWith("Wiring")
                  .and()
                  .haveSimpleNameNotStartingWith("S3")
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage(AWS),
          "stores are chosen where a function is put together",
              noClasses()
                  .that()
                  .resideInAnyPackage(packages())
                  .and()
                  .haveSimpleNameNotEndingWith("Handler")
                  .and()
                  .haveSimpleNameNotEndingWith("Wiring")
                  .should()
                  .dependOnClassesThat()
                  .haveSimpleNameStartingWith("Dynamo"),
          "shared knows no function",
              noClasses()
                  .that()
                  .resideOutsideOfPackages(packages())
                  .should()
                  .dependOnClassesThat(
                      resideInAPackage("org.studygate.(" + String.join("|", FUNCTIONS) + ")")),
          "handlers are for Lambda and for whoever gives them a platform",
              classes()
                  .that()
                  .haveSimpleNameEndingWith("Handler")
                  .and()
                  .resideInAnyPackage(packages())
                  .should()
                  .bePublic()
                  .andShould()
                  .haveModifier(JavaModifier.FINAL));

  private static String[] packages() {
    return FUNCTIONS.stream().map(name -> "org.studygate." + name).toArray(String[]::new);
  }

  private static JavaClasses deployed() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("org.studygate")
        .that(DescribedPredicate.not(resideInAPackage("org.studygate.local..")));
  }

  @TestFactory
  Stream<DynamicTest> theCodeKeepsTheRules() {
    var deployed = deployed();
    assertThat(deployed).hasSizeGreaterThan(200);
    return RULES.entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(deployed)));
  }

  @TestFactory
  Stream<DynamicTest> functionsDoNotKnowEachOther() {
    var deployed = deployed();
    return FUNCTIONS.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage("org.studygate." + name)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                FUNCTIONS.stream()
                                    .filter(other -> !other.equals(name))
                                    .map(other -> "org.studygate." + other)
                                    .toArray(String[]::new))
                            .check(deployed)));
  }

  @Test
  void theRulesBite() {
    var offenders = new ClassFileImporter().importClasses(Offenders.class, Offenders.Timely.class);
    for (var name :
        List.of("no static mutable state", "clock and randomness come through constructors")) {
      var rule = java.util.Objects.requireNonNull(RULES.get(name));
      assertThat(rule.evaluate(offenders).hasViolation()).as(name).isTrue();
    }
  }

  @Test
  void handlersHaveAtMostEightyLines() throws IOException {
    try (var files = Files.walk(Path.of("../functions"))) {
      var handlers =
          files
              .filter(file -> file.toString().contains("/src/main/"))
              .filter(file -> file.toString().endsWith("Handler.java"))
              .toList();
      assertThat(handlers).hasSize(FUNCTIONS.size());
      for (var handler : handlers) {
        var lines =
            Files.readAllLines(handler).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("import "))
                .count();
        assertThat(lines).as(handler.toString()).isLessThanOrEqualTo(LONGEST_HANDLER);
      }
    }
  }
}
