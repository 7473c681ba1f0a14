package org.studygate.dicom.deidentify;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Offsets;
import org.studygate.dicom.guard.Walked;

/// Tables that say where frames begin. One of which a single entry is no such place goes: whoever
/// reads finds the frames without it, and anything could stand there.
final class Tables {
  private static final int ITEM = 8; // the head of a fragment

  private final Bytes source;
  private final Set<Long> places = new HashSet<>();
  private final long all;

  Tables(Bytes source, Offsets fragments) {
    this.source = source;
    var bytes = 0L;
    for (var i = 0; i < fragments.size(); i += 2) {
      places.add(fragments.get(i) - fragments.get(0));
      bytes += fragments.get(i + 1) + ITEM;
    }
    this.all = bytes;
  }

  /// Whether each entry is the place of a fragment.
  boolean leads(Walked.Span table, int width) throws IOException {
    for (var at = 0L; at + width <= table.length(); at += width) {
      if (!places.contains(entry(table, at, width))) {
        return false;
      }
    }
    return table.length() % width == 0;
  }

  /// Whether each entry can be the length of a frame.
  boolean measures(Walked.Span table) throws IOException {
    for (var at = 0L; at + Long.BYTES <= table.length(); at += Long.BYTES) {
      var length = entry(table, at, Long.BYTES);
      if (length < 0 || length > all) {
        return false;
      }
    }
    return table.length() % Long.BYTES == 0;
  }

  private long entry(Walked.Span table, long at, int width) throws IOException {
    var bytes = source.copy(table.offset() + at, width);
    var value = 0L;
    for (var i = width - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xFF);
    }
    return value;
  }
}
