package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// What a compressed stream says of its colours, against what the header says: whoever is right,
/// the picture has natural colours. The streams are those of the cases from bug reports, which show
/// one and the same picture; what stands around them and in the header is changed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamColourTest {
  private static final int SIDE = 96;

  private final Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());

  @AfterAll
  void endTheDecoder() throws IOException {
    decoder.close();
  }

  // JPEG 2000

  @ParameterizedTest
  @ValueSource(strings = {"RGB", "YBR_RCT", "YBR_ICT", "YBR_FULL", "YBR_FULL_422"})
  void jpeg2000WithItsTransformIsRgb(String photometric) throws IOException {
    isNatural(TransferSyntax.JPEG_2000_LOSSLESS, photometric, stream("p04-j2k-mct-rgb"));
    isNatural(TransferSyntax.JPEG_2000_LOSSLESS, photometric, jp2(stream("p04-j2k-mct-rgb"), 16));
  }

  /// Without a transform the header counts, and where it says no more than RGB, the box.
  @ParameterizedTest
  @CsvSource({"YBR_FULL, 0", "YBR_FULL_422, 0", "YBR_FULL, 16", "YBR_FULL, 18", "RGB, 18"})
  void jpeg2000WithoutItIsWhatTheHeaderOrTheBoxSays(String photometric, int box)
      throws IOException {
    var stream = stream("p03-j2k-ybr-full");
    var wrapped = box == 0 ? stream : jp2(stream, box);
    isNatural(TransferSyntax.JPEG_2000_LOSSLESS, photometric, wrapped);
  }

  /// Two frames in four fragments, without a table: they begin where a box or a stream begins.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void framesOfJpeg2000AreToldApartByTheirHeads(boolean boxes) throws IOException {
    var stream = stream("p04-j2k-mct-rgb");
    var coded = boxes ? jp2(stream, 16) : stream;
    var even = Arrays.copyOf(coded, coded.length + (coded.length & 1));
    var pixels = Part10.explicit().header(Tags.PIXELS, "OB", -1).mark(Tags.ITEM, 0);
    for (var frame = 0; frame < 2; frame++) {
      pixels.mark(Tags.ITEM, 200).raw(Arrays.copyOf(even, 200));
      pixels.mark(Tags.ITEM, even.length - 200).raw(Arrays.copyOfRange(even, 200, even.length));
    }
    var image = colour(TransferSyntax.JPEG_2000_LOSSLESS, "YBR_RCT").text(0x00280008, "IS", "2");
    image.raw(Tags.PIXELS, pixels.mark(Tags.SEQUENCE_END, 0));
    assertThat(image.drawn(0, decoder).bytes()).isEqualTo(right());
    assertThat(image.drawn(1, decoder).bytes()).isEqualTo(right());
  }

  // JPEG

  /// The stream holds differences of colour.
  @ParameterizedTest
  @CsvSource({
    "RGB, JFIF",
    "RGB, ADOBE 1",
    "RGB, JFIF ADOBE 1",
    "YBR_FULL, ''",
    "YBR_FULL, JFIF",
    "YBR_FULL, ADOBE 1",
    "YBR_FULL_422, ''",
    "YBR_FULL_422, JFIF",
    "YBR_PARTIAL_420, JFIF",
    "RGB, JFIF ADOBE 9", // no such transform
  })
  void jpegWithDifferencesOfColour(String photometric, String marks) throws IOException {
    isNatural(TransferSyntax.JPEG_BASELINE, photometric, marked(differences(), marks));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void bytesThatFillMayStandBeforeAll(int count) throws IOException {
    var fill = new byte[count];
    Arrays.fill(fill, (byte) 0xFF);
    isNatural(TransferSyntax.JPEG_BASELINE, "YBR_FULL", joined(fill, differences()));
  }

  /// The stream holds red, green and blue.
  @ParameterizedTest
  @CsvSource({
    "RGB, ''",
    "RGB, ADOBE 0",
    "RGB, IDS",
    "RGB, JFIF IDS",
    "YBR_FULL, ADOBE 0",
    "YBR_FULL, IDS",
    "YBR_FULL_422, JFIF ADOBE 0",
    "YBR_FULL_422, IDS",
  })
  void jpegWithColours(String photometric, String marks) throws IOException {
    isNatural(TransferSyntax.JPEG_BASELINE, photometric, marked(colours(), marks));
  }

  /// Nobody keeps green and blue coarser than red.
  @Test
  void jpegWithCoarseComponentsHasDifferences() throws IOException {
    isNatural(TransferSyntax.JPEG_BASELINE, "RGB", marked(coarse(), ""));
  }

  // gray or colour at all

  @Test
  void colourThatIsSaidToBeGrayIsColour() throws IOException {
    var jpeg = colour(TransferSyntax.JPEG_BASELINE, "MONOCHROME2").number(0x00280002, "US", 1);
    isNatural(jpeg.frame(differences()));
    var jpeg2000 = colour(TransferSyntax.JPEG_2000_LOSSLESS, "").number(0x00280002, "US", 1);
    isNatural(jpeg2000.frame(stream("p04-j2k-mct-rgb")));
  }

  @Test
  void grayThatIsSaidToBeColourIsGray() throws IOException {
    var gray = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (var i = 0; i < SIDE * SIDE; i++) {
      gray.getRaster().setSample(i % SIDE, i / SIDE, 0, 2 * (i / SIDE));
    }
    var image = colour(TransferSyntax.JPEG_BASELINE, "YBR_FULL_422").window("128", "256");
    var drawn = image.frame(written(new IIOImage(gray, null, null))).drawn(0, decoder);
    assertThat(drawn.samples()).isEqualTo(1);
    assertThat(drawn.bytes()[50 * SIDE]).isBetween((byte) 98, (byte) 102);
  }

  private void isNatural(TransferSyntax syntax, String photometric, byte[] coded)
      throws IOException {
    isNatural(colour(syntax, photometric).frame(coded));
  }

  private void isNatural(MadeImage image) throws IOException {
    var drawn = image.drawn(0, decoder);
    var right = right();
    assertThat(drawn.bytes()).hasSize(right.length);
    var sum = 0L;
    for (var i = 0; i < right.length; i++) {
      sum += Math.abs((drawn.bytes()[i] & 0xFF) - (right[i] & 0xFF));
    }
    assertThat((double) sum / right.length).isLessThan(3);
  }

  private static MadeImage colour(TransferSyntax syntax, String photometric) {
    var image = MadeImage.of(syntax).columns(SIDE).number(0x00280010, "US", SIDE).bits(8, 8);
    return image.photometric(photometric).number(0x00280002, "US", 3).number(0x00280006, "US", 0);
  }

  /// The picture as red, green and blue.
  private static byte[] right() throws IOException {
    var image = ImageIO.read(CaseFiles.folder("p04-j2k-mct-rgb").resolve("right.png").toFile());
    var bytes = new byte[3 * SIDE * SIDE];
    for (var i = 0; i < SIDE * SIDE; i++) {
      var rgb = image.getRGB(i % SIDE, i / SIDE);
      bytes[3 * i] = (byte) (rgb >> 16);
      bytes[3 * i + 1] = (byte) (rgb >> 8);
      bytes[3 * i + 2] = (byte) rgb;
    }
    return bytes;
  }

  /// The only fragment of a case's file: what follows its last item mark.
  private static byte[] stream(String name) throws IOException {
    var file = Files.readAllBytes(CaseFiles.folder(name).resolve("f.dcm"));
    var at = file.length - 8;
    while (ByteBuffer.wrap(file).getInt(at) != 0xFEFF00E0) {
      at--;
    }
    var length = Integer.reverseBytes(ByteBuffer.wrap(file).getInt(at + 4));
    return Arrays.copyOfRange(file, at + 8, at + 8 + length);
  }

  private static byte[] jp2(byte[] stream, int colour) {
    var header =
        box("ihdr", ByteBuffer.allocate(14).putInt(SIDE).putInt(SIDE).putInt(0x00030707).array());
    var space =
        box(
            "colr",
            ByteBuffer.allocate(7).put((byte) 1).putShort((short) 0).putInt(colour).array());
    return joined(
        box("jP  ", ByteBuffer.allocate(4).putInt(0x0D0A870A).array()),
        box("ftyp", "jp2 \0\0\0\0jp2 ".getBytes(StandardCharsets.US_ASCII)),
        box("jp2h", joined(header, space)),
        box("jp2c", stream));
  }

  private static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .putInt(8 + content.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(content)
        .array();
  }

  private static byte[] differences() throws IOException {
    return stream("p01-rgb-said-ybr-sent");
  }

  /// Rows of samples, which the writer takes as they are.
  private static byte[] colours() throws IOException {
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 3, null);
    raster.setDataElements(0, 0, SIDE, SIDE, right());
    return written(new IIOImage(raster, null, null));
  }

  /// An image, which the writer makes differences of, two by two pixels together.
  private static byte[] coarse() throws IOException {
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, SIDE, SIDE, pixels(), 0, SIDE);
    return written(new IIOImage(image, null, null));
  }

  private static int[] pixels() throws IOException {
    var right = right();
    var pixels = new int[SIDE * SIDE];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] =
          (right[3 * i] & 0xFF) << 16 | (right[3 * i + 1] & 0xFF) << 8 | (right[3 * i + 2] & 0xFF);
    }
    return pixels;
  }

  private static byte[] written(IIOImage image) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var jpeg = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(jpeg)) {
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(0.97f);
      writer.setOutput(out);
      writer.write(null, image, parameters);
    } finally {
      writer.dispose();
    }
    return jpeg.toByteArray();
  }

  /// Without the segments that tell colours, but those of `marks`: JFIF, ADOBE and a transform, IDS
  /// for components called R, G and B.
  private static byte[] marked(byte[] jpeg, String marks) {
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    if (marks.contains("JFIF")) {
      out.writeBytes(HexFormat.of().parseHex("ffe000104a46494600010100000100010000"));
    }
    if (marks.contains("ADOBE")) {
      out.writeBytes(HexFormat.of().parseHex("ffee000e41646f6265006400000000"));
      out.write(marks.charAt(marks.indexOf("ADOBE") + 6) - '0');
    }
    var at = 2;
    while (true) {
      var marker = jpeg[at + 1] & 0xFF;
      var length = 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
      var segment = Arrays.copyOfRange(jpeg, at, at + length);
      for (var i = 0; i < 3 && marks.contains("IDS"); i++) {
        if (marker == 0xC0) {
          segment[10 + 3 * i] = (byte) "RGB".charAt(i);
        } else if (marker == 0xDA) {
          segment[5 + 2 * i] = (byte) "RGB".charAt(i);
        }
      }
      if (marker != 0xE0 && marker != 0xEE) {
        out.writeBytes(segment);
      }
      at += length;
      if (marker == 0xDA) {
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
      }
    }
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
