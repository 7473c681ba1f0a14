package org.studygate.dicom;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;

/// The test files of pydicom, held against what pydicom itself says of them (`expected.py`): exact
/// stored values where the syntax is lossless, means of a grid where it is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealFilesTest {
  private final Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());

  private static final Path FILES = Path.of("../../.tools/pydicom");
  private static final int GRID = 4;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /// Its only frame is not there whole: neither pydicom nor DCMTK nor GDCM draws it.
  private static final List<String> REFUSED = List.of("MR_truncated.dcm");

  /// Where we differ from pydicom's answer, and why.
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "SC_jpeg_no_color_transform.dcm",
          "its RGB is shown as RGB, as pydicom does since version 3",
          "SC_rgb_jpeg.dcm",
          "its RGB is shown as RGB, as pydicom does since version 3",
          "SC_rgb_jpeg_lossy_gdcm.dcm",
          "its header says RGB, but what is kept coarser than the rest are differences of colour",
          "SC_rgb_small_odd_jpeg.dcm",
          "three pixels make no grid of means");

  private record Expected(String name, List<String> sha256, List<List<Double>> means) {}

  @AfterAll
  void endTheDecoder() throws IOException {
    decoder.close();
  }

  @TestFactory
  Stream<DynamicTest> pydicomAgrees() throws IOException {
    assumeTrue(Files.isDirectory(FILES), "scripts/test-data has not fetched the files");
    return expected().entrySet().stream()
        .filter(entry -> REFUSED.stream().noneMatch(entry.getKey()::endsWith))
        .filter(entry -> OTHERWISE.keySet().stream().noneMatch(entry.getKey()::endsWith))
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> brokenFilesAreRefused() {
    assumeTrue(Files.isDirectory(FILES), "scripts/test-data has not fetched the files");
    return REFUSED.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      try (var bytes = Bytes.of(FILES.resolve("test_files").resolve(name))) {
                        assertThat(DicomFile.open(bytes)).isInstanceOf(Rejected.class);
                      }
                    }));
  }

  /// The same picture, written by many writers in every way they have: its colours are the same.
  @TestFactory
  Stream<DynamicTest> coloursAreNatural() throws IOException {
    assumeTrue(Files.isDirectory(FILES), "scripts/test-data has not fetched the files");
    var right = drawn("SC_rgb_rle.dcm");
    return Stream.of(
            "SC_rgb_dcmtk_+eb+cr.dcm",
            "SC_rgb_dcmtk_+eb+cy+n1.dcm",
            "SC_rgb_dcmtk_+eb+cy+n2.dcm",
            "SC_rgb_dcmtk_+eb+cy+np.dcm",
            "SC_rgb_dcmtk_+eb+cy+s2.dcm",
            "SC_rgb_dcmtk_+eb+cy+s4.dcm",
            "SC_rgb_gdcm_KY.dcm",
            "SC_rgb_jpeg_dcmtk.dcm",
            "SC_rgb_jpeg_gdcm.dcm",
            "SC_rgb_jpeg_lossy_gdcm.dcm",
            "SC_rgb_rle_16bit.dcm",
            "SC_rgb_rle_32bit.dcm",
            "SC_ybr_full_422_uncompressed.dcm")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      var drawn = drawn(name);
                      var sum = 0L;
                      for (var i = 0; i < right.length; i++) {
                        sum += Math.abs((drawn[i] & 0xFF) - (right[i] & 0xFF));
                      }
                      assertThat((double) sum / right.length).isLessThan(3); // coarse colours
                    }));
  }

  private byte[] drawn(String name) throws IOException {
    try (var bytes = Bytes.of(FILES.resolve("test_files").resolve(name));
        var file = (DicomFile) DicomFile.open(bytes)) {
      return Shader.draw(decoded(file, 0), file.shading(), file.header().image(), 0).bytes();
    }
  }

  private void check(String name, Expected expected) throws Exception {
    try (var bytes = Bytes.of(FILES.resolve(name))) {
      var opened = DicomFile.open(bytes);
      assertThat(opened).as("%s", opened).isInstanceOf(DicomFile.class);
      try (var file = (DicomFile) opened) {
        assertThat(file.header().patient().name())
            .isIn(expected.name().strip(), expected.name().strip() + "=");
        for (var frame = 0; frame < expected.sha256().size(); frame++) {
          assertThat(hash(decoded(file, frame))).isEqualTo(expected.sha256().get(frame));
        }
        for (var frame = 0; frame < expected.means().size(); frame++) {
          var means = means(rgb(decoded(file, frame)));
          for (var field = 0; field < means.size(); field++) {
            assertThat(means.get(field))
                .as("field " + field)
                .isCloseTo(expected.means().get(frame).get(field), within(1.5));
          }
        }
      }
    }
  }

  private Frame decoded(DicomFile file, int frame) throws IOException {
    var decoded = file.decode(frame, decoder);
    assertThat(decoded).as("%s", decoded).isInstanceOf(Frame.class);
    return (Frame) decoded;
  }

  /// The full-range YCbCr of JFIF, which is DICOM's YBR_FULL.
  private static Frame rgb(Frame frame) {
    if (!frame.photometric().startsWith("YBR_FULL")) {
      return frame;
    }
    var rgb = new int[frame.samples().length];
    for (var at = 0; at < rgb.length; at += 3) {
      var y = frame.samples()[at];
      var cb = frame.samples()[at + 1] - 128;
      var cr = frame.samples()[at + 2] - 128;
      rgb[at] = Math.clamp(Math.round(y + 1.402 * cr), 0, 255);
      rgb[at + 1] = Math.clamp(Math.round(y - 0.344136 * cb - 0.714136 * cr), 0, 255);
      rgb[at + 2] = Math.clamp(Math.round(y + 1.772 * cb), 0, 255);
    }
    return new Frame(frame.columns(), frame.rows(), 3, "RGB", rgb);
  }

  private static String hash(Frame frame) throws Exception {
    var bytes = ByteBuffer.allocate(4 * frame.samples().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(frame.samples());
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }

  /// As numpy.array_split does: the first fields are one larger where it does not come out even.
  private static List<Double> means(Frame frame) {
    var means = new ArrayList<Double>();
    for (var i = 0; i < GRID; i++) {
      for (var j = 0; j < GRID; j++) {
        means.add(
            mean(
                frame,
                start(frame.rows(), i),
                start(frame.rows(), i + 1),
                start(frame.columns(), j),
                start(frame.columns(), j + 1)));
      }
    }
    return means;
  }

  private static int start(int size, int part) {
    return part * (size / GRID) + Math.min(part, size % GRID);
  }

  private static double mean(Frame frame, int top, int bottom, int left, int right) {
    var sum = 0.0;
    var samples = frame.samplesPerPixel();
    for (var row = top; row < bottom; row++) {
      for (var at = left * samples; at < right * samples; at++) {
        sum += frame.samples()[row * frame.columns() * samples + at];
      }
    }
    return sum / ((bottom - top) * (double) (right - left) * samples);
  }

  private static Map<String, Expected> expected() throws IOException {
    var all = new LinkedHashMap<String, Expected>();
    var stream = requireNonNull(RealFilesTest.class.getResourceAsStream("pydicom-expected.json"));
    try (stream;
        var json = JSON.createParser(stream)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        json.nextToken();
        all.put(name, expected(json));
      }
    }
    return all;
  }

  private static Expected expected(JsonParser json) throws IOException {
    var name = "";
    var hashes = new ArrayList<String>();
    var means = new ArrayList<List<Double>>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = json.getText();
        case "sha256" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            hashes.add(json.getText());
          }
        }
        default -> {
          while (json.nextToken() == JsonToken.START_ARRAY) {
            var grid = new ArrayList<Double>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
              grid.add(json.getDoubleValue());
            }
            means.add(grid);
          }
        }
      }
    }
    return new Expected(name, hashes, means);
  }
}
