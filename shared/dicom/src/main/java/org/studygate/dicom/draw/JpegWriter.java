package org.studygate.dicom.draw;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Shrinks a drawn frame into a square and writes it as JPEG of quality 80. Each pixel of the small
/// picture is the mean of the area it covers, so that thin structures fade instead of vanishing.
public final class JpegWriter {
  private static final float QUALITY = 0.8f;

  private JpegWriter() {}

  /// The same with a picture of at most `small` in it, where that is smaller.
  public static Picture write(Shader.Drawn drawn, int size, int small) throws IOException {
    var picture = write(drawn, size);
    if (Math.max(picture.columns(), picture.rows()) <= small) {
      return picture;
    }
    var both = Thumbnail.into(picture.jpeg(), write(drawn, small).jpeg());
    return new Picture(size, picture.columns(), picture.rows(), both);
  }

  public static Picture write(Shader.Drawn drawn, int size) throws IOException {
    var columns = drawn.columnsWithin(size);
    var rows = drawn.rowsWithin(size);
    var whole = columns == drawn.columns() && rows == drawn.rows();
    var small = whole ? drawn.bytes() : shrink(drawn, columns, rows);
    return new Picture(size, columns, rows, encode(small, columns, rows, drawn.samples(), QUALITY));
  }

  static int scaled(int side, int size, int longer) {
    return Math.max(1, Math.round((float) side * size / longer));
  }

  private static byte[] shrink(Shader.Drawn drawn, int columns, int rows) {
    var samples = drawn.samples();
    var xWeights = Weights.of(drawn.columns(), columns);
    var yWeights = Weights.of(drawn.rows(), rows);
    var out = new byte[columns * rows * samples];
    var sums = new float[columns * samples];
    var line = new float[columns * samples];
    for (var y = 0; y < rows; y++) {
      java.util.Arrays.fill(sums, 0);
      for (var sourceY = yWeights.first(y); sourceY <= yWeights.last(y); sourceY++) {
        across(drawn, sourceY, xWeights, line, columns);
        var weight = yWeights.weight(y, sourceY);
        for (var i = 0; i < sums.length; i++) {
          sums[i] += line[i] * weight;
        }
      }
      for (var i = 0; i < sums.length; i++) {
        out[y * sums.length + i] = (byte) Math.clamp(Math.round(sums[i]), 0, 255);
      }
    }
    return out;
  }

  private static void across(
      Shader.Drawn drawn, int sourceY, Weights weights, float[] line, int columns) {
    var samples = drawn.samples();
    var bytes = drawn.bytes();
    var row = sourceY * drawn.columns() * samples;
    for (var x = 0; x < columns; x++) {
      var shares = weights.shares()[x];
      var first = row + weights.first(x) * samples;
      for (var sample = 0; sample < samples; sample++) {
        var sum = 0f;
        for (var i = 0; i < shares.length; i++) {
          sum += (bytes[first + i * samples + sample] & 0xFF) * shares[i];
        }
        line[x * samples + sample] = sum;
      }
    }
  }

  /// How much of each source pixel a target pixel covers, along one side: worked out once, not for
  /// each line.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Weights(int[] firsts, float[][] shares) {
    static Weights of(int source, int target) {
      var ratio = (double) source / target;
      var firsts = new int[target];
      var shares = new float[target][];
      for (var i = 0; i < target; i++) {
        firsts[i] = (int) (i * ratio);
        var last = Math.min(source - 1, (int) Math.ceil((i + 1) * ratio) - 1);
        shares[i] = new float[last - firsts[i] + 1];
        for (var at = firsts[i]; at <= last; at++) {
          var covered = Math.min(at + 1, (i + 1) * ratio) - Math.max(at, i * ratio);
          shares[i][at - firsts[i]] = (float) (covered / ratio);
        }
      }
      return new Weights(firsts, shares);
    }

    int first(int target) {
      return firsts[target];
    }

    int last(int target) {
      return firsts[target] + shares[target].length - 1;
    }

    float weight(int target, int at) {
      return shares[target][at - firsts[target]];
    }
  }

  static byte[] encode(byte[] bytes, int columns, int rows, int samples, float quality)
      throws IOException {
    if (samples == 1) {
      return GrayJpeg.encode(bytes, columns, rows, quality);
    }
    var space = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    var model = new ComponentColorModel(space, false, false, 1, DataBuffer.TYPE_BYTE);
    var raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(bytes, bytes.length),
            columns,
            rows,
            columns * samples,
            samples,
            new int[] {0, 1, 2},
            null);
    var image = new BufferedImage(model, raster, false, null);
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var jpeg = new ByteArrayOutputStream(bytes.length / 8 + 1024);
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
