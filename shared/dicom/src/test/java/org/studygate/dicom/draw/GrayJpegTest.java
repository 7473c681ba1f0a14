package org.studygate.dicom.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;

/// Held to the writer of the JDK, and read by its reader.
final class GrayJpegTest {
  private final Random random = new Random(20_261_127);

  @Test
  void whatIsReadIsAsNearAsWhatTheJdkWritesAndNoLarger() throws IOException {
    for (var quality : List.of(0.3f, 0.7f, 0.8f, 0.95f)) {
      for (var sides : List.of(new int[] {512, 512}, new int[] {129, 77}, new int[] {640, 1})) {
        var pixels = picture(sides[0], sides[1]);
        var ours = GrayJpeg.encode(pixels, sides[0], sides[1], quality);
        var theirs = jdk(pixels, sides[0], sides[1], quality);
        var what = "%s at %s".formatted(sides[0], quality);
        assertThat(difference(pixels, ours))
            .as(what)
            .isLessThan(difference(pixels, theirs) * 1.01 + 0.01);
        assertThat(ours.length).as(what).isLessThan((int) (theirs.length * 1.01));
        assertThat(difference(read(theirs), ours)).as(what).isLessThan(0.5);
      }
    }
  }

  @Test
  void noiseAndEdgesAreWrittenToo() throws IOException {
    var noise = new byte[200 * 100];
    random.nextBytes(noise);
    assertThat(
            difference(read(jdk(noise, 200, 100, 0.95f)), GrayJpeg.encode(noise, 200, 100, 0.95f)))
        .isLessThan(0.5);
    var edges = new byte[64 * 64];
    for (var i = 0; i < edges.length; i++) {
      edges[i] = (byte) ((i + i / 64) % 2 * 255);
    }
    assertThat(difference(edges, GrayJpeg.encode(edges, 64, 64, 1))).isLessThan(1);
  }

  @Test
  void onePixelIsAPicture() throws IOException {
    assertThat(read(GrayJpeg.encode(new byte[] {77}, 1, 1, 0.8f))).hasSize(1);
  }

  private byte[] picture(int columns, int rows) {
    var pixels = new byte[columns * rows];
    for (var i = 0; i < pixels.length; i++) {
      var x = i % columns;
      var y = i / columns;
      var body = Math.hypot(x - columns / 2.0, y - rows / 2.0) < columns * 0.4;
      var value = 120 + 60 * Math.sin(x / 23.0) * Math.cos(y / 31.0) + random.nextGaussian() * 8;
      pixels[i] = (byte) Math.clamp(Math.round(body ? value : 2), 0, 255);
    }
    return pixels;
  }

  private static byte[] read(byte[] jpeg) throws IOException {
    var raster = ImageIO.read(new ByteArrayInputStream(jpeg)).getRaster();
    var samples = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
    var pixels = new byte[samples.length];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) samples[i];
    }
    return pixels;
  }

  private static double difference(byte[] pixels, byte[] jpeg) throws IOException {
    var read = read(jpeg);
    var sum = 0L;
    for (var i = 0; i < read.length; i++) {
      sum += Math.abs((read[i] & 0xFF) - (pixels[i] & 0xFF));
    }
    return (double) sum / read.length;
  }

  private static byte[] jdk(byte[] pixels, int columns, int rows, float quality)
      throws IOException {
    var image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, columns, rows, pixels);
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var jpeg = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(jpeg)) {
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return jpeg.toByteArray();
  }
}
