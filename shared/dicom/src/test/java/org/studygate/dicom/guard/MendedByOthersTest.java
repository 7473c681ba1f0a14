package org.studygate.dicom.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.dicom.CaseFiles;
import org.studygate.dicom.DicomFile;

/// What is served of a mended file is sound to others, too: DCMTK reads it without a word.
final class MendedByOthersTest {
  private static final Path DCMDUMP = Path.of("/usr/bin/dcmdump");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> dcmtkReadsItWithoutAWord() throws IOException {
    if (!Files.isExecutable(DCMDUMP)) {
      System.out.println("skipped: " + DCMDUMP + " is not installed (Debian: dcmtk)");
    }
    assumeTrue(Files.isExecutable(DCMDUMP));
    return CaseFiles.each("s", this::check);
  }

  private void check(Path from) throws Exception {
    try (var bytes = Bytes.of(from.resolve("f.dcm"));
        var file = (DicomFile) DicomFile.open(bytes)) {
      if (file.mended().isEmpty()) {
        return;
      }
      var served = folder.resolve("served.dcm");
      try (var in = file.original()) {
        Files.write(served, in.readAllBytes());
      }
      var process = new ProcessBuilder(DCMDUMP.toString(), served.toString());
      var dump = process.redirectErrorStream(true).start();
      var said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(dump.waitFor()).as(said).isZero();
      assertThat(said.lines()).noneMatch(line -> line.startsWith("W:") || line.startsWith("E:"));
    }
  }
}
