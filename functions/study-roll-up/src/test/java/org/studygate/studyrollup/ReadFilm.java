package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/// A film as somebody else reads it, by docs/film.md alone.
@SuppressWarnings("ArrayRecordComponent") // bytes of a test
record ReadFilm(int middle, long sheetsEnd, List<Shot> pictures, List<Sheet> sheets) {
  record Shot(int at, byte[] jpeg, int columns, int rows) {}

  record Sheet(int first, byte[] jpeg) {}

  static ReadFilm of(byte[] film) {
    var in = ByteBuffer.wrap(film).order(ByteOrder.LITTLE_ENDIAN);
    var magic = new byte[4];
    in.get(magic);
    assertThat(magic).asString().isEqualTo("SGFM");
    assertThat(new int[] {in.get(), in.get(), in.getShort(), in.get(), in.get(), in.getShort()})
        .containsExactly(1, 1, 128, 4, 4, 0);
    var n = in.getInt();
    var s = in.getInt();
    var middle = in.getInt();
    var sheetsEnd = in.getInt();
    var firsts = new int[s];
    var lengths = new int[s];
    for (var i = 0; i < s; i++) {
      firsts[i] = in.getInt();
      lengths[i] = in.getInt();
    }
    var sides = new int[n][];
    for (var i = 0; i < n; i++) {
      sides[i] = new int[] {in.getInt(), in.getShort() & 0xFFFF, in.getShort() & 0xFFFF};
    }
    var first = shot(in, sides[middle]);
    var sheets = new ArrayList<Sheet>();
    for (var i = 0; i < s; i++) {
      sheets.add(new Sheet(firsts[i], bytes(in, lengths[i])));
    }
    assertThat(in.position()).isEqualTo(sheetsEnd);
    var pictures = new ArrayList<Shot>();
    for (var i = 0; i < n; i++) {
      pictures.add(i == middle ? first : shot(in, sides[i]));
    }
    assertThat(in.hasRemaining()).isFalse();
    return new ReadFilm(middle, sheetsEnd, pictures, sheets);
  }

  private static Shot shot(ByteBuffer in, int[] sides) {
    return new Shot(in.position(), bytes(in, sides[0]), sides[1], sides[2]);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /// The cell of a picture, the whole of it.
  BufferedImage cell(int picture) throws IOException {
    var sheet =
        sheets.stream()
            .filter(one -> picture >= one.first() && picture < one.first() + 16)
            .findFirst()
            .orElseThrow();
    var image = ImageIO.read(new ByteArrayInputStream(sheet.jpeg()));
    var cell = picture - sheet.first();
    return image.getSubimage(cell % 4 * 128, cell / 4 * 128, 128, 128);
  }
}
