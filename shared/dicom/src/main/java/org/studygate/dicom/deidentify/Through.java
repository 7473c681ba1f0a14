package org.studygate.dicom.deidentify;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Offsets;
import org.studygate.dicom.guard.Tags;

/// The fragments of an image as one stream, on their way into a copy: each byte is passed on or
/// becomes zero, so that no fragment changes its length and every table of offsets stays true.
final class Through {
  private final Bytes source;
  private final Offsets fragments; // offset, length, offset, length ...
  private final OutputStream out;
  private final byte[] buffer = new byte[64 << 10];
  private int at;
  private int filled;
  private int reading; // of `fragments`
  private long read; // of that one
  private int writing;
  private long left;

  Through(Bytes source, Offsets fragments, OutputStream out) {
    this.source = source;
    this.fragments = fragments;
    this.out = out;
  }

  /// Whether so many bytes lie ahead; at most a quarter of the buffer can be asked for.
  boolean has(int count) throws IOException {
    while (filled - at < count && reading < fragments.size()) {
      if (at > 0 && filled == buffer.length) {
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
        at = 0;
      }
      var some = (int) Math.min(buffer.length - filled, fragments.get(reading + 1) - read);
      source.read(fragments.get(reading) + read, buffer, filled, some);
      filled += some;
      read += some;
      if (read == fragments.get(reading + 1)) {
        reading += 2;
        read = 0;
      }
    }
    return filled - at >= count;
  }

  /// The byte that lies so far ahead; it has been asked for.
  int peek(int ahead) {
    return buffer[at + ahead] & 0xFF;
  }

  long unsigned(int ahead, int bytes) {
    var value = 0L;
    for (var i = 0; i < bytes; i++) {
      value = (value << 8) | peek(ahead + i);
    }
    return value;
  }

  void pass(long count) throws IOException {
    go(count, false);
  }

  void blank(long count) throws IOException {
    go(count, true);
  }

  /// Passes on what stands before the next byte of this value.
  void passUntil(int value) throws IOException {
    while (has(1)) {
      var end = at;
      while (end < filled && (buffer[end] & 0xFF) != value) {
        end++;
      }
      var found = end < filled;
      pass(end - at);
      if (found) {
        return;
      }
    }
  }

  /// Blanks what stands before the next two bytes of this value, or all.
  void blankUntil(int first, int second) throws IOException {
    while (has(2) && (peek(0) != first || peek(1) != second)) {
      var end = at + 1;
      while (end < filled - 1
          && ((buffer[end] & 0xFF) != first || (buffer[end + 1] & 0xFF) != second)) {
        end++;
      }
      blank(end - at);
    }
    if (!has(2)) {
      blank(filled - at);
    }
  }

  /// Fragments without a byte have a header all the same.
  void finish() throws IOException {
    while (left == 0 && writing < fragments.size()) {
      header();
    }
  }

  private void go(long count, boolean blank) throws IOException {
    var remaining = count;
    while (remaining > 0 && has(1)) {
      var some = (int) Math.min(remaining, filled - at);
      if (blank) {
        Arrays.fill(buffer, at, at + some, (byte) 0);
      }
      write(some);
      remaining -= some;
    }
  }

  private void write(int count) throws IOException {
    var end = at + count;
    while (at < end) {
      while (left == 0) {
        header();
      }
      var some = (int) Math.min(left, end - at);
      out.write(buffer, at, some);
      at += some;
      left -= some;
    }
  }

  private void header() throws IOException {
    left = fragments.get(writing + 1);
    writing += 2;
    mark(out, Tags.ITEM, left);
  }

  /// An item or a delimiter, little endian as all that is encapsulated.
  static void mark(OutputStream out, int tag, long length) throws IOException {
    int16(out, tag >>> 16);
    int16(out, tag);
    int16(out, (int) length);
    int16(out, (int) (length >>> 16));
  }

  private static void int16(OutputStream out, int value) throws IOException {
    out.write(value);
    out.write(value >> 8);
  }
}
