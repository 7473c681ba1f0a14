package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.TransferSyntax;

/// Compressed files that DCMTK and GDCM have decompressed look as they do here: the same picture
/// where the syntax is lossless, within two of 255 in the mean where it is not. Those that a tool
/// cannot decompress are no test of it; each has enough that it can.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DecodedByOthersTest {
  private static final Path REAL = Path.of("../../.tools/pydicom/test_files");
  private static final double NEAR = 2;
  private static final int ENOUGH = 3;
  private static final Set<TransferSyntax> LOSSY =
      Set.of(
          TransferSyntax.JPEG_BASELINE,
          TransferSyntax.JPEG_EXTENDED,
          TransferSyntax.JPEG_LS_NEAR,
          TransferSyntax.JPEG_2000);

  /// Where they are wrong: pydicom and, of runs of bytes, the other of the two agree with us.
  private static final Set<String> THEIRS =
      Set.of(
          "SC_rgb_jpeg_lossy_gdcm.dcm by dcmdjpeg", // the stream says what its colours are
          "SC_rgb_jpeg_lossy_gdcm.dcm by gdcmconv",
          "SC_rgb_rle_16bit.dcm by gdcmconv",
          "SC_rgb_rle_32bit.dcm by gdcmconv",
          "GDCMJ2K_TextGBR.dcm by gdcmconv"); // its syntax says lossless, its stream is not

  private final Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());

  @TempDir Path folder;

  @AfterAll
  void endTheDecoder() throws IOException {
    decoder.close();
  }

  @TestFactory
  Stream<DynamicTest> dcmtk() throws IOException {
    return each("dcmtk", List.of(List.of("dcmdjpeg"), List.of("dcmdjpls"), List.of("dcmdrle")));
  }

  @TestFactory
  Stream<DynamicTest> gdcm() throws IOException {
    return each("libgdcm-tools", List.of(List.of("gdcmconv", "--raw")));
  }

  /// One test for all files: a tool is started some hundred times, and each takes moments.
  private Stream<DynamicTest> each(String debian, List<List<String>> tools) throws IOException {
    var first = Path.of("/usr/bin", tools.getFirst().getFirst());
    if (!Files.isExecutable(first)) {
      System.out.println("skipped: " + first + " is not installed (Debian: " + debian + ")");
    }
    assumeTrue(Files.isExecutable(first));
    var all = files();
    return tools.stream()
        .map(tool -> DynamicTest.dynamicTest(tool.getFirst(), () -> compare(tool, all)));
  }

  private static List<Path> files() throws IOException {
    var files = new ArrayList<Path>();
    for (var folder : CaseFiles.folders("p")) {
      if (!folder.getFileName().toString().matches("p0[1-4].*")) { // whose headers lie of colour
        files.add(folder.resolve("f.dcm"));
      }
    }
    if (Files.isDirectory(REAL)) {
      try (var real = Files.list(REAL)) {
        real.filter(file -> file.toString().endsWith(".dcm")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  private void compare(List<String> tool, List<Path> files) throws Exception {
    var compared = 0;
    var others = new ArrayList<String>();
    for (var file : files) {
      try (var bytes = Bytes.of(file)) {
        if (DicomFile.open(bytes) instanceof DicomFile ours) {
          try (ours) {
            compared += encapsulated(ours) && same(tool, file, ours, others) ? 1 : 0;
          }
        }
      }
    }
    System.out.println(tool.getFirst() + ": " + compared + " files compared");
    assertThat(others).isEmpty();
    assertThat(compared).isGreaterThanOrEqualTo(Files.isDirectory(REAL) ? ENOUGH : 1);
  }

  private static boolean encapsulated(DicomFile file) {
    return file.frames() > 0 && file.walked().syntax().encapsulated();
  }

  /// Whether the tool has decompressed it.
  private boolean same(List<String> tool, Path file, DicomFile ours, List<String> others)
      throws Exception {
    var raw = folder.resolve("raw.dcm");
    Files.deleteIfExists(raw);
    var command = new ArrayList<>(tool);
    command.add(file.toString());
    command.add(raw.toString());
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0 || !Files.exists(raw)) {
      process.destroyForcibly();
      return false;
    }
    try (var bytes = Bytes.of(raw)) {
      if (!(DicomFile.open(bytes) instanceof DicomFile theirs)) {
        return false;
      }
      try (theirs) {
        if (encapsulated(theirs) || theirs.frames() == 0) {
          return false;
        }
        var most = LOSSY.contains(ours.walked().syntax()) ? NEAR : 0;
        var difference = difference(drawn(ours), drawn(theirs));
        var name = file.getFileName() + " by " + tool.getFirst();
        if (difference > most && !THEIRS.contains(name)) {
          others.add(name + ": " + difference);
        }
        return true;
      }
    }
  }

  private Shader.Drawn drawn(DicomFile file) throws IOException {
    var decoded = file.decode(0, decoder);
    assertThat(decoded).as("%s", decoded).isInstanceOf(Frame.class);
    return Shader.draw((Frame) decoded, file.shading(), file.header().image(), 0);
  }

  private static double difference(Shader.Drawn ours, Shader.Drawn theirs) {
    assertThat(ours.bytes()).hasSameSizeAs(theirs.bytes());
    var sum = 0L;
    for (var i = 0; i < ours.bytes().length; i++) {
      sum += Math.abs((ours.bytes()[i] & 0xFF) - (theirs.bytes()[i] & 0xFF));
    }
    return (double) sum / ours.bytes().length;
  }
}
