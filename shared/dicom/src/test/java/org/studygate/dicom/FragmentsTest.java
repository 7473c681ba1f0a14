package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.frame.NotDecodable;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// Frames in more fragments than one, or in fewer than there should be.
final class FragmentsTest {
  private static final int COLUMNS = 40;

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong"})
  void framesOfRleAreToldApartByTheirHeads(String table) throws IOException {
    var pixels = table(table);
    for (var frame = 0; frame < 3; frame++) {
      var coded = Rle.frame(samples(frame), 1, 2);
      for (var from = 0; from < coded.length; from += 66) {
        var part = Arrays.copyOfRange(coded, from, Math.min(coded.length, from + 66));
        pixels.mark(Tags.ITEM, part.length).raw(part);
      }
    }
    holds(pixels, 3, 3);
  }

  @Test
  void oneFrameMayLieInManyFragments() throws IOException {
    var pixels = table("");
    var coded = Rle.frame(samples(0), 1, 2);
    for (var from = 0; from < coded.length; from += 2) {
      pixels.mark(Tags.ITEM, 2).raw(Arrays.copyOfRange(coded, from, from + 2));
    }
    holds(pixels, 1, 1);
  }

  /// What came is shown; the frame that did not come has no picture.
  @Test
  void fewerFramesThanCountedAreThereNevertheless() throws IOException {
    var pixels = table("");
    for (var frame = 0; frame < 2; frame++) {
      var coded = Rle.frame(samples(frame), 1, 2);
      pixels.mark(Tags.ITEM, coded.length).raw(coded);
    }
    holds(pixels, 3, 2);
  }

  /// The first fragment of each frame holds no more than the mark that a frame begins with.
  @Test
  void aFrameMayBeginWithTwoBytes() throws IOException {
    byte[] stream;
    int[] right;
    var pixels = table("");
    try (var file = CaseFiles.open("p21-jpeg-ls")) {
      var fragment = file.walked().pixels().orElseThrow().fragments();
      try (var in = file.original()) {
        in.skipNBytes(fragment.get(0));
        stream = in.readNBytes((int) fragment.get(1));
      }
      right = ((Frame) file.decode(0, new NoDecoder())).samples();
      var image = file.header().image();
      for (var frame = 0; frame < 3; frame++) {
        pixels.mark(Tags.ITEM, 2).raw(Arrays.copyOf(stream, 2));
        pixels.mark(Tags.ITEM, stream.length - 2L);
        pixels.raw(Arrays.copyOfRange(stream, 2, stream.length));
      }
      try (var made =
          MadeImage.of(TransferSyntax.JPEG_LS)
              .columns(image.columns())
              .number(Tags.ROWS, "US", image.rows())
              .bits(image.bitsAllocated(), image.bitsStored())
              .text(0x00280008, "IS", "3")
              .raw(Tags.PIXELS, pixels.mark(Tags.SEQUENCE_END, 0))
              .open()) {
        for (var frame = 0; frame < 3; frame++) {
          assertThat(((Frame) made.decode(frame, new NoDecoder())).samples()).isEqualTo(right);
        }
      }
    }
  }

  private static Part10 table(String kind) {
    var pixels = Part10.explicit().header(Tags.PIXELS, "OB", -1);
    return kind.isEmpty()
        ? pixels.mark(Tags.ITEM, 0)
        : pixels.mark(Tags.ITEM, 12).raw(new byte[] {0, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0});
  }

  private static void holds(Part10 pixels, int said, int there) throws IOException {
    var image = MadeImage.of(TransferSyntax.RLE).columns(COLUMNS);
    image.text(0x00280008, "IS", Integer.toString(said));
    image.raw(Tags.PIXELS, pixels.mark(Tags.SEQUENCE_END, 0));
    try (var file = image.open()) {
      for (var frame = 0; frame < there; frame++) {
        assertThat(((Frame) file.decode(frame, new NoDecoder())).samples())
            .isEqualTo(samples(frame));
      }
      for (var frame = there; frame < said; frame++) {
        assertThat(file.decode(frame, new NoDecoder()))
            .isEqualTo(new NotDecodable(NotDecodable.Why.DAMAGED));
      }
    }
  }

  private static int[] samples(int frame) {
    var samples = new int[COLUMNS];
    for (var i = 0; i < COLUMNS; i++) {
      samples[i] = (i * 97 + frame * 1000) % 4096;
    }
    return samples;
  }
}
