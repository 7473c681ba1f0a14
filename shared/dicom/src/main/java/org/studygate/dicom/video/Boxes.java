package org.studygate.dicom.video;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Writes the boxes of an MP4 file (ISO/IEC 14496-12, 4.2): numbers are big endian, and each box
/// has its length before it.
final class Boxes {
  private final Deque<ByteArrayOutputStream> open = new ArrayDeque<>();

  Boxes() {
    open.push(new ByteArrayOutputStream());
  }

  Boxes begin(String type) {
    open.push(new ByteArrayOutputStream());
    return text(type);
  }

  /// With its version and flags.
  Boxes begin(String type, int version, int flags) {
    return begin(type).number(version << 24 | flags);
  }

  Boxes end() {
    var box = open.pop();
    number(box.size() + 4);
    open.element().writeBytes(box.toByteArray());
    return this;
  }

  Boxes text(String four) {
    return bytes(four.getBytes(StandardCharsets.ISO_8859_1));
  }

  Boxes number(long value) {
    return small((int) (value >> 16)).small((int) value);
  }

  Boxes numbers(long... values) {
    for (var value : values) {
      number(value);
    }
    return this;
  }

  Boxes small(int value) {
    return one(value >> 8).one(value);
  }

  Boxes one(int value) {
    open.element().write(value);
    return this;
  }

  Boxes zeros(int many) {
    return bytes(new byte[many]);
  }

  Boxes bytes(byte[] some) {
    open.element().writeBytes(some);
    return this;
  }

  byte[] written() {
    return open.element().toByteArray();
  }
}
