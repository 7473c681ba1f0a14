package org.studygate.dicom;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.studygate.dicom.document.Contents;
import org.studygate.dicom.document.Narrative;
import org.studygate.dicom.document.Outline;
import org.studygate.dicom.document.StructuredReport;
import org.studygate.dicom.frame.Decoded;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.ExactPixels;
import org.studygate.dicom.frame.FrameDecoder;
import org.studygate.dicom.frame.FrameIndex;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Mended;
import org.studygate.dicom.guard.Mender;
import org.studygate.dicom.guard.Preamble;
import org.studygate.dicom.guard.Preflight;
import org.studygate.dicom.guard.Refusal;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.guard.Walked;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.DicomReader;
import org.studygate.dicom.header.EncapsulatedPdf;
import org.studygate.dicom.header.Shading;
import org.studygate.dicom.video.Video;

/// A DICOM file that passed every check, with its facts read. Holds no more in memory than its
/// header; frames are read when they are asked for. Close it: the inflated copy of a deflated file
/// goes with it. The bytes it was opened from belong to the caller.
public final class DicomFile implements Opened, Closeable {
  private static final String STRUCTURED_REPORTS = "1.2.840.10008.5.1.4.1.1.88.";
  private static final String CDA_CLASS = "1.2.840.10008.5.1.4.1.1.104.2";

  /// Narratives of some pages; pictures may lie in it as text.
  private static final int MOST_NARRATIVE = 16 << 20;

  private static final String PDF_CLASS = "1.2.840.10008.5.1.4.1.1.104.1";

  /// Readers look so far for the mark of a PDF.
  private static final int PDF_HEAD = 1024;

  private final Bytes came;
  private final Bytes file;
  private final Set<Mended> mended;
  private final Preflight passed;
  private final Bounds limits;
  private final DicomReader.Read read;
  private final FrameIndex frames;

  private DicomFile(
      Bytes came,
      Bytes file,
      Set<Mended> mended,
      Preflight passed,
      Bounds limits,
      DicomReader.Read read)
      throws IOException {
    this.came = came;
    this.file = file;
    this.mended = mended;
    this.passed = passed;
    this.limits = limits;
    this.read = read;
    this.frames = FrameIndex.of(passed.dataset(), passed.accepted(), read.header().image());
  }

  public static Opened open(Bytes file) throws IOException {
    return open(file, Bounds.STANDARD);
  }

  /// Refuses what is not sound and cannot be mended; an `IOException` means that the bytes could
  /// not be read, and trying again may help.
  public static Opened open(Bytes file, Bounds limits) throws IOException {
    Refusal first;
    try {
      return sound(file, file, Set.of(), limits);
    } catch (Refusal refusal) {
      first = refusal;
    }
    if (first.reason().mendable()) {
      try {
        var copy = Mender.mend(file, limits);
        return sound(file, copy.bytes(), copy.notes(), limits);
      } catch (Refusal _) { // what was wrong first is what its sender can act on
      }
    }
    return new Rejected(first.reason(), first.offset());
  }

  /// Closes a copy that it refuses.
  private static DicomFile sound(Bytes came, Bytes file, Set<Mended> mended, Bounds limits)
      throws IOException, Refusal {
    var passed = Optional.<Preflight>empty();
    try {
      passed = Optional.of(Preflight.pass(file, limits));
      var read = DicomReader.read(passed.get());
      return new DicomFile(came, file, mended, passed.get(), limits, read);
    } catch (Refusal | IOException | RuntimeException failure) {
      if (passed.isPresent()) {
        passed.get().close();
      }
      if (file != came) {
        file.close();
      }
      throw failure;
    }
  }

  public DicomHeader header() {
    return read.header();
  }

  public Walked walked() {
    return passed.accepted();
  }

  /// DICOM JSON of the instance: one object, UTF-8, without image data, bulk data and group
  /// lengths.
  public byte[] json() {
    return read.json().clone();
  }

  /// Length of the file in bytes.
  public long length() {
    return file.length();
  }

  /// The file as we serve it: every byte as it came, or those of the mended copy, but nothing in
  /// the preamble, which could be a program. All offsets speak of this one.
  public InputStream original() {
    return Preamble.zeroed(file);
  }

