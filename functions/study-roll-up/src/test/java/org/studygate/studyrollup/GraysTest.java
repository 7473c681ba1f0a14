package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.studygate.dicom.PageShading;
import org.studygate.dicom.draw.GrayFacts;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.json.Json;

/// Facts as they are written, and the grays that they stand for: `web/test/grays.json`, which the
/// page's own test reads. Where it must change, this test says what it would be.
final class GraysTest {
  private static final Path FILE = Path.of("../../web/test/grays.json");
  private static final int VALUES = 97;

  record Case(GrayFacts facts, List<List<Integer>> grays) {}

  @Test
  void thePageIsHeldToTheSameGrays() throws IOException {
    var cases = new ArrayList<String>();
    for (var facts : facts()) {
      cases.add(Json.text(new Case(facts, grays(facts))));
    }
    assertThat(Files.readString(FILE)).isEqualTo("[\n" + String.join(",\n", cases) + "\n]\n");
  }

  private static List<GrayFacts> facts() {
    var plain = new DicomHeader.Window(40, 400, "LINEAR", "SOFT");
    var modality = new GrayFacts.Table(-3, 16, List.of(0, 700, 300, 1_000, 12));
    var voi =
        new GrayFacts.Table(100, 12, IntStream.range(0, 900).map(i -> i * 4).boxed().toList());
    var none = Optional.<List<Double>>empty();
    return List.of(
        facts(12, false, false, -1024, window(plain), none, none),
        facts(12, true, true, 0, window(plain), none, Optional.of(List.of(-2048.0, -2000.0))),
        facts(
            16, true, false, 0.5, window(new DicomHeader.Window(0.1, 1, "LINEAR", "")), none, none),
        facts(
            8,
            false,
            false,
            0,
            window(new DicomHeader.Window(99.5, 77.3, "SIGMOID", "")),
            none,
            none),
        facts(
            10,
            false,
            true,
            0,
            window(new DicomHeader.Window(500, 1.5, "LINEAR_EXACT", "")),
            none,
            none),
        facts(9, false, false, 0, List.of(), Optional.of(List.of(0.0, 510.0)), none),
        facts(1, false, false, 0, List.of(), Optional.of(List.of(0.0, 1.0)), none),
        facts(7, false, false, 0, List.of(), Optional.of(List.of(5.0, 5.0)), none),
        new GrayFacts(
            11,
            false,
            false,
            Optional.empty(),
            1,
            -50,
            Optional.empty(),
            List.of(),
            Optional.of(voi),
            none,
            none),
        new GrayFacts(
            5,
            true,
            false,
            Optional.empty(),
            1,
            0,
            Optional.of(modality),
            window(new DicomHeader.Window(500, 1001, "LINEAR", "")),
            Optional.empty(),
            none,
            none),
        new GrayFacts(
            16,
            false,
            true,
            Optional.of(new Frame.Scale(0.001, -3.001)),
            2,
            1,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(List.of(-5.0, 126.0)),
            Optional.of(List.of(0.0, 0.5))));
  }

  private static List<DicomHeader.Window> window(DicomHeader.Window first) {
    return List.of(first, new DicomHeader.Window(-600, 1_500, "LINEAR", "LUNG"));
  }

  private static GrayFacts facts(
      int bits,
      boolean signed,
      boolean inverted,
      double intercept,
      List<DicomHeader.Window> windows,
      Optional<List<Double>> extent,
      Optional<List<Double>> padding) {
    return new GrayFacts(
        bits,
        signed,
        inverted,
        Optional.empty(),
        1,
        intercept,
        Optional.empty(),
        windows,
        Optional.empty(),
        extent,
        padding);
  }

  /// Values from the least to the greatest, their gray beside them.
  private static List<List<Integer>> grays(GrayFacts facts) {
    var least = facts.signed() ? -(1 << (facts.bits() - 1)) : 0;
    var most = least + (1 << facts.bits()) - 1;
    var step = Math.max(1, (most - least) / VALUES);
    return IntStream.iterate(least, value -> value <= most, value -> value + step)
        .mapToObj(value -> List.of(value, PageShading.gray(facts, value)))
        .toList();
  }
}
