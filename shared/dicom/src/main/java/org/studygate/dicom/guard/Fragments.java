package org.studygate.dicom.guard;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/// Finds compressed image data in a file that is not sound: an offset table, then fragments, until
/// the delimiter or what stands where it should.
final class Fragments {
  private static final int PEEK = 1024;

  private final Readings readings;
  private final Peek window;
  private final Set<Mended> notes;
  private final byte[] buffer = new byte[8192];

  Fragments(Readings readings, Set<Mended> notes) {
    this.readings = readings;
    this.window = readings.window();
    this.notes = notes;
  }

  /// @param places offset, length, offset, length ..., the table first
  /// @param end what stands behind them
  record Lie(Offsets places, long end) {
    int items() {
      return places.size() / 2;
    }
  }

  /// @param delimited they have no length of their own, and end with a delimiter
  /// @param most items that there may be
  Lie find(long from, long end, boolean delimited, boolean bigEndian, int most)
      throws IOException, Refusal {
    if (!delimited) {
      notes.add(Mended.LENGTHS);
    }
    var places = new Offsets.Builder();
    var at = from;
    while (true) {
      if (end - at < 8) {
        if (delimited) {
          notes.add(Mended.DELIMITERS);
        }
        return new Lie(places.build(), end);
      }
      var tag = window.tag(at, bigEndian);
      var length = window.unsignedInt(at + 4, bigEndian);
      if (tag == Tags.SEQUENCE_END) {
        if (length != 0) {
          notes.add(Mended.DELIMITERS);
        }
        return new Lie(places.build(), at + 8);
      }
      if (tag != Tags.ITEM) {
        if (places.size() > 0 && fragmentOrEnd(at + 1, end, bigEndian)) {
          notes.add(Mended.LENGTHS); // the byte that makes it even is not counted
          at++;
          continue;
        }
        notes.add(Mended.DELIMITERS);
        if (places.size() == 0 && Streams.at(window, at, end - at).isPresent()) {
          return bare(at, end, bigEndian);
        }
        return new Lie(places.build(), at); // what it is, its data set sees
      }
      if (places.size() / 2 >= most) {
        throw new Refusal(Reason.TOO_MANY_ITEMS, at);
      }
      at += 8;
      if (length == Readings.UNDEFINED) {
        notes.add(Mended.LENGTHS);
        var next = seek(at, end, bigEndian, true);
        length = (next < 0 ? end : next) - at;
      } else if (length > end - at) {
        last(places, at, end, bigEndian);
        return new Lie(places.build(), end);
      }
      if (places.size() == 0 && Streams.at(window, at, length).isPresent()) {
        notes.add(Mended.DELIMITERS); // the table is missing, be it an empty one
        places.add(at);
        places.add(0);
      }
      places.add(at);
      places.add(length);
      at += length;
    }
  }

  /// A compressed stream without anything around it but, perhaps, the delimiter.
  private Lie bare(long from, long end, boolean bigEndian) throws IOException {
    var delimiter = seek(from, end, bigEndian, false);
    var until = delimiter < 0 ? end : delimiter;
    var places = new Offsets.Builder();
    places.add(from);
    places.add(0);
    places.add(from);
    places.add(until - from);
    return new Lie(places.build(), delimiter < 0 ? end : delimiter + 8);
  }

  private boolean fragmentOrEnd(long at, long end, boolean bigEndian) throws IOException {
    if (end - at < 8) {
      return end == at;
    }
    var tag = window.tag(at, bigEndian);
    return tag == Tags.ITEM || tag == Tags.SEQUENCE_END;
  }

  /// A fragment that leads over the end of the file: whole if the delimiter stands there, or if its
  /// stream has an end (FFD9, in all that JPEG made); else left out.
  private void last(Offsets.Builder places, long from, long end, boolean bigEndian)
      throws IOException {
    var delimited =
        end - 8 > from
            && window.tag(end - 8, bigEndian) == Tags.SEQUENCE_END
            && window.unsignedInt(end - 4, bigEndian) == 0;
    var until = delimited ? end - 8 : end;
    while (!delimited
        && until > from
        && until > end - PEEK
        && window.unsignedByte(until - 1) == 0) {
      until--;
    }
    var whole = delimited || (until - from > 4 && window.unsignedShort(until - 2, true) == 0xFFD9);
    notes.add(whole ? Mended.LENGTHS : Mended.CUT);
    if (whole) {
      places.add(from);
      places.add(until - from);
    }
  }

  /// Where the next delimiter of a sequence, or an item, stands; -1 if nowhere. What was looked at
  /// is passed over then, so all looks together take one pass.
  long seek(long from, long end, boolean bigEndian, boolean items) throws IOException {
    var count = 256; // most are near
    for (var at = from; end - at >= 8; at += count - 3) {
      count = at == from ? count : buffer.length;
      var some = (int) Math.min(count, end - at);
      readings.source().read(at, buffer, 0, some);
      for (var i = 0; i + 4 <= some; i++) {
        var tag = delimiter(i, bigEndian);
        if (tag == Tags.SEQUENCE_END || (items && tag == Tags.ITEM)) {
          return at + i;
        }
      }
    }
    return -1;
  }

  private int delimiter(int at, boolean bigEndian) {
    if ((buffer[at] & 0xFE) != 0xFE || (buffer[at + 1] & 0xFE) != 0xFE) {
      return 0;
    }
    var four = ByteBuffer.wrap(buffer, at, 4).order(bigEndian ? BIG_ENDIAN : LITTLE_ENDIAN);
    return (four.getShort() << 16) | (four.getShort() & 0xFFFF);
  }
}