  /// What was wrong with the file and is not any more; empty where nothing was.
  public Set<Mended> mended() {
    return mended;
  }

  /// The file as it came, to the last byte.
  public InputStream asItCame() {
    return came.stream(0, came.length());
  }

  public long lengthAsItCame() {
    return came.length();
  }

  /// Uncompressed, little endian, one or more whole bytes a pixel, and lying as it is in the file;
  /// shaded by nothing but slope, intercept and a linear window, for that is all it tells.
  public Optional<ExactPixels> exactPixels() {
    var syntax = walked().syntax();
    if (syntax != TransferSyntax.EXPLICIT_LITTLE && syntax != TransferSyntax.IMPLICIT_LITTLE) {
      return Optional.empty();
    }
    var image = header().image();
    var said = shading().inverted() == image.photometric().equals("MONOCHROME1");
    return shading().plain() && said ? frames.exact(image) : Optional.empty();
  }

  /// What it says in words, if it has some and is no PDF: a structured report, a key object
  /// selection or a CDA document all of it, any other object its outline.
  public Optional<Contents> contents() throws IOException {
    var sopClass = header().instance().sopClass();
    if (sopClass.equals(CDA_CLASS)) {
      return narrative();
    }
    if (sopClass.equals(PDF_CLASS)) {
      return Optional.empty();
    }
    try {
      var values = DicomReader.values(passed);
      return sopClass.startsWith(STRUCTURED_REPORTS)
          ? Optional.of(StructuredReport.read(values))
          : Outline.read(values);
    } catch (Refusal cannotBe) { // it was read once already
      throw new IllegalStateException(cannotBe);
    }
  }

  private Optional<Contents> narrative() throws IOException {
    var document = walked().document();
    if (!document.present() || document.length() > MOST_NARRATIVE) {
      return Optional.empty();
    }
    var end = document.offset() + document.length();
    try (var in = passed.dataset().stream(document.offset(), end)) {
      return Narrative.read(new ByteArrayInputStream(in.readAllBytes()));
    }
  }

  /// The PDF that the object carries, if it is one of that class. Whether it is one, its bytes say:
  /// writers leave the type out, or spell it in their own way.
  public Optional<EncapsulatedPdf> pdf() throws IOException {
    var document = walked().document();
    if (!header().instance().sopClass().equals(PDF_CLASS) || !document.present()) {
      return Optional.empty();
    }
    var length = document.length();
    var start = passed.dataset().copy(document.offset(), (int) Math.min(PDF_HEAD, length));
    if (!new String(start, StandardCharsets.ISO_8859_1).contains("%PDF-")) {
      return Optional.empty();
    }
    if (read.documentLength() == length - 1) {
      length--; // the byte that makes it even
    }
    return Optional.of(new EncapsulatedPdf(document.offset(), length, read.documentTitle()));
  }

  /// The bytes of that PDF, as a stream.
  public InputStream pdfBytes(EncapsulatedPdf pdf) {
    return passed.dataset().stream(pdf.offset(), pdf.offset() + pdf.length());
  }

  /// Its video in a file that browsers play; empty if it has none, or not such a one. Close it.
  public Optional<Video> video() throws IOException {
    var video = walked().syntax().coding() == TransferSyntax.Coding.VIDEO;
    var pixels = walked().pixels().filter(some -> video && some.encapsulated());
    return pixels.isEmpty()
        ? Optional.empty()
        : Video.of(passed.dataset(), pixels.get(), header().image().frameMillis() / 1000);
  }

  /// How many frames can be asked for, a video counting as one; 0 if there is no image.
  public int frames() {
    return frames.count();
  }

  /// How many values a frame has.
  public long frameValues() {
    var image = header().image();
    return (long) image.rows() * image.columns() * image.samples();
  }

  /// Decodes a frame, the first being 0.
  public Decoded decode(int frame, Decoder decoder) throws IOException {
    var image = header().image();
    var padding = shading().padding();
    return new FrameDecoder(passed.dataset(), walked(), image, padding, frames, limits)
        .decode(frame, decoder);
  }

  Shading shading() {
    return read.shading();
  }

  @Override
  public void close() throws IOException {
    passed.close();
    if (file != came) {
      file.close();
    }
  }
}
