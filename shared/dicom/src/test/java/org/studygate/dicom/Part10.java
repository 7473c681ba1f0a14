package org.studygate.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.studygate.dicom.guard.Tags;

/// Writes DICOM byte by byte, right or wrong: tests need files that no library would write.
public final class Part10 {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
  private final boolean explicit;
  private final boolean bigEndian;

  private Part10(boolean explicit, boolean bigEndian) {
    this.explicit = explicit;
    this.bigEndian = bigEndian;
  }

  public static Part10 explicit() {
    return new Part10(true, false);
  }

  public static Part10 implicit() {
    return new Part10(false, false);
  }

  public static Part10 explicitBig() {
    return new Part10(true, true);
  }

  /// Preamble, mark and meta information in front of a data set.
  public static byte[] file(String sopClass, String sopUid, String syntax, byte[] dataset) {
    var meta =
        explicit()
            .element(0x00020001, "OB", new byte[] {0, 1})
            .text(0x00020002, "UI", sopClass)
            .text(0x00020003, "UI", sopUid)
            .text(0x00020010, "UI", syntax)
            .text(0x00020012, "UI", "2.25.73140205721")
            .bytes();
    var file = new ByteArrayOutputStream(dataset.length + 512);
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(explicit().number32(0x00020000, "UL", meta.length).bytes());
    file.writeBytes(meta);
    file.writeBytes(dataset);
    return file.toByteArray();
  }

  public Part10 text(int tag, String vr, String value) {
    return element(tag, vr, value.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Part10 number16(int tag, String vr, int... values) {
    var bytes = new byte[2 * values.length];
    for (var i = 0; i < values.length; i++) {
      bytes[2 * i] = (byte) (bigEndian ? values[i] >> 8 : values[i]);
      bytes[2 * i + 1] = (byte) (bigEndian ? values[i] : values[i] >> 8);
    }
    return element(tag, vr, bytes);
  }

  public Part10 number32(int tag, String vr, long value) {
    var part = new Part10(explicit, bigEndian);
    part.int32(value);
    return element(tag, vr, part.bytes());
  }

  /// An element whose value is padded to an even length as its representation demands.
  public Part10 element(int tag, String vr, byte[] value) {
    header(tag, vr, value.length + (value.length & 1));
    out.writeBytes(value);
    if (value.length % 2 != 0) {
      out.write(vr.equals("UI") || vr.startsWith("O") || vr.equals("UN") ? 0 : ' ');
    }
    return this;
  }

  /// Tag, representation and length alone; the length may lie. -1 is the undefined one.
  public Part10 header(int tag, String vr, long length) {
    tag(tag);
    if (!explicit) {
      int32(length);
    } else {
      out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
      if ("OB OD OF OL OV OW SQ SV UC UN UR UT UV".contains(vr)) {
        int16(0);
        int32(length);
      } else {
        int16((int) length);
      }
    }
    return this;
  }

  /// An item or a delimiter.
  public Part10 mark(int tag, long length) {
    tag(tag);
    int32(length);
    return this;
  }

  /// A sequence of undefined length with one item of undefined length.
  public Part10 sequence(int tag, byte[] content) {
    return header(tag, "SQ", -1)
        .mark(Tags.ITEM, -1)
        .raw(content)
        .mark(Tags.ITEM_END, 0)
        .mark(Tags.SEQUENCE_END, 0);
  }

  public Part10 raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  private void tag(int tag) {
    int16(tag >>> 16);
    int16(tag);
  }

  private void int16(int value) {
    out.write(bigEndian ? value >> 8 : value);
    out.write(bigEndian ? value : value >> 8);
  }

  private void int32(long value) {
    int16((int) (bigEndian ? value >> 16 : value));
    int16((int) (bigEndian ? value : value >> 16));
  }
}
