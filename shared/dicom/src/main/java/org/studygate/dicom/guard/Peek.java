package org.studygate.dicom.guard;

import java.io.IOException;

/// Looks at the headers of a file through a window of 16 KiB, or a small one for glances far ahead:
/// numbers at any place, in either byte order.
public final class Peek {
  private static final int SIZE = 16_384;

  private final Bytes source;
  private final byte[] bytes;
  private long start;
  private int length;

  public Peek(Bytes source) {
    this(source, SIZE);
  }

  Peek(Bytes source, int size) {
    this.source = source;
    this.bytes = new byte[size];
  }

  /// Whether these bytes can be looked at without reading.
  boolean holds(long position, int count) {
    return position >= start && position + count <= start + length;
  }

  /// Where in [#bytes] the `count` bytes at `position` now lie; the caller has checked that they
  /// exist.
  private int at(long position, int count) throws IOException {
    if (position < start || position + count > start + length) {
      var wanted = (int) Math.min(bytes.length, source.length() - position);
      source.read(position, bytes, 0, wanted);
      start = position;
      length = wanted;
    }
    return (int) (position - start);
  }

  int unsignedByte(long position) throws IOException {
    return bytes[at(position, 1)] & 0xFF;
  }

  public int unsignedShort(long position, boolean bigEndian) throws IOException {
    var at = at(position, 2);
    var first = bytes[at] & 0xFF;
    var second = bytes[at + 1] & 0xFF;
    return bigEndian ? (first << 8) | second : (second << 8) | first;
  }

  public long unsignedInt(long position, boolean bigEndian) throws IOException {
    at(position, 4);
    long first = unsignedShort(position, bigEndian);
    long second = unsignedShort(position + 2, bigEndian);
    return bigEndian ? (first << 16) | second : (second << 16) | first;
  }

  int tag(long position, boolean bigEndian) throws IOException {
    at(position, 4);
    return (unsignedShort(position, bigEndian) << 16) | unsignedShort(position + 2, bigEndian);
  }

  /// Seven-bit text without the padding; anything else shows as `?`. At most 128 bytes are asked
  /// for.
  String text(long position, int count) throws IOException {
    var at = at(position, count);
    var text = new StringBuilder(count);
    for (var i = 0; i < count; i++) {
      var c = bytes[at + i];
      text.append(c >= 0 ? (char) c : '?');
    }
    var end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) == ' ')) {
      end--;
    }
    return text.substring(0, end);
  }
}
