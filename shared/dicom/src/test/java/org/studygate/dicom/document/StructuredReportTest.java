package org.studygate.dicom.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.Part10;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.document.Line.Kind;
import org.studygate.dicom.document.Line.Reference;
import org.studygate.dicom.guard.Bytes;

final class StructuredReportTest {
  private static final String UTF_8 = "ISO_IR 192";

  @Test
  void everyKindOfItemIsALine() throws IOException {
    var contents =
        read(
            Told.heading(
                "Findings",
                Told.text("Finding", "Een knobbel.\r\nIn de top.  "),
                Told.item(
                    "CODE", "Side", Told.sequence(0x0040_A168, Told.code("G", "99", "Links"))),
                Told.number("Diameter", "12.50", "millimeter"),
                Told.number("Ratio", "0.26", ""),
                Told.item("DATE", "Day", ascii(0x0040_A121, "DA", "20261120")),
                Told.item("TIME", "Hour", ascii(0x0040_A122, "TM", "081530")),
                Told.item("DATETIME", "Moment", ascii(0x0040_A120, "DT", "20261120081530+0100")),
                Told.item("PNAME", "Reader", ascii(0x0040_A123, "PN", "Maes^Jan^^Dr.")),
                Told.item("UIDREF", "Device", ascii(0x0040_A124, "UI", "1.2.3")),
                Told.item("SCOORD", "Outline", ascii(0x0070_0023, "CS", "POLYLINE"))));
    assertThat(contents.title()).isEqualTo("Radiology Report");
    assertThat(contents.date()).isEqualTo("2026-11-21");
    assertThat(contents.time()).isEqualTo("14:30:59");
    assertThat(contents.lines())
        .containsExactly(
            Line.of(0, Kind.HEADING, "Findings", ""),
            Line.of(1, Kind.TEXT, "Finding", "Een knobbel.\nIn de top."),
            Line.of(1, Kind.CODE, "Side", "Links"),
            new Line(1, Kind.NUMBER, "Diameter", "12.50", "millimeter", List.of()),
            Line.of(1, Kind.NUMBER, "Ratio", "0.26"),
            Line.of(1, Kind.DATE, "Day", "2026-11-20"),
            Line.of(1, Kind.TIME, "Hour", "08:15:30"),
            Line.of(1, Kind.MOMENT, "Moment", "2026-11-20T08:15:30+0100"),
            Line.of(1, Kind.PERSON, "Reader", "Dr. Jan Maes"),
            Line.of(1, Kind.UID, "Device", "1.2.3"),
            Line.of(1, Kind.SHAPE, "Outline", "POLYLINE"));
    assertThat(contents.cut()).isFalse();
    assertThat(contents.binding()).as("nobody answers for it").isFalse();
  }

  @Test
  void whoAnswersForItIsToldAndOnlyThenIsItBinding() throws IOException {
    var observer =
        Part10.explicit()
            .text(0x0040_A027, "LO", "AZ Noord")
            .text(0x0040_A030, "DT", "20261121150000")
            .text(0x0040_A075, "PN", "Maes^Jan")
            .bytes();
    var verifiers = Told.sequence(0x0040_A073, observer);
    var complete = ascii(0x0040_A491, "CS", "COMPLETE");
    var contents = with(all(verifiers, complete, ascii(0x0040_A493, "CS", "VERIFIED")));
    assertThat(contents.verifiers())
        .containsExactly(new Contents.Verifier("Jan Maes", "AZ Noord", "2026-11-21T15:00:00"));
    assertThat(contents.binding()).isTrue();
    var verified = ascii(0x0040_A493, "CS", "VERIFIED");
    var preliminary = ascii(0x0040_A496, "CS", "PRELIMINARY");
    assertThat(with(all(complete, verified, preliminary)).binding()).isFalse();
    assertThat(with(all(ascii(0x0040_A491, "CS", "PARTIAL"), verified)).binding()).isFalse();
    assertThat(with(all(complete, ascii(0x0040_A493, "CS", "UNVERIFIED"))).binding()).isFalse();
    assertThat(with(verified).binding()).isFalse();
  }

  @Test
  void imagesAreSaidWithTheirSeriesWhereTheyAreOfTheSameStudy() throws IOException {
    var own = Told.evidence(Told.STUDY, "1.2.5.1", "1.2.5.1.1", "1.2.5.1.2");
    var file =
        Told.file(
            Told.KEY_OBJECTS,
            UTF_8,
            own,
            Told.text("Key Object Description", "Zie de knobbel"),
            Told.image("1.2.5.1.1"),
            Told.image("1.2.5.1.2", "3", "4"),
            Told.image("1.2.9.9"));
    assertThat(read(file).lines())
        .containsExactly(
            Line.of(0, Kind.TEXT, "Key Object Description", "Zie de knobbel"),
            new Line(
                0,
                Kind.IMAGE,
                "",
                "",
                "",
                List.of(
                    new Reference("1.2.5.1.1", "1.2.5.1", List.of(), ""),
                    new Reference("1.2.5.1.2", "1.2.5.1", List.of("3", "4"), ""),
                    new Reference("1.2.9.9", "", List.of(), ""))));
    var foreign = Told.evidence("1.2.8", "1.2.5.1", "1.2.5.1.1");
    var lines = read(Told.file(Told.BASIC, UTF_8, foreign, Told.image("1.2.5.1.1"))).lines();
    assertThat(lines.getFirst().references().getFirst().series()).isEmpty();
  }

  /// Items may point at each other and at themselves: they are named, and never gone into.
  @Test
  void referencesInALoopEnd() throws IOException {
    var see = see(1, 1, 1);
    var contents = read(Told.heading("Findings", see, see(1, 1), see(1), see(1, 9), see(0)));
    assertThat(contents.lines()).extracting(Line::kind).containsOnly(Kind.HEADING, Kind.SEE);
    assertThat(contents.lines())
        .extracting(Line::value)
        .containsExactly("", "", "Findings", "Radiology Report", "", "Radiology Report");
  }

