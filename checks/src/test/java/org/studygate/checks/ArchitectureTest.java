package org.studygate.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What depends on what. Each rule is shown to bite by a class of `offenders` that breaks it.
final class ArchitectureTest {
  private static final int LONGEST_HANDLER = 80;
  private static final String WRITTEN_BY_JTE = "/org/studygate/letter/template/";
  private static final String OFFENDERS = "org.studygate.checks.offenders";

  /// Per rule, what of the offenders it must name.
  private static final Map<String, List<String>> BITES =
      Map.ofEntries(
          Map.entry("static fields are final", List.of("feature.Keeping.counter")),
          Map.entry(
              "static fields hold nothing that can change",
              List.of("feature.Keeping.BYTES", "feature.Keeping.SEEN", "feature.Keeping.CALLS")),
          Map.entry(
              "nothing that can change is made for a static field",
              List.of("feature.Keeping.<clinit>()> calls constructor <java.util.HashMap")),
          Map.entry(
              "clock and randomness come through constructors",
              List.of(
                  "feature.Timely.called()",
                  "feature.Timely.referredTo()",
                  "feature.Timely.drawn()",
                  "feature.Timely.dated()",
                  "feature.Timely.dice()")),
          Map.entry(
              "no AWS type in a use case", List.of("first.Choosing.dynamo", "feature.Asking.sqs")),
          Map.entry("the DICOM library stays in its room", List.of("feature.Asking.header")),
          Map.entry("functions see no store", List.of("first.Choosing.things")),
          Map.entry("a store is known to its own feature", List.of("other.Reaching.things")),
          Map.entry(
              "features do not know each other in circles",
              List.of("Slice feature", "Slice other", "feature.Asking.back")),
          Map.entry("shared knows no function", List.of("feature.Asking.choosing")),
          Map.entry("functions do not know each other", List.of("second.SecondHandler.curious")),
          Map.entry(
              "handlers are public, final and can be given a platform",
              List.of(
                  "second.SecondHandler> does not have modifier PUBLIC",
                  "second.SecondHandler> does not have modifier FINAL",
                  "second.SecondHandler has []")));

  private static JavaClasses deployed() {
    var classes = new ArrayList<Path>();
    classes.add(Folders.classes(Folders.ROOT.resolve("shared")));
    classes.add(Folders.classes(Folders.ROOT.resolve("shared/dicom")));
    classes.add(Folders.classes(Folders.ROOT.resolve("shared/letter")));
    classes.add(Folders.classes(Folders.ROOT.resolve("shared/filing")));
    for (var function : Folders.functions()) {
      classes.add(Folders.classes(Folders.function(function)));
    }
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains(WRITTEN_BY_JTE))
        .importPaths(classes);
  }

  @TestFactory
  Stream<DynamicTest> theCodeKeepsTheRules() {
    var deployed = deployed();
    assertThat(deployed).hasSizeGreaterThan(200);
    var packages = Folders.functions().stream().map(Folders::packageOf).toList();
    return new Rules("org.studygate", packages)
        .all().entrySet().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(deployed)));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleBites() {
    var offenders = new ClassFileImporter().importPackages(OFFENDERS);
    var rules = new Rules(OFFENDERS, List.of("first", "second")).all();
    assertThat(BITES.keySet()).isEqualTo(rules.keySet());
    return rules.entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () ->
                        assertThat(rule.getValue().evaluate(offenders).getFailureReport())
                            .asString()
                            .contains(requireNonNull(BITES.get(rule.getKey())))));
  }

  @Test
  void handlersHaveAtMostEightyLines() throws IOException {
    for (var function : Folders.functions()) {
      try (var files = Files.walk(Folders.sources(function))) {
        var handlers = files.filter(file -> file.toString().endsWith("Handler.java")).toList();
        assertThat(handlers).as("handlers of " + function).hasSize(1);
        var lines = lines(Files.readAllLines(handlers.getFirst()));
        assertThat(lines).as(handlers.toString()).isLessThanOrEqualTo(LONGEST_HANDLER);
      }
    }
  }

  @Test
  void eightyOneLinesAreTooMany() {
    var handler = new ArrayList<>(List.of("import a.B;", "", "class TooLongHandler {"));
    for (var i = 0; i < LONGEST_HANDLER - 1; i++) {
      handler.add("  int line" + i + ";");
    }
    assertThat(lines(handler)).isEqualTo(LONGEST_HANDLER);
    handler.add("}");
    assertThat(lines(handler)).isGreaterThan(LONGEST_HANDLER);
  }

  /// Without imports and empty lines.
  private static long lines(List<String> source) {
    return source.stream().filter(line -> !line.isBlank() && !line.startsWith("import ")).count();
  }
}
