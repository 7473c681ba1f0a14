package org.studygate.dicom.deidentify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.FrameDecoder;
import org.studygate.dicom.frame.FrameIndex;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Offsets;
import org.studygate.dicom.guard.Preflight;
import org.studygate.dicom.guard.Refusal;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.guard.Walked;
import org.studygate.dicom.header.DicomReader;

/// Copies a file without the person in it. What is held in memory is its header; pixels pass by, or
/// where a mask is put on them, one frame after the other.
public final class Deidentifying {
  /// Implementation class of what we write.
  private static final String WRITER = "2.25.181563250177930262108893327457921164402";

  private final Profile profile;
  private final Decoder decoder;

  /// @param decoder for the frames of masked copies; whoever made it closes it
  public Deidentifying(Profile profile, Decoder decoder) {
    this.profile = profile;
    this.decoder = decoder;
  }

  public Outcome copy(Path file, OutputStream out, NewUids uids, int number) throws IOException {
    try (var bytes = Bytes.of(file)) {
      return copy(bytes, out, uids, number);
    }
  }

  public Outcome copy(Bytes file, OutputStream out, NewUids uids, int number) throws IOException {
    return copy(file, out, uids, number, Optional.empty());
  }

  /// An `IOException` means that bytes could not be read or written: what was written then is no
  /// copy, and trying again may help.
  ///
  /// @param number what the copy's patient is called by
  /// @param mask what becomes black; the frames are then decoded and written uncompressed
  public Outcome copy(Bytes file, OutputStream out, NewUids uids, int number, Optional<Mask> mask)
      throws IOException {
    try (var passed = Preflight.pass(file, Bounds.STANDARD)) {
      var dataset = DicomReader.whole(passed);
      var accepted = passed.accepted();
      if (!Kinds.goesAlong(Raw.text(dataset, Tag.SOPClassUID))) {
        return new Outcome.LeftOut(Outcome.Why.KIND);
      }
      var kind = kind(passed);
      if (kind.isEmpty()) {
        return new Outcome.LeftOut(Outcome.Why.STREAM);
      }
      var syntax = accepted.syntax();
      var unused = Unused.of(dataset, syntax.bigEndian());
      if (syntax.encapsulated() && overlaid(dataset)) {
        return new Outcome.LeftOut(Outcome.Why.OVERLAY);
      }
      if (mask.isPresent()) {
        return masked(dataset, passed, mask.get(), out, new Deidentifier(profile, uids, number));
      }
      var look = BurnedIn.of(dataset);
      new Deidentifier(profile, uids, number).treat(dataset, false);
      write(dataset, passed, kind.get(), unused, out);
      return new Outcome.Copied(Raw.text(dataset, Tag.SOPInstanceUID), look);
    } catch (Refusal damaged) {
      return new Outcome.LeftOut(Outcome.Why.DAMAGED);
    }
  }

