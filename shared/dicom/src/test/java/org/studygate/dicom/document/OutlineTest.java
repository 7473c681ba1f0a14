package org.studygate.dicom.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.Part10;
import org.studygate.dicom.document.Line.Kind;
import org.studygate.dicom.document.Line.Reference;
import org.studygate.dicom.guard.Bytes;

final class OutlineTest {
  private static final Path FILES = Path.of("../../.tools/pydicom/test_files");
  private static final String PRESENTATION = "1.2.840.10008.5.1.4.1.1.11.1";

  @Test
  void marksOnImagesSayWhatIsWrittenWhereAndByWhom() throws IOException {
    var image = Part10.explicit().text(0x0008_1155, "UI", "1.2.5.1.1").bytes();
    var series =
        Part10.explicit().sequence(0x0008_1140, image).text(0x0020_000E, "UI", "1.2.5.1").bytes();
    var text = Part10.explicit().text(0x0070_0006, "ST", "Knobbel 12 mm").bytes();
    var dataset =
        Part10.explicit()
            .text(0x0008_0016, "UI", PRESENTATION)
            .text(0x0008_0018, "UI", "1.2.5.9.1")
            .sequence(0x0008_1115, series)
            .text(0x0020_000D, "UI", "1.2.5")
            .text(0x0020_000E, "UI", "1.2.5.9")
            .sequence(0x0070_0001, Part10.explicit().sequence(0x0070_0008, text).bytes())
            .text(0x0070_0080, "CS", "KNOBBEL")
            .text(0x0070_0082, "DA", "20261121")
            .text(0x0070_0084, "PN", "Maes^Jan")
            .bytes();
    var contents = read(Part10.file(PRESENTATION, "1.2.5.9.1", "1.2.840.10008.1.2.1", dataset));
    assertThat(contents.title()).isEqualTo("KNOBBEL");
    assertThat(contents.date()).isEqualTo("2026-11-21");
    assertThat(contents.authors()).containsExactly("Jan Maes");
    assertThat(contents.lines())
        .containsExactly(
            Line.of(0, Kind.TEXT, "", "Knobbel 12 mm"),
            new Line(
                0,
                Kind.IMAGE,
                "",
                "",
                "",
                List.of(new Reference("1.2.5.1.1", "1.2.5.1", List.of(), ""))));
  }

  @Test
  void anEcgNamesItsLeadsAndAPlanItsBeams() throws IOException {
    assertThat(read(Files.readAllBytes(FILES.resolve("waveform_ecg.dcm"))).lines())
        .extracting(Line::value)
        .contains("Lead I (Einthoven)", "Lead V6");
    var plan = read(Files.readAllBytes(FILES.resolve("rtplan.dcm")));
    assertThat(plan.title()).isEqualTo("Plan1");
    assertThat(plan.lines()).extracting(Line::value).contains("Field 1");
  }

  @Test
  void anObjectWithoutWordsHasNone() throws IOException {
    var raw = "1.2.840.10008.5.1.4.1.1.66";
    var dataset =
        Part10.explicit()
            .text(0x0008_0016, "UI", raw)
            .text(0x0008_0018, "UI", "1.2.5.9.1")
            .text(0x0020_000D, "UI", "1.2.5")
            .text(0x0020_000E, "UI", "1.2.5.9")
            .bytes();
    var file = Part10.file(raw, "1.2.5.9.1", "1.2.840.10008.1.2.1", dataset);
    try (var bytes = Bytes.of(file);
        var dicom = (DicomFile) DicomFile.open(bytes)) {
      assertThat(dicom.contents()).isEmpty();
    }
  }

  private static Contents read(byte[] file) throws IOException {
    try (var bytes = Bytes.of(file);
        var dicom = (DicomFile) DicomFile.open(bytes)) {
      return dicom.contents().orElseThrow();
    }
  }
}
