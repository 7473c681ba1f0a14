package org.studygate.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// A video in DICOM's clothing: 25 frames of 64 x 48.
public final class MadeVideo {
  private MadeVideo() {}

  /// A stream that lies among the tests of `dicom.video`.
  public static byte[] stream(String name) {
    try (var in = MadeVideo.class.getResourceAsStream("video/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static Bytes file(byte[] stream, double millis, int fragments) {
    return Bytes.of(bytes(TransferSyntax.MPEG4_FRAGMENTED, stream, millis, fragments));
  }

  /// @param millis that a frame is shown, 0 for a file that does not say
  public static byte[] bytes(TransferSyntax syntax, byte[] stream, double millis, int fragments) {
    var dataset =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.4")
            .text(0x00080050, "SH", "A-1")
            .text(0x00080060, "CS", "ES")
            .text(0x00181063, "DS", millis > 0 ? Double.toString(millis) : "")
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.1")
            .number16(0x00280002, "US", 3)
            .text(0x00280004, "CS", "YBR_PARTIAL_420")
            .number16(0x00280006, "US", 0)
            .text(0x00280008, "IS", "25")
            .number16(0x00280010, "US", 48)
            .number16(0x00280011, "US", 64)
            .number16(0x00280100, "US", 8)
            .number16(0x00280101, "US", 8)
            .number16(0x00280102, "US", 7)
            .number16(0x00280103, "US", 0)
            .header(Tags.PIXELS, "OB", -1)
            .mark(Tags.ITEM, 0);
    var each = Math.max(2, (stream.length / fragments + 1) & ~1);
    for (var at = 0; at < stream.length; at += each) {
      var some = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + each));
      var even = Arrays.copyOf(some, some.length + (some.length & 1));
      dataset.mark(Tags.ITEM, even.length).raw(even);
    }
    dataset.mark(Tags.SEQUENCE_END, 0);
    return Part10.file(DicomFixtures.CT_IMAGE, "1.2.3.4", syntax.uid(), dataset.bytes());
  }
}
