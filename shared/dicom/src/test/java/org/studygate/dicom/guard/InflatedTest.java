package org.studygate.dicom.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;

/// A deflated file and its inflated data set lie on one small disk.
final class InflatedTest {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final long MEMORY = 5_000_000; // one whole piece and a part

  private List<Path> before = List.of();

  @BeforeEach
  void look() throws IOException {
    before = temporary();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(temporary()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_500, 2_500})
  void framesComeBackFromMemoryAndFromDisk(int side) throws IOException {
    var made = made(side);
    var limits = Bounds.STANDARD.withTemporary(MEMORY, 100L << 20);
    try (var file = (DicomFile) DicomFile.open(Bytes.of(made.bytes()), limits)) {
      assertThat(temporary()).hasSize(before.size() + (2L * side * side > MEMORY ? 1 : 0));
      var frame = (Frame) file.decode(0, new NoDecoder());
      assertThat(Arrays.equals(frame.samples(), made.samples(0))).isTrue();
    }
  }

  @Test
  void whatTheDiskHasNoRoomForIsRefusedBeforeItIsFull() throws IOException {
    var bytes = made(2_500).bytes();
    var inflated = 2L * 2_500 * 2_500;
    var needed = bytes.length + inflated - MEMORY;
    var enough = Bounds.STANDARD.withTemporary(MEMORY, needed + 4096);
    var tooLittle = Bounds.STANDARD.withTemporary(MEMORY, needed - 4096);
    try (var file = (DicomFile) DicomFile.open(Bytes.of(bytes), enough)) {
      assertThat(file.frames()).isOne();
    }
    assertThat(DicomFile.open(Bytes.of(bytes), tooLittle))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.INFLATED_TOO_LARGE));
  }

  /// 17 to 1 is within the limit of 20: the file and what does not fit into memory take less than
  /// the disk of a function, whatever the size.
  @Test
  void whatIsAllowedFitsOntoADiskOf512Megabytes() {
    var limits = Bounds.STANDARD;
    var deflated = limits.inflatedBytes() / 17;
    assertThat(deflated + limits.inflatedBytes() - limits.inflatedInMemory())
        .isLessThan(limits.temporaryBytes());
    assertThat(limits.temporaryBytes()).isLessThan(500L << 20);
  }

  private static DicomFixtures made(int side) {
    return DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1")
        .syntax(TransferSyntax.DEFLATED)
        .size(side, side);
  }

  private static List<Path> temporary() throws IOException {
    try (var files = Files.list(TEMPORARY)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("inflated"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
