package org.studygate.dicom.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ThumbnailTest {
  private static Shader.Drawn drawn(int columns, int rows, int samples) {
    var bytes = new byte[columns * rows * samples];
    new Random(7).nextBytes(bytes);
    return new Shader.Drawn(columns, rows, samples, 1, bytes);
  }

  @Test
  void aPictureCarriesItsSmallOneAndIsReadAsBefore() throws IOException {
    for (var samples : new int[] {1, 3}) {
      var drawn = drawn(600, 300, samples);
      var alone = JpegWriter.write(drawn, 512).jpeg();
      var both = JpegWriter.write(drawn, 512, 128).jpeg();
      var small = Thumbnail.of(both).orElseThrow();
      assertThat(small).isEqualTo(JpegWriter.write(drawn, 128).jpeg());
      var image = ImageIO.read(new ByteArrayInputStream(small));
      assertThat(new int[] {image.getWidth(), image.getHeight()}).containsExactly(128, 64);
      assertThat(both).hasSize(alone.length + small.length + 10);
      assertThat(pixels(both)).isEqualTo(pixels(alone));
    }
  }

  private static int[] pixels(byte[] jpeg) throws IOException {
    var raster = ImageIO.read(new ByteArrayInputStream(jpeg)).getRaster();
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
  }

  @Test
  void whatIsSmallItselfCarriesNone() throws IOException {
    var drawn = drawn(128, 100, 1);
    assertThat(JpegWriter.write(drawn, 512, 128).jpeg())
        .isEqualTo(JpegWriter.write(drawn, 512).jpeg());
  }

  @Test
  void whatHasNoRoomInASegmentIsLeftOut() throws IOException {
    var jpeg = JpegWriter.write(drawn(300, 300, 1), 512).jpeg();
    var room = 65_535 - 2 - 6;
    assertThat(Thumbnail.of(Thumbnail.into(jpeg, new byte[room]))).contains(new byte[room]);
    assertThat(Thumbnail.into(jpeg, new byte[room + 1])).isEqualTo(jpeg);
  }

  @Test
  void nothingIsReadBehindTheEnd() throws IOException {
    var both = JpegWriter.write(drawn(600, 300, 1), 512, 128).jpeg();
    var small = Thumbnail.of(both).orElseThrow();
    for (var length = 0; length < small.length + 30; length++) {
      assertThat(Thumbnail.of(Arrays.copyOf(both, length)).isPresent())
          .as("%d bytes", length)
          .isEqualTo(length >= 20 + 10 + small.length);
    }
  }
}
