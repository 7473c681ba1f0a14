package org.studygate.dicom.draw;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Small pictures side by side in one JPEG, row by row: one request and one decoding for sixteen.
/// A cell is a multiple of the blocks of a JPEG, so that neighbours do not bleed into each other.
public final class Sheet {
  public static final int CELL = 128;
  public static final int SIDE = 4;
  public static final int CELLS = SIDE * SIDE;

  private static final float QUALITY = 0.7f;
  private static final int BLOCK = 16;
  private static final int PIXELS = SIDE * CELL;

  private final byte[] rgb = new byte[PIXELS * PIXELS * 3];
  private boolean coloured;

  /// Lays a small picture at the top left of its cell, as large as the picture that it stands for,
  /// at most the cell. One that cannot be read leaves its cell black.
  public void put(int cell, byte[] small, int columns, int rows) {
    read(small).ifPresent(tile -> lay(cell, tile, columns, rows));
  }

  private static Optional<Raster> read(byte[] jpeg) {
    try {
      var image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)));
      return Optional.ofNullable(image).map(one -> one.getRaster());
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  /// Its edge goes on to the end of the block: black beside it would shine through. It may differ
  /// by a row from what its picture's sides tell, since both were rounded.
  private void lay(int cell, Raster tile, int columns, int rows) {
    var longer = Math.max(columns, rows);
    var width = blocks(longer <= CELL ? columns : JpegWriter.scaled(columns, CELL, longer));
    var height = blocks(longer <= CELL ? rows : JpegWriter.scaled(rows, CELL, longer));
    var samples = tile.getNumBands();
    coloured |= samples == 3;
    var line = new int[tile.getWidth() * samples];
    for (var y = 0; y < height; y++) {
      tile.getPixels(0, Math.min(y, tile.getHeight() - 1), tile.getWidth(), 1, line);
      var at = ((cell / SIDE * CELL + y) * PIXELS + cell % SIDE * CELL) * 3;
      for (var x = 0; x < width; x++) {
        var from = Math.min(x, tile.getWidth() - 1) * samples;
        for (var sample = 0; sample < 3; sample++) {
          rgb[at++] = (byte) line[from + (samples == 3 ? sample : 0)];
        }
      }
    }
  }

  private static int blocks(int side) {
    return Math.ceilDiv(side, BLOCK) * BLOCK;
  }

  public byte[] jpeg() throws IOException {
    if (coloured) {
      return JpegWriter.encode(rgb, PIXELS, PIXELS, 3, QUALITY);
    }
    var grey = new byte[PIXELS * PIXELS];
    for (var i = 0; i < grey.length; i++) {
      grey[i] = rgb[3 * i];
    }
    return JpegWriter.encode(grey, PIXELS, PIXELS, 1, QUALITY);
  }
}
