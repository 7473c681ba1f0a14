package org.studygate.dicom.video;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Cuts a stream of H.264 where its start codes stand (Annex B).
final class Units {
  private static final int MOST = 32 << 20; // bytes of one unit: far more than any picture has

  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private int at;
  private int end;
  private byte[] unit = new byte[64 << 10];
  private int length;
  private boolean begun;

  Units(InputStream in) {
    this.in = in;
  }

  /// The next unit without its start code and the zeros behind it; empty at the end.
  Optional<byte[]> next() throws IOException, BadVideo {
    var zeros = 0;
    for (int one = read(); one >= 0; one = read()) {
      if (one == 1 && zeros >= 2) {
        var whole = taken(length - zeros);
        if (begun && whole.length > 0) {
          return Optional.of(whole);
        }
        begun = true;
        zeros = 0;
        continue;
      }
      zeros = one == 0 ? zeros + 1 : 0;
      keep(one);
    }
    var last = taken(length - zeros);
    return begun && last.length > 0 ? Optional.of(last) : Optional.empty();
  }

  private byte[] taken(int many) {
    var whole = Arrays.copyOf(unit, Math.max(0, many));
    length = 0;
    return whole;
  }

  private void keep(int one) throws BadVideo {
    if (length == unit.length) {
      if (length >= MOST) {
        throw new BadVideo("a unit that is too long");
      }
      unit = Arrays.copyOf(unit, 2 * length);
    }
    unit[length++] = (byte) one;
  }

  private int read() throws IOException {
    if (at == end) {
      end = in.read(buffer);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xFF;
  }
}
