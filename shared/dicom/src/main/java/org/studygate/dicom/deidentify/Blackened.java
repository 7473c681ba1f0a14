package org.studygate.dicom.deidentify;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.FrameDecoder;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// The frames of a picture, decoded and with its regions black, on their way into an uncompressed
/// copy. One frame is held at a time, so those of several are decoded twice: first to know that all
/// can be and how wide their values are, before a byte is written.
///
/// @param only the frame that was decoded, where it is the only one
/// @param layout how they are written
record Blackened(
    FrameDecoder frames,
    Decoder decoder,
    Shading shading,
    List<Mask.Region> regions,
    Optional<Frame> only,
    Layout layout) {
  private static final String RGB = "RGB";

  /// What lies below the regions is told by these, too: the least and greatest values.
  private static final List<Integer> EXTENTS =
      List.of(0x0028_0106, 0x0028_0107, 0x0028_0108, 0x0028_0109, 0x0028_0110, 0x0028_0111);

  /// Where the file that was compressed does not say that something was lost.
  private static final List<TransferSyntax> LOSSY =
      List.of(
          TransferSyntax.JPEG_BASELINE,
          TransferSyntax.JPEG_EXTENDED,
          TransferSyntax.JPEG_SPECTRAL,
          TransferSyntax.JPEG_PROGRESSIVE,
          TransferSyntax.JPEG_LS_NEAR,
          TransferSyntax.JPEG_2000);

  /// @param allocated bits of a sample: 1, 8, 16 or 32
  /// @param stored the lowest of them
  record Layout(int samples, String photometric, int allocated, int stored) {
    long bits(DicomHeader.Image image) {
      return (long) image.rows() * image.columns() * samples * allocated;
    }
  }

  /// Empty where a frame cannot be decoded, or all together are more than a file may be.
  static Optional<Blackened> of(
      FrameDecoder frames, Decoder decoder, Shading shading, List<Mask.Region> regions)
      throws IOException {
    if (frames.walked().pixels().filter(pixels -> pixels.tag() == Tags.PIXELS).isEmpty()) {
      return Optional.empty(); // fractions, which decoding makes coarser
    }
    var image = frames.image();
    var only = Optional.<Frame>empty();
    var samples = 0;
    var photometric = RGB;
    var stored = image.bitsStored();
    for (var i : tried(frames)) {
      if (!(frames.decode(i, decoder) instanceof Frame frame)
          || (i > 0 && frame.samplesPerPixel() != samples)) {
        return Optional.empty();
      }
      only = image.frames() == 1 ? Optional.of(frame) : Optional.empty();
      samples = frame.samplesPerPixel();
      photometric = samples == 3 ? RGB : frame.photometric(); // RGB is right in every class
      stored = Math.max(stored, needed(frame.samples(), image.signed()));
    }
    var layout = new Layout(samples, photometric, allocated(stored, image), stored);
    return layout.bits(image) * image.frames() / 8 > frames.limits().fileBytes()
        ? Optional.empty()
        : Optional.of(new Blackened(frames, decoder, shading, regions, only, layout));
  }

  /// Uncompressed ones are all alike, and the last lies farthest.
  private static int[] tried(FrameDecoder frames) {
    var count = frames.image().frames();
    return frames.walked().syntax().encapsulated()
        ? IntStream.range(0, count).toArray()
        : IntStream.of(0, count - 1).distinct().toArray();
  }

  /// A stream may have more bits than the file says.
  private static int needed(int[] samples, boolean signed) {
    var used = 0;
    for (var sample : samples) {
      used |= signed && sample < 0 ? ~sample : sample;
    }
    return 32 - Integer.numberOfLeadingZeros(used) + (signed ? 1 : 0);
  }

  private static int allocated(int stored, DicomHeader.Image image) {
    if (stored == 1 && image.bitsAllocated() == 1) {
      return 1;
    }
    return stored > 16 || image.bitsAllocated() > 16
        ? 32
        : stored > 8 || image.bitsAllocated() > 8 ? 16 : 8;
  }

  /// Says in the copy's header how its pixels lie and that no words are burned in.
  void describe(Attributes dataset) {
    number(dataset, Tag.SamplesPerPixel, layout.samples());
    text(dataset, Tag.PhotometricInterpretation, layout.photometric());
    if (layout.samples() == 1) {
      dataset.remove(Tag.PlanarConfiguration);
    } else {
      number(dataset, Tag.PlanarConfiguration, 0);
    }
    number(dataset, Tag.BitsAllocated, layout.allocated());
    number(dataset, Tag.BitsStored, layout.stored());
    number(dataset, Tag.HighBit, layout.stored() - 1);
    number(dataset, Tag.PixelRepresentation, frames.image().signed() ? 1 : 0);
    text(dataset, Tag.BurnedInAnnotation, "NO");
    if (LOSSY.contains(frames.walked().syntax())
        && !dataset.containsValue(Tag.LossyImageCompression)) {
      text(dataset, Tag.LossyImageCompression, "01");
    }
    EXTENTS.forEach(dataset::remove);
  }

  private static void number(Attributes dataset, int tag, int value) {
    dataset.setInt(tag, VR.US, value);
  }

  private static void text(Attributes dataset, int tag, String value) {
    dataset.setString(tag, VR.CS, value);
  }

  VR representation() {
    return layout.allocated() > 8 ? VR.OW : VR.OB;
  }

  /// Of all frames, and the byte that makes it even.
  long length() {
    var bytes = (layout.bits(frames.image()) * frames.image().frames() + 7) / 8;
    return bytes + bytes % 2;
  }

  /// Writes [#length] bytes.
  void write(OutputStream out) throws IOException {
    var packed = new Packed(out, layout.allocated());
    for (var i = 0; i < frames.image().frames(); i++) {
      var frame = coloured(frame(i));
      new Black(shading, layout.stored(), frames.image().signed()).fill(frame, i, regions);
      packed.write(frame.samples());
    }
    packed.finish();
  }

  private Frame frame(int index) throws IOException {
    if (only.isPresent()) {
      return only.get();
    }
    if (frames.decode(index, decoder) instanceof Frame decoded
        && decoded.samplesPerPixel() == layout.samples()) {
      return decoded;
    }
    throw new IOException("a frame that could be decoded cannot be any more");
  }

  private Frame coloured(Frame frame) {
    if (frame.photometric().startsWith("YBR_")) {
      rgb(frame);
    }
    return new Frame(
        frame.columns(),
        frame.rows(),
        frame.samplesPerPixel(),
        layout.photometric(),
        frame.samples());
  }

  /// As the picture is drawn elsewhere; the transforms of JPEG 2000 are none where its decoder has
  /// not undone them.
  private void rgb(Frame frame) {
    var partial = frame.photometric().startsWith("YBR_PARTIAL"); // black is 16, white 235
    if (!partial && !frame.photometric().startsWith("YBR_FULL")) {
      return;
    }
    var unit = 1 << Math.max(0, layout.stored() - 8);
    var most = (1L << layout.stored()) - 1;
    var samples = frame.samples();
    for (var i = 0; i < samples.length; i += 3) {
      var y = partial ? 1.164384 * (samples[i] - 16 * unit) : samples[i];
      var b = samples[i + 1] - 128 * unit;
      var r = samples[i + 2] - 128 * unit;
      samples[i] = level(y + (partial ? 1.596027 : 1.402) * r, most);
      samples[i + 1] =
          level(
              y - (partial ? 0.391762 : 0.344136) * b - (partial ? 0.812968 : 0.714136) * r, most);
      samples[i + 2] = level(y + (partial ? 2.017232 : 1.772) * b, most);
    }
  }

  private static int level(double value, long most) {
    return (int) Math.clamp(Math.round(value), 0L, most);
  }

  /// Bits one after the other from the lowest of the first byte on, so that a frame of single ones
  /// may begin within a byte.
  private static final class Packed {
    private final OutputStream out;
    private final int width;
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int bits;
    private int count;
    private boolean odd;

    Packed(OutputStream out, int width) {
      this.out = out;
      this.width = width;
    }

    void write(int[] samples) throws IOException {
      if (width == 1) {
        for (var sample : samples) {
          bit(sample);
        }
        return;
      }
      for (var sample : samples) {
        if (at == buffer.length) {
          flush();
        }
        for (var shift = 0; shift < width; shift += 8) {
          buffer[at++] = (byte) (sample >> shift);
        }
      }
    }

    private void bit(int value) throws IOException {
      bits |= (value & 1) << count++;
      if (count == 8) {
        if (at == buffer.length) {
          flush();
        }
        buffer[at++] = (byte) bits;
        bits = 0;
        count = 0;
      }
    }

    private void flush() throws IOException {
      out.write(buffer, 0, at);
      odd ^= at % 2 != 0;
      at = 0;
    }

    /// With the byte that makes them even.
    void finish() throws IOException {
      if (count > 0) {
        for (var rest = 8 - count; rest > 0; rest--) {
          bit(0);
        }
      }
      flush();
      if (odd) {
        out.write(0);
      }
    }
  }
}