  private Outcome masked(
      Attributes dataset, Preflight passed, Mask mask, OutputStream out, Deidentifier deidentifier)
      throws IOException, Refusal {
    var read = DicomReader.read(passed);
    var image = read.header().image();
    var regions = mask.within(image.columns(), image.rows());
    if (regions.isEmpty()) {
      return new Outcome.LeftOut(Outcome.Why.OUTSIDE);
    }
    var frames =
        new FrameDecoder(
            passed.dataset(),
            passed.accepted(),
            image,
            read.shading().padding(),
            FrameIndex.of(passed.dataset(), passed.accepted(), image),
            Bounds.STANDARD);
    var blackened = Blackened.of(frames, decoder, read.shading(), regions);
    if (blackened.isEmpty()) {
      return new Outcome.LeftOut(Outcome.Why.UNDECODABLE);
    }
    deidentifier.treat(dataset, true);
    blackened.get().describe(dataset);
    var dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian);
    dicom.writeDataset(meta(dataset, TransferSyntax.EXPLICIT_LITTLE), dataset);
    dicom.writeHeader(
        Tags.PIXELS, blackened.get().representation(), (int) blackened.get().length());
    dicom.flush();
    blackened.get().write(out);
    return new Outcome.Copied(Raw.text(dataset, Tag.SOPInstanceUID), Optional.empty());
  }

  /// How the frames are written, by what they are: files often name another codec. Empty where
  /// words may lie in places that we do not look at.
  private static Optional<Kind> kind(Preflight passed) throws IOException {
    var accepted = passed.accepted();
    if (accepted.pixels().isEmpty() || !accepted.pixels().get().encapsulated()) {
      return Optional.of(Kind.PLAIN);
    }
    var fragments = accepted.pixels().get().fragments();
    return switch (accepted.syntax().coding()) {
      case NATIVE, VIDEO -> Optional.empty();
      case UNCOMPRESSED -> Optional.of(Kind.PLAIN);
      case DEFLATE -> each(passed.dataset(), fragments, Kind.OPAQUE);
      case RLE -> each(passed.dataset(), fragments, Kind.RLE);
      case JPEG, JPEG_LS, JPEG_2000, OTHER -> first(passed.dataset(), fragments);
    };
  }

  /// That of the first fragment; whatever else comes later is blanked.
  private static Optional<Kind> first(Bytes source, Offsets fragments) throws IOException {
    for (var i = 0; i < fragments.size(); i += 2) {
      if (fragments.get(i + 1) >= 2) {
        var kind = Kind.of(source, fragments.get(i), fragments.get(i + 1));
        return Optional.of(kind).filter(found -> found == Kind.JPEG || found == Kind.JPEG_2000);
      }
    }
    return Optional.of(Kind.OPAQUE); // nothing is in them
  }

  private static Optional<Kind> each(Bytes source, Offsets fragments, Kind expected)
      throws IOException {
    for (var i = 0; i < fragments.size(); i += 2) {
      if (fragments.get(i + 1) >= 2
          && Kind.of(source, fragments.get(i), fragments.get(i + 1)) != expected) {
        return Optional.empty();
      }
    }
    return Optional.of(expected);
  }

  /// What frames are.
  private enum Kind {
    PLAIN,
    RLE,
    JPEG,
    JPEG_2000,
    OPAQUE;

    /// By its first bytes.
    static Kind of(Bytes source, long from, long length) throws IOException {
      var head = source.copy(from, (int) Math.min(8, length));
      if (head[0] == (byte) 0xFF) {
        return switch (head[1] & 0xFF) {
          case 0xD8 -> JPEG;
          case 0x4F -> JPEG_2000;
          default -> OPAQUE;
        };
      }
      var segments =
          head.length == 8
              && head[0] > 0
              && head[0] < 16
              && (head[1] | head[2] | head[3] | head[5] | head[6] | head[7]) == 0
              && head[4] == 64;
      return segments ? RLE : OPAQUE;
    }
  }

  /// An overlay whose bits lie among those of the pixels.
  private static boolean overlaid(Attributes dataset) {
    for (var tag : dataset.tags()) {
      if ((tag & 0xFF00_FFFF) == 0x6000_0102 && dataset.getInt(tag, 0) > 0) {
        return true;
      }
    }
    return false;
  }

  private static void write(
      Attributes dataset, Preflight passed, Kind kind, Unused unused, OutputStream out)
      throws IOException {
    var accepted = passed.accepted();
    var syntax =
        accepted.syntax() == TransferSyntax.DEFLATED
            ? TransferSyntax.EXPLICIT_LITTLE
            : accepted.syntax();
    var expected = expected(dataset);
    var dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian); // closing is the caller's
    dicom.writeDataset(meta(dataset, syntax), dataset);
    if (accepted.pixels().isEmpty()) {
      return;
    }
    var pixels = accepted.pixels().get();
    if (pixels.encapsulated()) {
      var tables = new Tables(passed.dataset(), pixels.fragments());
      if (tables.leads(accepted.extendedOffsets(), Long.BYTES)
          && tables.measures(accepted.extendedLengths())) {
        extended(dicom, Tags.EXTENDED_OFFSETS, accepted.extendedOffsets(), passed.dataset(), out);
        extended(dicom, Tags.EXTENDED_LENGTHS, accepted.extendedLengths(), passed.dataset(), out);
      }
      dicom.writeHeader(pixels.tag(), VR.OB, -1);
      var plane = (long) dataset.getInt(Tag.Rows, 0) * dataset.getInt(Tag.Columns, 0);
      encapsulated(pixels, kind, plane, passed.dataset(), unused, out);
    } else {
      dicom.writeHeader(pixels.tag(), representation(pixels), (int) pixels.value().length());
      plain(pixels.value(), expected, passed.dataset(), unused, out);
    }
  }

  private static VR representation(Walked.Pixels pixels) {
    return switch (pixels.tag()) {
      case Tags.FLOAT_PIXELS -> VR.OF;
      case Tags.DOUBLE_PIXELS -> VR.OD;
      default -> pixels.words() ? VR.OW : VR.OB;
    };
  }

  /// How many bytes the frames take that the file says it has; what lies behind them is none.
  private static long expected(Attributes dataset) {
    var bits =
        (long) dataset.getInt(Tag.Rows, 0)
            * dataset.getInt(Tag.Columns, 0)
            * dataset.getInt(Tag.SamplesPerPixel, 1)
            * dataset.getInt(Tag.BitsAllocated, 0);
    return (bits * Math.max(1, dataset.getInt(Tag.NumberOfFrames, 1)) + 7) / 8;
  }

  private static Attributes meta(Attributes dataset, TransferSyntax syntax) {
    var meta = new Attributes(6);
    meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
    uid(meta, Tag.MediaStorageSOPClassUID, Raw.text(dataset, Tag.SOPClassUID));
    uid(meta, Tag.MediaStorageSOPInstanceUID, Raw.text(dataset, Tag.SOPInstanceUID));
    uid(meta, Tag.TransferSyntaxUID, syntax.uid());
    uid(meta, Tag.ImplementationClassUID, WRITER);
    return meta;
  }

  private static void uid(Attributes meta, int tag, String uid) {
    meta.setBytes(tag, VR.UI, uid.getBytes(StandardCharsets.US_ASCII));
  }

  /// Written by hand: the stand-in of the library does not know their representation, OV.
  private static void extended(
      DicomOutputStream dicom, int tag, Walked.Span table, Bytes source, OutputStream out)
      throws IOException {
    if (!table.present()) {
      return;
    }
    dicom.flush();
    for (var b : new int[] {tag >>> 16, tag >>> 24, tag, tag >>> 8, 'O', 'V', 0, 0}) {
      out.write(b);
    }
    for (var i = 0; i < 32; i += 8) {
      out.write((int) table.length() >>> i);
    }
    pass(table, source, out);
  }

  /// @param plane how many values a frame has of each kind
  private static void encapsulated(
      Walked.Pixels pixels, Kind kind, long plane, Bytes source, Unused unused, OutputStream out)
      throws IOException {
    var table = pixels.offsetTable();
    if (new Tables(source, pixels.fragments()).leads(table, Integer.BYTES)) {
      Through.mark(out, Tags.ITEM, table.length());
      pass(table, source, out);
    } else {
      Through.mark(out, Tags.ITEM, 0);
    }
    if (kind == Kind.PLAIN) {
      fragments(pixels.fragments(), source, unused, out);
    } else {
      var through = new Through(source, pixels.fragments(), out);
      switch (kind) {
        case JPEG -> new Streams(through).jpeg();
        case JPEG_2000 -> new Streams(through).jpeg2000();
        case RLE -> new Runs(through).frames(pixels.fragments(), plane);
        default -> through.pass(Long.MAX_VALUE);
      }
      through.finish();
    }
    Through.mark(out, Tags.SEQUENCE_END, 0);
  }

  private static void fragments(Offsets fragments, Bytes source, Unused unused, OutputStream out)
      throws IOException {
    for (var i = 0; i < fragments.size(); i += 2) {
      var length = fragments.get(i + 1);
      Through.mark(out, Tags.ITEM, length);
      plain(new Walked.Span(fragments.get(i), length), length, source, unused, out);
    }
  }

  private static void pass(Walked.Span span, Bytes source, OutputStream out) throws IOException {
    try (var in = source.stream(Math.max(0, span.offset()), Math.max(0, span.end()))) {
      in.transferTo(out);
    }
  }

  private static void plain(
      Walked.Span value, long expected, Bytes source, Unused unused, OutputStream out)
      throws IOException {
    var buffer = new byte[64 << 10]; // whole samples, whatever their size
    for (var at = 0L; at < value.length(); at += buffer.length) {
      var some = (int) Math.min(buffer.length, value.length() - at);
      source.read(value.offset() + at, buffer, 0, some);
      if (unused.any()) {
        unused.clear(buffer, some);
      }
      if (at + some > expected) {
        Arrays.fill(buffer, Math.clamp(expected - at, 0, some), some, (byte) 0);
      }
      out.write(buffer, 0, some);
    }
  }
}
