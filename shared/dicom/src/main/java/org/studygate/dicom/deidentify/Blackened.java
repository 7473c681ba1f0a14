package org.studygate.dicom.deidentify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
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
/// copy. One frame is held at a time, so each is decoded twice: first to know that all can be and
/// how wide their values are, before a byte is written.
///
/// @param layout how they are written
record Blackened(
    FrameDecoder frames,
    Decoder decoder,
    Shading shading,
    List<Mask.Region> regions,
    Layout layout) {
  private static final String YBR = "YBR_FULL";
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
    var samples = 0;
    var photometric = "";
    var stored = image.bitsStored();
    for (var i = 0; i < image.frames(); i++) {
      if (!(frames.decode(i, decoder) instanceof Frame frame)
          || (i > 0 && frame.samplesPerPixel() != samples)) {
        return Optional.empty();
      }
      samples = frame.samplesPerPixel();
      var written = written(frame.photometric());
      photometric = i == 0 || photometric.equals(written) ? written : RGB;
      stored = Math.max(stored, needed(frame.samples(), image.signed()));
    }
    var layout = new Layout(samples, photometric, allocated(stored, image), stored);
    return layout.bits(image) * image.frames() / 8 > frames.limits().fileBytes()
        ? Optional.empty()
        : Optional.of(new Blackened(frames, decoder, shading, regions, layout));
  }

  /// How an uncompressed file names it, every pixel having a colour of its own.
  private static String written(String photometric) {
    return switch (photometric) {
      case YBR, "YBR_FULL_422" -> YBR;
      case "MONOCHROME1", "MONOCHROME2", "PALETTE COLOR" -> photometric;
      default -> RGB;
    };
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
    var buffered = new BufferedOutputStream(out, 64 << 10); // closing is the caller's
    var packed = new Packed(buffered);
    for (var i = 0; i < frames.image().frames(); i++) {
      if (!(frames.decode(i, decoder) instanceof Frame decoded)
          || decoded.samplesPerPixel() != layout.samples()) {
        throw new IOException("a frame that could be decoded cannot be any more");
      }
      var frame = coloured(decoded);
      new Black(shading, layout.stored(), frames.image().signed()).fill(frame, i, regions);
      for (var sample : frame.samples()) {
        if (layout.allocated() == 1) {
          packed.bit(sample);
        } else {
          for (var shift = 0; shift < layout.allocated(); shift += 8) {
            buffered.write(sample >> shift);
          }
        }
      }
    }
    packed.finish();
    if ((layout.bits(frames.image()) * frames.image().frames() + 7) / 8 % 2 != 0) {
      buffered.write(0);
    }
    buffered.flush();
  }

  private Frame coloured(Frame frame) {
    var to = layout.photometric();
    if (to.equals(RGB) && frame.photometric().startsWith("YBR_")) {
      rgb(frame);
    }
    return new Frame(frame.columns(), frame.rows(), frame.samplesPerPixel(), to, frame.samples());
  }

  /// As the picture is drawn elsewhere; the transforms of JPEG 2000 are none where its decoder has
  /// not undone them.
  private void rgb(Frame frame) {
    var partial = frame.photometric().startsWith("YBR_PARTIAL"); // black is 16, white 235
    if (!partial && !frame.photometric().startsWith(YBR)) {
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

  /// Bits one after the other from the lowest of the first byte on; a frame may begin within one.
  private static final class Packed {
    private final OutputStream out;
    private int bits;
    private int count;

    Packed(OutputStream out) {
      this.out = out;
    }

    void bit(int value) throws IOException {
      bits |= (value & 1) << count++;
      if (count == 8) {
        out.write(bits);
        bits = 0;
        count = 0;
      }
    }

    void finish() throws IOException {
      if (count > 0) {
        out.write(bits);
      }
    }
  }
}
