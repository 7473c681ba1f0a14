package org.studygate.dicom;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.draw.Rendered;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.frame.NotDecodable;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// How bright each value is drawn, and in which colour. The numbers are those of PS3.3 C.11; the
/// same kinds of files were held against pydicom by `drawn.py`.
final class ShadingTest {
  private static final int MODALITY = 0x00283000;
  private static final int VOI = 0x00283010;
  private static final int DESCRIPTOR = 0x00283002;
  private static final int DATA = 0x00283006;

  /// The levels of the pixels, one after the other.
  private static String gray(MadeImage image) throws IOException {
    return gray(image, 0);
  }

  private static String gray(MadeImage image, int frame) throws IOException {
    return numbers(image, frame, 1);
  }

  private static String rgb(MadeImage image) throws IOException {
    return numbers(image, 0, 3);
  }

  private static String numbers(MadeImage image, int frame, int samples) throws IOException {
    var drawn = image.drawn(frame, new NoDecoder());
    assertThat(drawn.samples()).isEqualTo(samples);
    return IntStream.range(0, drawn.bytes().length)
        .mapToObj(i -> Integer.toString(drawn.bytes()[i] & 0xFF))
        .collect(joining(" "));
  }

  // windows

  @ParameterizedTest
  @CsvSource({
    "LINEAR, 2048, 4096, '0 128 255'",
    "'', 2048, 4096, '0 128 255'",
    "ANYTHING, 2048, 4096, '0 128 255'",
    "LINEAR_EXACT, 2048, 4096, '0 128 255'",
    "SIGMOID, 2048, 4096, '30 128 225'",
    "sigmoid, 2048, 4096, '30 128 225'",
    "LINEAR, 2048, 1, '0 255 255'",
    "LINEAR_EXACT, 2048, 0.5, '0 128 255'",
    "SIGMOID, 2048, 0.5, '0 128 255'",
  })
  void theFirstWindowIsApplied(String function, String center, String width, String expected)
      throws IOException {
    var image = MadeImage.gray(0, 2048, 4095).window(center, width).function(function);
    assertThat(gray(image)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'\\2048', '\\4096'",
    "'NaN\\2048', 'NaN\\4096'",
    "'10\\2048', '0\\4096'",
    "'10\\2048', '-5\\4096'",
    "'10\\2048', '\\4096'",
    "'nonsense\\2048', '5\\4096'",
    "'2048\\', '4096\\'",
    "'2048\\10', '4096'",
    "'2048,0', '4096,0'",
  })
  void aWindowThatIsNoneIsPassedOver(String centers, String widths) throws IOException {
    assertThat(gray(MadeImage.gray(1024, 2048, 3072).window(centers, widths)))
        .isEqualTo("64 128 191");
  }

