package org.studygate.dicom.header;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputHandler;
import org.dcm4che3.io.DicomInputStream;
import org.studygate.dicom.guard.Offsets;
import org.studygate.dicom.guard.Preflight;
import org.studygate.dicom.guard.Reason;
import org.studygate.dicom.guard.Refusal;
import org.studygate.dicom.guard.Vr;
import org.studygate.dicom.guard.Walked;

/// The one place that calls the library: reads the values of an accepted file, passes over image
/// and bulk data, and turns what is left into our records. Whatever goes wrong inside, errors of
/// stack and memory included, is a refused file: a thrown one would come back from the queue for
/// ever.
public final class DicomReader {
  /// Longer values are bulk data, whatever their tag.
  private static final long LONG_VALUE = 64 << 10;

  /// Lookup tables are needed to draw, and may have 65,536 entries of two bytes.
  private static final long LONG_TABLE = 128 << 10;

  /// A report may stand in one paragraph.
  private static final long LONG_TEXT = 1 << 20;

  private static final long ALL_VALUES = 24 << 20;

  /// Of a data set that is to be written again, every value counts.
  private static final long WHOLE = 64 << 20;

  /// (0042,0015), younger than the dictionary of the stand-in.
  private static final int ENCAPSULATED_LENGTH = 0x0042_0015;

  private DicomReader() {}

  /// What outlives the library's objects.
  @SuppressWarnings("ArrayRecordComponent") // one file's facts, never compared
  public record Read(
      DicomHeader header,
      Shading shading,
      byte[] json,
      long documentLength,
      String documentTitle) {}

  public static Read read(Preflight passed) throws IOException, Refusal {
    var accepted = passed.accepted();
    var source =
        new Faults(passed.dataset().stream(accepted.datasetStart(), passed.dataset().length()));
    try {
      var attributes = attributes(source, accepted, false);
      var shading = ShadingFacts.of(attributes);
      return new Read(
          HeaderFacts.of(attributes, accepted, shading),
          shading,
          DicomJson.write(attributes),
          Values.number(attributes, ENCAPSULATED_LENGTH).orElse(0),
          Values.text(attributes, Tag.DocumentTitle));
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      if (source.fault != null) {
        throw source.fault; // the bytes, not the file: worth another try
      }
      throw new Refusal(Reason.UNREADABLE, accepted.datasetStart());
    }
  }

  /// All values once more, for who reads what a document says: no image needs that.
  public static DataSet values(Preflight passed) throws IOException, Refusal {
    var accepted = passed.accepted();
    var source =
        new Faults(passed.dataset().stream(accepted.datasetStart(), passed.dataset().length()));
    try {
      return new DataSet(attributes(source, accepted, false));
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      if (source.fault != null) {
        throw source.fault;
      }
      throw new Refusal(Reason.UNREADABLE, accepted.datasetStart());
    }
  }

  /// The library's own data set, for who changes it and writes it again: every value of any
  /// length as it is written, but for image data, fragments and what is hidden in UN.
  public static Attributes whole(Preflight passed) throws IOException, Refusal {
    var accepted = passed.accepted();
    var source =
        new Faults(passed.dataset().stream(accepted.datasetStart(), passed.dataset().length()));
    try {
      return attributes(source, accepted, true);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      if (source.fault != null) {
        throw source.fault;
      }
      throw new Refusal(Reason.UNREADABLE, accepted.datasetStart());
    }
  }

  private static Attributes attributes(InputStream source, Walked accepted, boolean whole)
      throws IOException, Refusal {
    try (var in = new DicomInputStream(source, accepted.syntax().dataset().uid())) {
      in.setPosition(accepted.datasetStart());
      var handler = new Skipping(accepted.opaque(), whole);
      in.setDicomInputHandler(handler);
      var attributes = in.readDataset(-1, -1);
      if (handler.overfull) {
        throw new Refusal(Reason.HEADER_TOO_LARGE, accepted.datasetStart());
      }
      return attributes;
    }
  }

  /// Passes over what the walker calls opaque and over long values.
  ///
  /// While an item is read, its sequence holds no other: the library (3.3.7) asks each item for its
  /// place among its brothers, which takes half a minute for 100,000 of them. They are joined when
  /// the sequence ends.
  private static final class Skipping implements DicomInputHandler {
    private final Offsets opaque;
    private final Deque<List<Attributes>> open = new ArrayDeque<>();
    private final boolean whole;
    private long kept;
    private boolean overfull;

    Skipping(Offsets opaque, boolean whole) {
      this.opaque = opaque;
      this.whole = whole;
    }

    @Override
    public void readValue(DicomInputStream in, Attributes attributes) throws IOException {
      var position = in.getPosition();
      var hidden = opaque.find(position);
      if (hidden >= 0 && hidden % 2 == 0) {
        in.skipFully(opaque.get(hidden + 1) - position);
        return;
      }
      var length = Integer.toUnsignedLong(in.length());
      if (in.vr() == VR.SQ) {
        sequence(in, attributes);
      } else if (overfull || length > longest(in.tag())) {
        in.skipFully(length);
      } else if (in.tag() == Tag.SpecificCharacterSet && !whole) {
        attributes.setString(in.tag(), VR.CS, CharacterSets.known(in.readValue()));
      } else {
        kept += length;
        overfull = kept > (whole ? WHOLE : ALL_VALUES);
        in.readValue(in, attributes);
      }
    }

    /// Overlays, curves, waveforms and the like are bulk data at any length.
    private long longest(int tag) {
      if (whole) {
        return tag >>> 16 == 0x7FE0 ? 0 : WHOLE;
      }
      return tag == Tag.TextValue
          ? LONG_TEXT
          : isTable(tag) ? LONG_TABLE : Vr.bulk(tag) ? 0 : LONG_VALUE;
    }

    /// Palettes (0028,1201..1203), the same in segments (0028,1221..1223) and LUT data (0028,3006).
    private static boolean isTable(int tag) {
      return tag == 0x0028_3006
          || (tag >= 0x0028_1201 && tag <= 0x0028_1203)
          || (tag >= 0x0028_1221 && tag <= 0x0028_1223);
    }

    private void sequence(DicomInputStream in, Attributes attributes) throws IOException {
      var tag = in.tag();
      var items = new ArrayList<Attributes>();
      open.push(items);
      in.readValue(in, attributes);
      open.pop();
      if (!items.isEmpty()) {
        attributes.newSequence(tag, items.size()).addAll(items);
      }
    }

    @Override
    public void readValue(DicomInputStream in, Sequence sequence) throws IOException {
      in.readValue(in, sequence);
      open.element().add(sequence.remove(0));
    }

    @Override
    public void readValue(DicomInputStream in, Fragments fragments) throws IOException {
      throw new IOException("fragments are opaque");
    }

    @Override
    public void startDataset(DicomInputStream in) {}

    @Override
    public void endDataset(DicomInputStream in) {}
  }

  /// Remembers a fault of the source, to tell it from a fault of the file. The end of the source is
  /// the file's.
  private static final class Faults extends java.io.FilterInputStream {
    @org.jspecify.annotations.Nullable IOException fault;

    Faults(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (EOFException end) {
        throw end;
      } catch (IOException broken) {
        fault = broken;
        throw broken;
      }
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      try {
        return super.read(into, from, count);
      } catch (EOFException end) {
        throw end;
      } catch (IOException broken) {
        fault = broken;
        throw broken;
      }
    }
  }
}