  @Test
  void aDeepTreeIsReadToItsGroundAndATooDeepOneRefused() throws IOException {
    var deep = Told.text("Ground", "deep");
    for (var depth = 0; depth < 60; depth++) {
      deep = Told.heading("Level", deep);
    }
    var lines = read(deep).lines();
    assertThat(lines).hasSize(61);
    assertThat(lines.getLast().value()).isEqualTo("deep");
    assertThat(lines.getLast().level()).isEqualTo(8);
    for (var depth = 0; depth < 20; depth++) {
      deep = Told.heading("Level", deep);
    }
    var file = Told.file(Told.BASIC, UTF_8, Told.none(), deep);
    assertThat(DicomFile.open(Bytes.of(file))).isInstanceOf(Rejected.class);
  }

  @Test
  void whatIsTooMuchIsCutAndSaidSo() throws IOException {
    var many =
        IntStream.range(0, 6_000)
            .mapToObj(i -> Told.text("Finding", "No " + i))
            .toArray(byte[][]::new);
    var contents = read(Told.file(Told.BASIC, UTF_8, Told.none(), many));
    assertThat(contents.lines()).hasSize(Lines.MOST);
    assertThat(contents.cut()).isTrue();
    var long1 = Told.text("One", "a".repeat(700_000));
    var huge = read(Told.file(Told.BASIC, UTF_8, Told.none(), long1, long1, long1));
    assertThat(huge.lines()).hasSize(2);
    assertThat(huge.lines().stream().mapToInt(line -> line.value().length()).sum())
        .isLessThanOrEqualTo(Lines.MOST_LETTERS);
    assertThat(huge.cut()).isTrue();
    var long70 = "b".repeat(70_000);
    assertThat(read(Told.text("One", long70)).lines().getFirst().value()).isEqualTo(long70);
  }

  @Test
  void marksThatTurnTheDirectionAreGoneAndControlsAreReplaced() throws IOException {
    var lines = read(Told.text("A\u202EB", "x\u2066y\u0007z\tend \u05D0")).lines();
    assertThat(lines).containsExactly(Line.of(0, Kind.TEXT, "AB", "xy\uFFFDz\tend \u05D0"));
  }

  @Test
  void aCharacterSetThatLiesDoesNotStopIt() throws IOException {
    var greek = Told.item("TEXT", "A", Told.value(0x0040_A160, "UT", new byte[] {(byte) 0xE1}));
    assertThat(read(Told.file(Told.BASIC, "ISO_IR 126", Told.none(), greek)).lines())
        .containsExactly(Line.of(0, Kind.TEXT, "A", "α"));
    assertThat(read(Told.file(Told.BASIC, "KLINGON", Told.none(), greek)).lines())
        .containsExactly(Line.of(0, Kind.TEXT, "A", "\uFFFD"));
    var cut = Told.value(0x0040_A160, "UT", new byte[] {(byte) 0xF0, (byte) 0x9F});
    assertThat(read(Told.item("TEXT", "A", cut)).lines().getFirst().value()).contains("\uFFFD");
  }

  @Test
  void theLanguageIsThatOfTheDocumentsOwnModifier() throws IOException {
    var modifier =
        Part10.explicit()
            .text(0x0040_A010, "CS", "HAS CONCEPT MOD")
            .text(0x0040_A040, "CS", "CODE")
            .raw(Told.sequence(0x0040_A043, Told.code("121049", "DCM", "Language")))
            .raw(Told.sequence(0x0040_A168, Told.code("nl-BE", "RFC5646", "Dutch")))
            .bytes();
    assertThat(read(modifier).language()).isEqualTo("nl-BE");
    var odd = new String(modifier, StandardCharsets.ISO_8859_1).replace("nl-BE", "\"><b>");
    assertThat(read(odd.getBytes(StandardCharsets.ISO_8859_1)).language()).isEmpty();
  }

  @Test
  void itemsWithoutAnythingAreNoFault() throws IOException {
    var lines =
        read(
                Told.heading(""),
                Told.item("NUM", "Diameter"),
                Told.item("IMAGE", "Image"),
                Told.item("NONSENSE", "Table"),
                Told.none())
            .lines();
    assertThat(lines).extracting(Line::name).containsExactly("1", "Diameter", "Image", "Table", "");
  }

  private static byte[] see(int... path) {
    var value = new byte[path.length * 4];
    for (var i = 0; i < path.length; i++) {
      value[i * 4] = (byte) path[i];
    }
    return Part10.explicit()
        .text(0x0040_A010, "CS", "INFERRED FROM")
        .element(0x0040_DB73, "UL", value)
        .bytes();
  }

  private static byte[] ascii(int tag, String vr, String value) {
    return Told.value(tag, vr, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] all(byte[]... parts) {
    var all = Part10.explicit();
    for (var part : parts) {
      all.raw(part);
    }
    return all.bytes();
  }

  private static Contents with(byte[] more) throws IOException {
    return read(Told.file(Told.BASIC, UTF_8, more, Told.text("A", "b")));
  }

  private static Contents read(byte[]... items) throws IOException {
    return items.length == 1 && items[0].length > 132 && items[0][128] == 'D'
        ? contents(items[0])
        : contents(Told.file(Told.BASIC, UTF_8, Told.none(), items));
  }

  private static Contents contents(byte[] file) throws IOException {
    try (var bytes = Bytes.of(file);
        var dicom = (DicomFile) DicomFile.open(bytes)) {
      return dicom.contents().orElseThrow();
    }
  }
}