  @ParameterizedTest
  @CsvSource({"NaN, NaN", "'', ''", "'\\', '\\'", "5, 0", "1e999, 5", "5, inf"})
  void withoutAWindowAllIsShown(String centers, String widths) throws IOException {
    assertThat(gray(MadeImage.gray(1000, 1500, 2000).window(centers, widths)))
        .isEqualTo("0 128 255");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0001, 0, 0.2, 0.4, '0 128 255'",
    "0.0001, -0.2, 0, 0.4, '0 128 255'",
    "0.0004, 0, 0.8, 1.6, '0 128 255'",
    "-0.0001, 0, -0.2, 0.4, '255 128 0'",
    "-1, 0, -2000, 4001, '255 128 0'",
    "2.5, -1024, 3976, 10001, '0 128 255'",
    "0, 0, 2000, 4001, '0 128 255'",
  })
  void anySlopeIsApplied(
      String slope, String intercept, String center, String width, String expected)
      throws IOException {
    var image = MadeImage.gray(0, 2000, 4000).rescale(slope, intercept).window(center, width);
    assertThat(gray(image)).isEqualTo(expected);
  }

  @Test
  void anInterceptAloneCounts() throws IOException {
    var image = MadeImage.gray(0, 500, 1000).text(0x00281052, "DS", "-500").window("0", "1001");
    assertThat(gray(image)).isEqualTo("0 128 255");
  }

  @Test
  void aNegativeSlopeIsStretchedTheOtherWay() throws IOException {
    assertThat(gray(MadeImage.gray(0, 500, 1000).rescale("-2", "3"))).isEqualTo("255 128 0");
  }

  @ParameterizedTest
  @CsvSource({
    "MONOCHROME1, '', '255 127 0'",
    "MONOCHROME1, INVERSE, '255 127 0'",
    "MONOCHROME2, INVERSE, '255 127 0'",
    "MONOCHROME2, IDENTITY, '0 128 255'",
    "monochrome1, '', '255 127 0'",
    "MONOCHROME 1, '', '255 127 0'",
    "MONOCHROME_2, '', '0 128 255'",
    "MONOCHROME, '', '0 128 255'",
    "'', '', '0 128 255'",
  })
  void whatIsInvertedIsInvertedOnce(String photometric, String shape, String expected)
      throws IOException {
    var image = MadeImage.gray(0, 500, 1000).photometric(photometric).window("500", "1001");
    image.text(0x20500020, "CS", shape);
    assertThat(gray(image)).isEqualTo(expected);
  }

  // padding

  @ParameterizedTest
  @EnumSource(
      value = TransferSyntax.class,
      names = {"IMPLICIT_LITTLE", "EXPLICIT_LITTLE", "EXPLICIT_BIG"})
  void paddingIsBlackAndStretchesNothing(TransferSyntax syntax) throws IOException {
    for (var vr : List.of("US", "SS")) { // whichever the writer took
      var signed = MadeImage.of(syntax).bits(16, 16).signed().columns(4);
      signed.pixels(-2000, -100, 0, 100).number(0x00280120, vr, -2000);
      assertThat(gray(signed)).isEqualTo("0 0 128 255");
      var unsigned = MadeImage.of(syntax).bits(16, 16).columns(4);
      unsigned.pixels(63_536, 100, 200, 300).number(0x00280120, vr, 63_536);
      assertThat(gray(unsigned)).isEqualTo("0 0 128 255");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xFF80, -128})
  void paddingOfEightBitsHasTheirSign(int value) throws IOException {
    var image = MadeImage.indices(0x80, 0xF0, 0, 0x10).signed().number(0x00280120, "US", value);
    assertThat(gray(image)).isEqualTo("0 0 128 255");
  }

  @ParameterizedTest
  @CsvSource({"-2000, -1000", "-1000, -2000"})
  void aRangeOfPaddingHasTwoEndsInAnyOrder(int one, int other) throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).bits(16, 16).signed().columns(5);
    image.pixels(-2000, -1500, -1000, -100, 100);
    image.number(0x00280120, "SS", one).number(0x00280121, "SS", other);
    assertThat(gray(image)).isEqualTo("0 0 0 0 255");
  }

  @Test
  void paddingStaysBlackWhereGrayIsInverted() throws IOException {
    var image = MadeImage.gray(0, 1000, 2000).photometric("MONOCHROME1").window("1500", "1001");
    assertThat(gray(image)).isEqualTo("255 255 0");
    assertThat(gray(image.number(0x00280120, "US", 0))).isEqualTo("0 255 0");
  }

  /// They are drawn by slope and window alone.
  @ParameterizedTest
  @CsvSource({"0, true", "1000, true", "1500, false", "4000, false"})
  void exactPixelsAreOfferedWherePaddingIsBlackAnyhow(int padding, boolean offered)
      throws IOException {
    var image = MadeImage.gray(0, 1000, 2000).window("1501", "1001");
    try (var file = image.number(0x00280120, "US", padding).open()) {
      assertThat(file.exactPixels().isPresent()).isEqualTo(offered);
    }
  }

  @Test
  void paddingAloneIsBlack() throws IOException {
    assertThat(gray(MadeImage.gray(7, 7, 7).number(0x00280120, "US", 7))).isEqualTo("0 0 0");
  }

  // tables in place of slope and window

  @ParameterizedTest
  @EnumSource(
      value = TransferSyntax.class,
      names = {"IMPLICIT_LITTLE", "EXPLICIT_LITTLE", "EXPLICIT_BIG"})
  void aModalityTableComesBeforeTheWindow(TransferSyntax syntax) throws IOException {
    var image = MadeImage.of(syntax).columns(4).pixels(0, 100, 101, 4095).window("500", "1001");
    image.sequence(
        MODALITY,
        image.part().number16(DESCRIPTOR, "US", 3, 100, 16).number16(DATA, "US", 1000, 500, 0));
    assertThat(gray(image)).isEqualTo("255 255 128 0");
    try (var file = image.open()) {
      assertThat(file.exactPixels()).isEmpty(); // which know of slope and window alone
    }
  }

  @Test
  void aSignedTableBeginsBelowZero() throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).signed().columns(3);
    image.pixels(-100, -99, -98).window("500", "1001");
    image.sequence(
        MODALITY,
        image.part().number16(DESCRIPTOR, "SS", 3, -100, 16).number16(DATA, "US", 0, 500, 1000));
    assertThat(gray(image)).isEqualTo("0 128 255");
  }

  /// Bits that are said, and the greatest entry.
  @ParameterizedTest
  @CsvSource({"12, 4095", "16, 4095", "16, 1023", "8, 1023", "16, 65535", "16, 255", "8, 255"})
  void aVoiTableIsAsBrightAsItsEntries(int bits, int most) throws IOException {
    var image = MadeImage.gray(0, 10, 11, 12, 100);
    image.sequence(
        VOI,
        image
            .part()
            .number16(DESCRIPTOR, "US", 3, 10, bits)
            .number16(DATA, "US", 0, most / 2, most));
    assertThat(gray(image)).isIn("0 0 128 255 255", "0 0 127 255 255");
  }

  @Test
  void aVoiTableOfBytesIsRead() throws IOException {
    var image = MadeImage.gray(10, 11, 12, 13);
    image.sequence(
        VOI,
        image
            .part()
            .number16(DESCRIPTOR, "US", 4, 10, 8)
            .element(DATA, "OW", MadeImage.narrow(0, 100, 200, 255)));
    assertThat(gray(image)).isEqualTo("0 100 200 255");
  }

  @Test
  void aVoiTableIsForWhatTheModalityStepMakes() throws IOException {
    var image = MadeImage.gray(0, 1, 2).rescale("10", "-1000");
    image.sequence(
        VOI,
        image
            .part()
            .number16(DESCRIPTOR, "SS", 21, -1000, 8)
            .number16(
                DATA, "US", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255));
    assertThat(gray(image)).isEqualTo("0 99 255");
  }

  @Test
  void aTableWithoutItsDataIsNone() throws IOException {
    var image = MadeImage.gray(0, 500, 1000);
    image.sequence(VOI, image.part().number16(DESCRIPTOR, "US", 3, 10, 16));
    assertThat(gray(image)).isEqualTo("0 128 255");
  }

  // enhanced objects

  @Test
  void eachFrameHasItsOwnGroups() throws IOException {
    var image = MadeImage.gray(0, 500, 1000, 0, 500, 1000).columns(3).text(0x00280008, "IS", "2");
    var groups = image.part().header(0x52009230, "SQ", -1);
    for (var frame = 0; frame < 2; frame++) {
      groups
          .mark(0xFFFEE000, -1)
          .raw(window(image, frame == 0 ? "500" : "0", frame == 0 ? "1001" : "2001"))
          .raw(transformation(image, frame == 0 ? "1" : "2", frame == 0 ? "0" : "-1000"))
          .mark(0xFFFEE00D, 0);
    }
    image.raw(0x52009230, groups.mark(0xFFFEE0DD, 0));
    assertThat(gray(image, 0)).isEqualTo("0 128 255");
    assertThat(gray(image, 1)).isEqualTo("0 128 255");
    try (var file = image.open()) {
      assertThat(file.exactPixels()).isEmpty(); // one slope for all is all that they know
    }
  }

  @Test
  void sharedGroupsHoldForAllFrames() throws IOException {
    var image = MadeImage.gray(0, 500, 1000, 0, 500, 1000).columns(3).text(0x00280008, "IS", "2");
    image.sequence(
        0x52009229,
        image
            .part()
            .raw(image.part().sequence(0x00289110, spacing(image)).bytes())
            .raw(window(image, "0", "2001"))
            .raw(transformation(image, "2", "-1000")));
    for (var frame = 0; frame < 2; frame++) {
      assertThat(gray(image, frame)).isEqualTo("0 128 255");
      assertThat(image.drawn(frame, new NoDecoder()).aspect()).isEqualTo(2);
    }
  }

  private static byte[] transformation(MadeImage image, String slope, String intercept) {
    return image
        .part()
        .sequence(
            0x00289145,
            image.part().text(0x00281052, "DS", intercept).text(0x00281053, "DS", slope).bytes())
        .bytes();
  }

  private static byte[] window(MadeImage image, String center, String width) {
    return image
        .part()
        .sequence(
            0x00289132,
            image.part().text(0x00281050, "DS", center).text(0x00281051, "DS", width).bytes())
        .bytes();
  }

  private static byte[] spacing(MadeImage image) {
    return image.part().text(0x00280030, "DS", "1.0\\0.5").bytes();
  }

  // palettes

  private static final int RED = 0x00281101;
  private static final int RED_DATA = 0x00281201;
  private static final int RED_SEGMENTS = 0x00281221;

  private static MadeImage described(MadeImage image, String vr, int... descriptor) {
    for (var channel = 0; channel < 3; channel++) {
      image.number(RED + channel, vr, descriptor);
    }
    return image.photometric("PALETTE COLOR");
  }

  /// Of each colour as many words as it has pixels.
  private static MadeImage words(MadeImage image, int[] red, int[] green, int[] blue) {
    return image
        .number(RED_DATA, "OW", red)
        .number(RED_DATA + 1, "OW", green)
        .number(RED_DATA + 2, "OW", blue);
  }

  /// Bits that are said, and what a level is multiplied by.
  @ParameterizedTest
  @CsvSource({"16, 257", "16, 256", "16, 1", "8, 1", "8, 256", "8, 257", "12, 16"})
  void paletteEntriesAreWhatTheyAre(int bits, int factor) throws IOException {
    var image = described(MadeImage.indices(0, 10, 11, 12, 99), "US", 3, 10, bits);
    words(
        image,
        new int[] {255 * factor, 0, 0},
        new int[] {0, 200 * factor, 0},
        new int[] {0, 0, 7 * factor});
    assertThat(rgb(image)).isEqualTo("255 0 0 255 0 0 0 200 0 0 0 7 0 0 7");
  }

  @ParameterizedTest
  @EnumSource(
      value = TransferSyntax.class,
      names = {"IMPLICIT_LITTLE", "EXPLICIT_LITTLE", "EXPLICIT_BIG"})
  void twoEntriesMayShareAWord(TransferSyntax syntax) throws IOException {
    var image = MadeImage.of(syntax).columns(2).bits(8, 8);
    image.number(Tags.PIXELS, "OW", 0x0200); // 0 and 2
    described(image, "US", 4, 0, 8);
    for (var channel = 0; channel < 3; channel++) {
      image.number(RED_DATA + channel, "OW", 0x0100 + channel, 0x0302 + channel);
    }
    assertThat(rgb(image)).isEqualTo("0 1 2 2 3 4");
  }

  @Test
  void aPaletteBeginsBelowZeroWherePixelsDo() throws IOException {
    var image = described(MadeImage.indices(0xFE, 0xFF, 0).signed(), "SS", 3, -2, 16);
    var entries = new int[] {0x1100, 0x2200, 0x3300};
    assertThat(rgb(words(image, entries, entries, entries)))
        .isEqualTo("17 17 17 34 34 34 51 51 51");
  }

  @Test
  void aPaletteMayBeginAbove32767() throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).bits(16, 16).columns(3);
    described(image.pixels(0, 40_000, 40_001), "US", 2, 40_000, 16);
    var entries = new int[] {0x1100, 0x2200};
    assertThat(rgb(words(image, entries, entries, entries)))
        .isEqualTo("17 17 17 17 17 17 34 34 34");
  }

  @Test
  void aPaletteOfFewerEntriesThanCountedEndsWithItsLast() throws IOException {
    var image = described(MadeImage.indices(0, 1, 2, 200), "US", 256, 0, 16);
    var entries = new int[] {0x1100, 0x2200};
    assertThat(rgb(words(image, entries, entries, entries)))
        .isEqualTo("17 17 17 34 34 34 34 34 34 34 34 34");
  }

  @Test
  void aPaletteOf65536EntriesIsWrittenAsNone() throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).bits(16, 16).columns(3);
    described(image.pixels(0, 32_768, 65_535), "US", 0, 0, 16);
    var entries = IntStream.range(0, 65_536).toArray();
    assertThat(rgb(words(image, entries, entries, entries)))
        .isEqualTo("0 0 0 128 128 128 255 255 255");
  }

  @Test
  void aPictureWithoutItsPaletteIsGray() throws IOException {
    assertThat(gray(described(MadeImage.indices(0, 1, 2), "US", 256, 0, 16)))
        .isEqualTo("0 128 255");
  }

  private static MadeImage segments(MadeImage image, int... segments) {
    for (var channel = 0; channel < 3; channel++) {
      image.number(RED_SEGMENTS + channel, "OW", segments);
    }
    return image;
  }

  /// Two numbers, a line to 0xFE00 in three steps, the line again down to 0x0200 by a copy of what
  /// stands at byte 8.
  @Test
  void segmentsAreNumbersLinesAndCopies() throws IOException {
    var image = described(MadeImage.indices(0, 1, 2, 3, 4, 5, 6, 7), "US", 8, 0, 16);
    segments(image, 0, 2, 0x0500, 0x0200, 1, 3, 0xFE00, 2, 1, 8, 0);
    assertThat(levelsOf(rgb(image))).isEqualTo("5 2 86 170 254 254 254 254");
    segments(image, 0, 2, 0x0500, 0x0200, 1, 3, 0xFE00, 2, 1, 0, 0, 0, 1, 0x0900);
    assertThat(levelsOf(rgb(image))).isEqualTo("5 2 86 170 254 5 2 9");
  }

  @Test
  void segmentsOfBytesAreRead() throws IOException {
    var image = described(MadeImage.indices(0, 1, 2, 3, 4, 5), "US", 6, 0, 8);
    for (var channel = 0; channel < 3; channel++) {
      image.element(
          RED_SEGMENTS + channel, "OW", MadeImage.narrow(0, 2, 10, 20, 1, 2, 40, 2, 1, 0, 0, 0, 0));
    }
    assertThat(levelsOf(rgb(image))).isEqualTo("10 20 30 40 10 20");
  }

  /// Said to have eight bits, but written in words.
  @Test
  void segmentsOfWordsAreReadWhateverTheBits() throws IOException {
    var image = described(MadeImage.indices(0, 1, 2, 3), "US", 4, 0, 8);
    assertThat(levelsOf(rgb(segments(image, 0, 2, 10, 20, 1, 2, 40)))).isEqualTo("10 20 30 40");
  }

  /// Copies of copies, places behind the end or ahead, lengths beyond the table, kinds that do not
  /// exist: it ends, and what was made until then is the table.
  @Test
  void segmentsWithoutSenseEnd() throws IOException {
    for (var nonsense :
        List.of(
            new int[] {2, 65_535, 0, 0},
            new int[] {2, 65_535, 65_535, 65_535},
            new int[] {2, 65_535, 8, 0, 2, 1, 8, 0},
            new int[] {7, 1, 2, 3},
            new int[] {0, 65_535, 3},
            new int[] {1, 65_535, 0x0900})) {
      var image = described(MadeImage.indices(0, 200), "US", 256, 0, 16);
      var segments = IntStream.concat(IntStream.of(0, 1, 0x0900), IntStream.of(nonsense));
      assertThat(rgb(segments(image, segments.toArray()))).startsWith("9 9 9 ");
    }
  }

  /// Every third number: the three channels of these pictures are alike.
  private static String levelsOf(String rgb) {
    var all = List.of(rgb.split(" "));
    return IntStream.range(0, all.size() / 3).mapToObj(i -> all.get(3 * i)).collect(joining(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"COLOR", "MIXED", "MONOCHROME"})
  void aSupplementalPaletteColoursItsOwnValuesOnly(String presentation) throws IOException {
    var image = MadeImage.gray(0, 500, 1000, 2000, 2001).window("500", "1001");
    image.text(0x00089205, "CS", presentation);
    described(image, "US", 2, 2000, 16).photometric("MONOCHROME2");
    words(image, new int[] {0xFF00, 0}, new int[] {0, 0xFF00}, new int[] {0, 0x1200});
    if (presentation.equals("MONOCHROME")) {
      assertThat(gray(image)).isEqualTo("0 128 255 255 255");
    } else {
      assertThat(rgb(image)).isEqualTo("0 0 0 128 128 128 255 255 255 255 0 0 0 255 18");
    }
  }

  // bits

  @ParameterizedTest
  @CsvSource({
    "16, 12, 11, 0xF000, '0 128 255'", // something above, an overlay perhaps
    "16, 12, 15, 0x000F, '0 128 255'", // and below
    "16, 10, 11, 0xF003, '0 128 255'",
    "32, 32, 31, 0, '0 128 255'",
    "32, 20, 19, 0xFFF00000, '0 128 255'",
    "16, 12, 3, 0xF000, '0 128 255'", // a high bit that cannot be
  })
  void onlyTheStoredBitsCount(int allocated, int stored, int high, String around, String expected)
      throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).columns(3).bits(allocated, stored);
    image.number(0x00280102, "US", high);
    var shift = high >= stored - 1 ? high + 1 - stored : 0;
    var buffer = ByteBuffer.allocate(3 * allocated / 8).order(ByteOrder.LITTLE_ENDIAN);
    var noise = Integer.decode(around.equals("0xFFF00000") ? "-1048576" : around);
    for (var i = 0; i < 3; i++) {
      var value = (int) (((1L << stored) - 1) * i / 2) << shift | noise;
      if (allocated == 16) {
        buffer.putShort((short) value);
      } else {
        buffer.putInt(value);
      }
    }
    assertThat(gray(image.element(Tags.PIXELS, "OW", buffer.array()))).isIn(expected, "0 127 255");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 10, 12, 14, 24})
  void pixelsOfAnyWidthLieOneAfterTheOther(int width) throws IOException {
    var random = new SplittableRandom(width);
    var values = random.ints(31, 0, 1 << width).toArray();
    values[0] = 0;
    values[1] = (1 << width) - 1;
    var bits = new java.util.BitSet();
    for (var i = 0; i < values.length * width; i++) {
      bits.set(i, (values[i / width] >> (i % width) & 1) == 1);
    }
    var bytes = java.util.Arrays.copyOf(bits.toByteArray(), (values.length * width + 7) / 8);
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).columns(31).bits(width, width);
    try (var file = image.element(Tags.PIXELS, "OW", bytes).open()) {
      assertThat(((Frame) file.decode(0, new NoDecoder())).samples()).isEqualTo(values);
    }
  }

  @Test
  void oneBitIsBlackOrWhiteEvenWhereAllIsWhite() throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).columns(3).bits(1, 1);
    assertThat(gray(image.bytes(0b101))).isEqualTo("255 0 255");
    assertThat(gray(image.bytes(0b111))).isEqualTo("255 255 255");
  }

  @ParameterizedTest
  @EnumSource(
      value = TransferSyntax.class,
      names = {"IMPLICIT_LITTLE", "EXPLICIT_LITTLE", "EXPLICIT_BIG"})
  void fractionsAreDrawn(TransferSyntax syntax) throws IOException {
    var order =
        syntax == TransferSyntax.EXPLICIT_BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    var numbers = List.of(-0.5, 0.0, 0.5, Double.NaN, -99.0);
    var floats = ByteBuffer.allocate(20).order(order);
    var doubles = ByteBuffer.allocate(40).order(order);
    numbers.forEach(number -> floats.putFloat(number.floatValue()));
    numbers.forEach(doubles::putDouble);
    for (var wide : new boolean[] {false, true}) {
      var image = MadeImage.of(syntax).columns(5).bits(wide ? 64 : 32, wide ? 64 : 32);
      image.element(
          wide ? Tags.DOUBLE_PIXELS : Tags.FLOAT_PIXELS,
          wide ? "OD" : "OF",
          wide ? doubles.array() : floats.array());
      var padding = ByteBuffer.allocate(wide ? 8 : 4).order(order);
      image.element(
          wide ? 0x00280123 : 0x00280122,
          wide ? "FD" : "FL",
          (wide ? padding.putDouble(-99) : padding.putFloat(-99)).array());
      assertThat(gray(image)).isEqualTo("0 128 255 0 0");
      assertThat(gray(image.window("0", "1.6"))).isEqualTo("48 128 207 0 0");
    }
  }

  // colour

  @ParameterizedTest
  @CsvSource({"8, 8, 1", "16, 8, 1", "16, 12, 16", "16, 16, 257", "32, 32, 16843009", "32, 8, 1"})
  void colourOfAnyWidthIsDrawn(int allocated, int stored, int factor) throws IOException {
    for (var planar = 0; planar < 2; planar++) {
      var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).columns(2).bits(allocated, stored);
      var levels = planar == 0 ? List.of(255, 10, 0, 128, 20, 7) : List.of(255, 128, 10, 20, 0, 7);
      var buffer = ByteBuffer.allocate(6 * allocated / 8).order(ByteOrder.LITTLE_ENDIAN);
      for (var level : levels) {
        switch (allocated) {
          case 8 -> buffer.put((byte) (level * factor));
          case 16 -> buffer.putShort((short) (level * factor));
          default -> buffer.putInt(level * factor);
        }
      }
      image.photometric("RGB").number(0x00280002, "US", 3).number(0x00280006, "US", planar);
      image.element(Tags.PIXELS, "OW", buffer.array());
      assertThat(rgb(image)).isEqualTo("255 10 0 128 20 7");
      assertThat(rgb(image.signed())).isEqualTo("255 10 0 128 20 7"); // no colour has a sign
    }
  }

  /// Two pixels of a strong red and a strong blue; of the shared ones, both are red.
  @ParameterizedTest
  @CsvSource({
    "YBR_FULL, '76 85 255 29 255 107', '254 0 0 0 0 254'",
    "YBR_FULL_422, '76 29 85 255', '254 0 0 207 0 0'",
    "YBR_FULL_422, '76 85 255 29 255 107', '254 0 0 0 0 254'", // it only says so
    "YBR_PARTIAL_422, '81 81 90 240', '254 0 0 254 0 0'",
    "YBR_ICT, '254 0 0 0 0 254', '254 0 0 0 0 254'",
    "YBR_RCT, '254 0 0 0 0 254', '254 0 0 0 0 254'",
    "rgb, '254 0 0 0 0 254', '254 0 0 0 0 254'",
    "YBR FULL, '76 85 255 29 255 107', '254 0 0 0 0 254'",
    "ybr full 422, '76 29 85 255', '254 0 0 207 0 0'",
    "'', '254 0 0 0 0 254', '254 0 0 0 0 254'",
  })
  void differencesOfColourBecomeColour(String photometric, String stored, String expected)
      throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).columns(2).bits(8, 8);
    image.photometric(photometric).number(0x00280002, "US", 3).number(0x00280006, "US", 0);
    image.bytes(List.of(stored.split(" ")).stream().mapToInt(Integer::parseInt).toArray());
    assertThat(rgb(image)).isEqualTo(expected);
  }

  @Test
  void colourThatDoesNotCountItsSamplesHasThree() throws IOException {
    var image = MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).columns(2).bits(8, 8);
    image.photometric("RGB").without(0x00280002);
    assertThat(rgb(image.bytes(254, 1, 2, 3, 4, 255))).isEqualTo("254 1 2 3 4 255");
    try (var file = image.bytes(1, 2).open()) {
      assertThat(file.decode(0, new NoDecoder()))
          .isEqualTo(new NotDecodable(NotDecodable.Why.DAMAGED));
    }
  }

  @ParameterizedTest
  @CsvSource({"ARGB, 4", "CMYK, 4", "HSV, 3"})
  void coloursThatNobodyKnowsAreNotGuessed(String photometric, int samples) throws IOException {
    var image =
        MadeImage.of(TransferSyntax.EXPLICIT_LITTLE).columns(1).bits(8, 8).bytes(1, 2, 3, 4);
    try (var file = image.photometric(photometric).number(0x00280002, "US", samples).open()) {
      assertThat(file.decode(0, new NoDecoder()))
          .isEqualTo(new NotDecodable(NotDecodable.Why.UNSUPPORTED_PIXELS));
    }
  }

  // the shape of a pixel

  @ParameterizedTest
  @CsvSource({
    "0x00280034, IS, '2\\1', 64 128",
    "0x00280034, IS, '1\\2', 128 64",
    "0x00280034, IS, '1\\1', 64 64",
    "0x00280034, IS, '0\\1', 64 64",
    "0x00280034, IS, '1000\\1', 64 64", // a slip
    "0x00280030, DS, '0.5\\0.25', 64 128",
    "0x00280030, DS, '0,5\\0,25', 64 128",
    "0x00280030, DS, '0.5\\0.501', 64 64", // rounded by whoever wrote it
    "0x00181164, DS, '0.2\\0.1', 64 128",
    "0x00182010, DS, '0.1\\0.2', 128 64",
  })
  void aPixelIsAsHighAsItIs(String tag, String vr, String value, String expected)
      throws IOException {
    var image = MadeImage.gray(new int[64 * 64]).columns(64).number(0x00280010, "US", 64);
    image.text(Integer.decode(tag), vr, value);
    assertThat(size(image, 512)).isEqualTo(expected);
    assertThat(size(image, 32)).isEqualTo(halved(expected));
    try (var file = image.open()) { // the page draws square pixels
      assertThat(file.exactPixels().isPresent()).isEqualTo(expected.equals("64 64"));
    }
  }

  @Test
  void thePatientsMillimetresCountBeforeARatio() throws IOException {
    var image = MadeImage.gray(new int[64]).columns(8).number(0x00280010, "US", 8);
    image.text(0x00280034, "IS", "5\\1").text(0x00280030, "DS", "3\\1");
    assertThat(size(image, 512)).isEqualTo("8 24");
    image.text(0x00280030, "DS", "0\\0");
    assertThat(size(image, 512)).isEqualTo("8 40");
  }

  private static String halved(String expected) {
    return expected.equals("64 64") ? "32 32" : expected.equals("64 128") ? "16 32" : "32 16";
  }

  private static String size(MadeImage image, int most) throws IOException {
    try (var file = image.open()) {
      var drawn = Previews.render(file, 0, List.of(most), new NoDecoder());
      var picture = ((Rendered.Pictures) drawn).pictures().getFirst();
      var read = ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
      assertThat(read.getWidth()).isEqualTo(picture.columns());
      assertThat(read.getHeight()).isEqualTo(picture.rows());
      return picture.columns() + " " + picture.rows();
    }
  }
}
