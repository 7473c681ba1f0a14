package org.studygate.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// Frames made to burn time or memory: each costs its own budget and no more, and nothing is left
/// of it.
@Timeout(60)
final class DecoderProcessTest {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final DecoderProcess decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());
  private Set<Path> before = Set.of();

  @BeforeEach
  void look() throws IOException {
    before = temporary();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    decoder.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("decoder"));
    assertThat(temporary()).isEqualTo(before);
  }

  /// Of a public report: four damaged bytes in a packet header, and the decoder never comes back.
  @Test
  void jpeg2000ThatTurnsInCirclesIsEndedWithinItsBudget() throws IOException {
    try (var file = spinning()) {
      assertThat(file.decode(0, decoder)).isEqualTo(new NotDecodable(NotDecodable.Why.TOO_SLOW));
      nothingIsLeft();
    }
  }

  @Test
  void theNextFrameIsDecodedAfterOneThatWasEnded() throws IOException {
    try (var bad = spinning()) {
      bad.decode(0, decoder);
    }
    try (var good = jpeg(64, 64, picture(64, 64, false))) {
      assertThat(good.decode(0, decoder)).isInstanceOf(Frame.class);
    }
  }

  @Test
  void oneProcessServesManyFramesAndGoesWithTheDecoder() throws IOException {
    var processes = new java.util.HashSet<Long>();
    try (var good = jpeg(64, 64, picture(64, 64, false))) {
      for (var i = 0; i < 3; i++) {
        assertThat(good.decode(0, decoder)).isInstanceOf(Frame.class);
        ProcessHandle.current().descendants().forEach(one -> processes.add(one.pid()));
      }
    }
    assertThat(processes).hasSize(1);
    decoder.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  /// A picture of several passes, one of them told thousands of times: 400 kB that take minutes.
  @Test
  void passesWithoutEndAreEnded() throws IOException {
    var jpeg = repeated(picture(1024, 1024, true), 20_000);
    try (var file = jpeg(1024, 1024, jpeg)) {
      assertThat(file.decode(0, decoder)).isEqualTo(new NotDecodable(NotDecodable.Why.TOO_SLOW));
    }
  }

  @Test
  void aPictureThatSaysToBeLargerThanItsHeaderIsDamaged() throws IOException {
    var jpeg = picture(64, 64, false);
    var at = marker(jpeg, 0xC0);
    Arrays.fill(jpeg, at + 5, at + 9, (byte) 0xFF); // 65,535 squared
    try (var file = jpeg(64, 64, jpeg)) {
      assertThat(file.decode(0, decoder)).isEqualTo(new NotDecodable(NotDecodable.Why.DAMAGED));
    }
  }

  @Test
  void aHugePictureInFewBytesIsNotTried() throws IOException {
    try (var file = jpeg(65_500, 65_500, picture(64, 64, false))) {
      assertThat(file.decode(0, decoder)).isEqualTo(new NotDecodable(NotDecodable.Why.TOO_LARGE));
      assertThat(ProcessHandle.current().descendants()).isEmpty();
    }
  }

  /// Lossless JPEG and JPEG 2000 of real files, changed by chance: an answer within the budget, and
  /// the decoder goes on.
  @Test
  void noChangedFrameHoldsItUp() throws IOException {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var lossless = new LosslessJpeg(64, 64).bytes();
    for (var round = 0; round < 60; round++) {
      var bytes = lossless.clone();
      for (var change = 0; change < 4; change++) {
        bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
      }
      try (var file = file(64, 64, TransferSyntax.JPEG_LOSSLESS_SV1, bytes)) {
        assertThat(file.decode(0, decoder)).isNotNull();
      }
    }
    try (var file = file(64, 64, TransferSyntax.JPEG_LOSSLESS_SV1, lossless)) {
      assertThat(((Frame) file.decode(0, decoder)).samples())
          .isEqualTo(new LosslessJpeg(64, 64).samples());
    }
  }

  private static DicomFile spinning() throws IOException {
    return (DicomFile) DicomFile.open(Bytes.of(DicomFixtures.spinningJpeg2000()));
  }

  private static Set<Path> temporary() throws IOException {
    try (var files = Files.list(TEMPORARY)) {
      return files
          .filter(
              file -> {
                var name = String.valueOf(file.getFileName());
                return name.startsWith("imageio") || name.startsWith("hs_err");
              })
          .collect(Collectors.toSet());
    }
  }

  private static DicomFile jpeg(int columns, int rows, byte[] jpeg) throws IOException {
    return file(columns, rows, TransferSyntax.JPEG_BASELINE, jpeg);
  }

  private static DicomFile file(int columns, int rows, TransferSyntax syntax, byte[] frame)
      throws IOException {
    var even = Arrays.copyOf(frame, frame.length + frame.length % 2);
    var dataset =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.4")
            .text(0x00080060, "CS", "CT")
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.1")
            .number16(0x00280002, "US", 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .number16(0x00280010, "US", rows)
            .number16(0x00280011, "US", columns)
            .number16(0x00280100, "US", 8)
            .number16(0x00280101, "US", 8)
            .number16(0x00280102, "US", 7)
            .number16(0x00280103, "US", 0)
            .header(Tags.PIXELS, "OB", -1)
            .mark(Tags.ITEM, 0)
            .mark(Tags.ITEM, even.length)
            .raw(even)
            .mark(Tags.SEQUENCE_END, 0);
    return (DicomFile)
        DicomFile.open(
            Bytes.of(
                Part10.file(DicomFixtures.CT_IMAGE, "1.2.3.4", syntax.uid(), dataset.bytes())));
  }

  private static byte[] picture(int columns, int rows, boolean progressive) throws IOException {
    var image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    for (var y = 0; y < rows; y++) {
      for (var x = 0; x < columns; x++) {
        image.getRaster().setSample(x, y, 0, (x * y) & 0xFF);
      }
    }
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    if (progressive) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /// The last pass, many times over.
  private static byte[] repeated(byte[] progressive, int times) {
    var last = progressive.length - 2;
    while ((progressive[last] & 0xFF) != 0xFF || (progressive[last + 1] & 0xFF) != 0xDA) {
      last--;
    }
    var pass = Arrays.copyOfRange(progressive, last, progressive.length - 2);
    var head = Math.min(pass.length, 12); // an empty pass is worth as much
    var bytes = new ByteArrayOutputStream();
    bytes.write(progressive, 0, progressive.length - 2);
    for (var i = 0; i < times; i++) {
      bytes.write(pass, 0, head);
    }
    bytes.write(0xFF);
    bytes.write(0xD9);
    return bytes.toByteArray();
  }

  private static int marker(byte[] jpeg, int marker) {
    for (var at = 0; ; at++) {
      if ((jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xFF) == marker) {
        return at;
      }
    }
  }
}
