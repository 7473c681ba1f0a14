package org.studygate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every code that a hospital may be told is in docs/receipts.md, and nothing else is.
final class ReceiptCodesTest {
  private static final String CODE = "\"([a-z0-9]+(?:-[a-z0-9]+)*)\"";
  private static final Path SHARED = Path.of("shared/src/main/java/org/studygate");
  private static final Path DICOM = Path.of("shared/dicom/src/main/java/org/studygate/dicom");
  private static final Path MESSAGES =
      Path.of("functions/message-ingest/src/main/java/org/studygate/messageingest");
  private static final Path INSTANCES =
      Path.of("functions/study-ingest/src/main/java/org/studygate/studyingest");
  private static final Path FILING = Path.of("shared/filing/src/main/java/org/studygate/filing");

  /// Where codes are, and how they stand there.
  private record Place(Path file, String before, String prefix) {}

  private static final List<Place> PLACES =
      List.of(
          new Place(SHARED.resolve("json/BadJson.java"), "(?:this|new BadJson)\\(\\s*", ""),
          new Place(SHARED.resolve("order/Remark.java"), "\\b[A-Z_]+\\(\\s*", ""),
          new Place(SHARED.resolve("inbox/Quarantine.java"), "\"ObjectGone\",\\s*", ""),
          new Place(DICOM.resolve("guard/Reason.java"), "\\b[A-Z_]+\\(\\s*", ""),
          new Place(DICOM.resolve("frame/NotDecodable.java"), "\\b[A-Z_]+\\(", "not-drawn-"),
          new Place(FILING.resolve("Drawing.java"), "TOO_MANY_FRAMES = ", "not-drawn-"),
          new Place(INSTANCES.resolve("Filing.java"), "accession\\(\\),\\s*", ""),
          new Place(INSTANCES.resolve("Ingest.java"), "object,\\s*", ""),
          new Place(MESSAGES.resolve("NumberFlags.java"), "case (?!\"outdated\")", ""),
          new Place(MESSAGES.resolve("Intake.java"), "new Refused\\(\\s*", ""),
          new Place(MESSAGES.resolve("Messages.java"), "new Refused\\(\\s*", ""),
          new Place(MESSAGES.resolve("OrderMessages.java"), "new Refused\\(\\s*", ""),
          new Place(MESSAGES.resolve("ReportMessages.java"), "new Refused\\(\\s*", ""));

  @Test
  void codesAndTheirPageAreTheSame() throws IOException {
    var told = new TreeSet<String>();
    for (var place : PLACES) {
      var found = codes(place);
      assertThat(found).as(place.file() + ": codes are looked for elsewhere").isNotEmpty();
      told.addAll(found);
    }
    told.removeAll(Set.of("unknown-department", "not-drawn-")); // nobody is told
    var page = Files.readString(Folders.ROOT.resolve("docs/receipts.md"));
    var documented = new TreeSet<String>();
    var rows = page.substring(page.indexOf("## Codes")).lines().filter(l -> l.startsWith("| `"));
    rows.forEach(row -> documented.addAll(quoted(row.substring(0, row.indexOf(" |", 2)))));
    assertThat(documented).isEqualTo(told);
  }

  private static Set<String> codes(Place place) throws IOException {
    var source = Files.readString(Folders.ROOT.resolve(place.file()));
    var matcher = Pattern.compile(place.before() + CODE).matcher(source);
    var codes = new TreeSet<String>();
    while (matcher.find()) {
      codes.add(place.prefix() + matcher.group(1));
    }
    return codes;
  }

  private static Set<String> quoted(String cell) {
    var matcher = Pattern.compile("`([a-z0-9-]+)`").matcher(cell);
    var codes = new TreeSet<String>();
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
    return codes;
  }
}
