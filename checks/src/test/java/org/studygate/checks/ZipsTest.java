package org.studygate.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.studygate.local.template.Function;
import org.studygate.local.template.Template;

/// What is deployed: small, with its own jars only, the handler inside, of one time. That
/// the bytes are the same whoever builds them, `scripts/check-reproducible` shows.
final class ZipsTest {
  private static final long SMALL = 20L << 20;
  private static final long WITH_STRIPE = 35L << 20;
  private static final long WITH_DICOM = 45L << 20;
  private static final Set<String> DICOM = Set.of("anonymize", "study-ingest", "study-roll-up");
  private static final Set<String> STRIPE =
      Set.of("payment-checkout", "payment-sweep", "payment-webhook");
  private static final Set<String> LETTER = Set.of("reference-letter");
  private static final Pattern VERSION = Pattern.compile("-\\d[\\w.]*\\.jar$");

  /// Every function carries these (AWS's own runtime parts left out) …
  private static final List<String> COMMON =
      List.of(
          "studygate-shared",
          "crac",
          "jackson-core",
          "dynamodb",
          "secretsmanager",
          "url-connection-client");

  /// … and never these.
  private static final Pattern NEVER =
      Pattern.compile(
          "netty.*|apache-client|httpclient|httpcore|jackson-databind|snakeyaml|DynamoDBLocal|s3proxy"
              + "|moto|junit.*|assertj.*|archunit.*|aws-lambda-java-(core|runtime).*|studygate-local.*");

  private record Only(String jar, Set<String> functions) {}

  /// Heavy ones, and who may carry them. A function that starts to carry one is added here.
  private static final List<Only> ONLY =
      List.of(
          new Only("dcm4che-core", DICOM),
          new Only("studygate-dicom", DICOM),
          new Only("imageio-jpeg", DICOM),
          new Only("jai-imageio-jpeg2000", DICOM),
          new Only(
              "s3",
              Set.of(
                  "anonymize",
                  "desk",
                  "study-ingest",
                  "message-ingest",
                  "study-roll-up",
                  "study-view")),
          new Only(
              "sqs",
              Set.of(
                  "anonymize",
                  "desk",
                  "reference-letter",
                  "study-ingest",
                  "message-ingest",
                  "housekeeping",
                  "study-roll-up",
                  "study-share",
                  "study-view")),
          new Only("sns", Set.of("notify", "housekeeping")),
          new Only("sesv2", Set.of("notify", "housekeeping")),
          new Only("stripe-java", STRIPE),
          new Only("gson", STRIPE),
          new Only("studygate-letter", LETTER),
          new Only("openhtmltopdf-pdfbox", LETTER),
          new Only("pdfbox", LETTER),
          new Only("jte-runtime", LETTER),
          new Only("qrcodegen", LETTER),
          new Only("studygate-stripe", STRIPE),
          new Only(
              "libphonenumber",
              Set.of(
                  "notify",
                  "housekeeping",
                  "payment-checkout",
                  "message-ingest",
                  "account-login",
                  "directory",
                  "reference-letter",
                  "study-share")),
          new Only("cognitoidentityprovider", Set.of("account-login", "account-settings")));

  @TestFactory
  Stream<DynamicTest> aZipHoldsWhatItsFunctionNeedsAndNoMore() {
    var functions = Folders.functions();
    assertThat(functions)
        .containsExactlyInAnyOrderElementsOf(
            Template.ofProject().functions().stream().map(Function::folder).toList());
    return functions.stream()
        .map(function -> DynamicTest.dynamicTest(function, () -> check(function)));
  }

  private static void check(String function) throws IOException {
    var zip = Folders.function(function).resolve("target/function.zip");
    assertThat(Files.size(zip)).isLessThan(most(function));
    var jars = new TreeSet<String>();
    var times = new TreeSet<Long>();
    var handlers = new TreeSet<String>();
    try (var entries = new ZipFile(zip.toFile())) {
      entries.stream()
          .forEach(
              entry -> {
                var name = entry.getName();
                times.add(requireNonNull(entry.getLastModifiedTime()).toMillis());
                if (name.endsWith(".jar")) {
                  assertThat(name).startsWith("lib/");
                  jars.add(VERSION.matcher(name.substring("lib/".length())).replaceFirst(""));
                }
                if (name.startsWith("org/studygate/") && name.endsWith("Handler.class")) {
                  handlers.add(name);
                }
              });
    }
    assertThat(jars).containsAll(COMMON).noneMatch(jar -> NEVER.matcher(jar).matches());
    for (var only : ONLY) {
      if (!only.functions().contains(function)) {
        assertThat(jars).doesNotContain(only.jar());
      }
    }
    assertThat(handlers).hasSize(1);
    assertThat(times)
        .as("one time for all entries, so that bytes do not depend on the day")
        .hasSize(1);
  }

  private static long most(String function) {
    return DICOM.contains(function) ? WITH_DICOM : STRIPE.contains(function) ? WITH_STRIPE : SMALL;
  }
}
