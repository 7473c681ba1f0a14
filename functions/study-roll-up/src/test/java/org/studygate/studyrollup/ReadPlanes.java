package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.studygate.json.JsonObject;

/// Exact pixels as somebody else reads them, by docs/planes.md alone.
@SuppressWarnings("ArrayRecordComponent") // bytes of a test
record ReadPlanes(List<Entry> frames, List<String> facts, int headEnd) {
  record Entry(int columns, int rows, int channels, int width, int facts, byte[] packed) {
    boolean there() {
      return packed.length > 0;
    }

    /// Interleaved, without a sign.
    int[] samples() {
      var pixels = columns * rows;
      var bytes = new byte[pixels * channels * width];
      try (var inflater = new Inflater(true)) {
        inflater.setInput(packed);
        assertThat(inflater.inflate(bytes)).isEqualTo(bytes.length);
      } catch (DataFormatException damaged) {
        throw new AssertionError(damaged);
      }
      var samples = new int[pixels * channels];
      for (var channel = 0; channel < channels; channel++) {
        var values = new int[pixels];
        for (var i = 0; i < pixels; i++) {
          var low = channel * pixels * width + i;
          var folded = (bytes[low] & 0xFF) | (width == 2 ? (bytes[low + pixels] & 0xFF) << 8 : 0);
          var left = i % columns > 0 ? values[i - 1] : 0;
          var above = i >= columns ? values[i - columns] : 0;
          var predicted =
              i < columns
                  ? left
                  : i % columns == 0
                      ? above
                      : (3 * (left + above) - 2 * values[i - columns - 1]) >> 2;
          values[i] = (predicted + ((folded >>> 1) ^ -(folded & 1))) & (width == 2 ? 0xFFFF : 0xFF);
          samples[i * channels + channel] = values[i];
        }
      }
      return samples;
    }
  }

  static ReadPlanes of(byte[] object) throws IOException {
    var in = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
    var magic = new byte[4];
    in.get(magic);
    assertThat(magic).asString().isEqualTo("SGPL");
    assertThat(in.getInt()).isEqualTo(1);
    var n = in.getInt();
    var size = in.getInt();
    var table = new int[n][];
    for (var i = 0; i < n; i++) {
      table[i] =
          new int[] {
            in.getInt(),
            in.getShort() & 0xFFFF,
            in.getShort() & 0xFFFF,
            in.get(),
            in.get(),
            in.getShort() & 0xFFFF
          };
    }
    var said = bytes(in, size);
    var headEnd = in.position();
    var frames = new ArrayList<Entry>();
    for (var one : table) {
      frames.add(new Entry(one[1], one[2], one[3], one[4], one[5], bytes(in, one[0])));
    }
    assertThat(in.hasRemaining()).isFalse();
    return new ReadPlanes(frames, facts(said), headEnd);
  }

  private static List<String> facts(byte[] packed) throws IOException {
    var inflater = new Inflater(true);
    try (var in = new InflaterInputStream(new java.io.ByteArrayInputStream(packed), inflater)) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var whole = JsonObject.parse(("{\"all\":" + text + "}").getBytes(StandardCharsets.UTF_8));
      assertThat(whole.names()).containsExactly("all");
      return List.of(
          text.substring(1, text.length() - 1).split("(?<=\\}|null),(?=\\{\"bits|null)"));
    } finally {
      inflater.end();
    }
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
