package org.studygate.dicom.guard;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A file made of parts of another and of bytes of our own: the mended copy of a file, without a
/// second one on the small disk. What is written of our own are headers; values stay where they
// lie.
public final class Spliced implements Bytes {
  private final Bytes source;
  private final boolean owned;
  private final byte[] own;
  private final Offsets starts; // in this file
  private final Offsets places; // in the source; in `own` from the far end on, as -1 - place
  private final long length;

  private Spliced(Bytes source, boolean owned, Builder built) {
    this.source = source;
    this.owned = owned;
    this.own = built.own.toByteArray();
    this.starts = built.starts.build();
    this.places = built.places.build();
    this.length = built.length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long position, byte[] into, int from, int count) throws IOException {
    if (position < 0 || position > length - count) {
      throw new EOFException("bytes " + position + " + " + count + " of " + length);
    }
    var found = starts.find(position);
    var part = found >= 0 ? found : -found - 2;
    var at = position;
    while (at < position + count) {
      var within = at - starts.get(part);
      var end = part + 1 < starts.size() ? starts.get(part + 1) : length;
      var some = (int) Math.min(position + count - at, end - at);
      var to = from + (int) (at - position);
      var place = places.get(part);
      if (place >= 0) {
        source.read(place + within, into, to, some);
      } else {
        System.arraycopy(own, (int) (-1 - place + within), into, to, some);
      }
      at += some;
      part++;
    }
  }

  @Override
  public void close() throws IOException {
    if (owned) {
      source.close();
    }
  }

  /// Adds parts from the first byte to the last. Neighbours become one.
  static final class Builder {
    private final ByteArrayOutputStream own = new ByteArrayOutputStream();
    private final Offsets.Builder starts = new Offsets.Builder();
    private final Offsets.Builder places = new Offsets.Builder();
    private long length;
    private long sourceEnd = -1; // of the last part, if it is one of the source
    private boolean lastOwn;

    void source(long from, long count) {
      if (count == 0) {
        return;
      }
      if (sourceEnd != from) {
        part(from);
      }
      sourceEnd = from + count;
      lastOwn = false;
      length += count;
    }

    void own(byte... bytes) {
      if (bytes.length == 0) {
        return;
      }
      if (!lastOwn) {
        part(-1L - own.size());
      }
      own.writeBytes(bytes);
      sourceEnd = -1;
      lastOwn = true;
      length += bytes.length;
    }

    private void part(long place) {
      starts.add(length);
      places.add(place);
    }

    void int16(int value, boolean bigEndian) {
      own((byte) (bigEndian ? value >> 8 : value), (byte) (bigEndian ? value : value >> 8));
    }

    void int32(long value, boolean bigEndian) {
      int16((int) (bigEndian ? value >> 16 : value), bigEndian);
      int16((int) (bigEndian ? value : value >> 16), bigEndian);
    }

    /// A tag and, in explicit encoding, its representation; then the length.
    void header(int tag, int vr, long count, boolean explicit, boolean bigEndian) {
      tag(tag, bigEndian);
      if (!explicit) {
        int32(count, bigEndian);
        return;
      }
      int16(vr, true);
      if (Vr.longHeader(vr)) {
        int16(0, false);
        int32(count, bigEndian);
      } else {
        int16((int) count, bigEndian);
      }
    }

    /// An item or a delimiter.
    void mark(int tag, long count, boolean bigEndian) {
      tag(tag, bigEndian);
      int32(count, bigEndian);
    }

    private void tag(int tag, boolean bigEndian) {
      int16(tag >>> 16, bigEndian);
      int16(tag, bigEndian);
    }

    /// The head of a file: nothing in the preamble, and the file meta information.
    void head(String sopClass, String sopInstance, TransferSyntax syntax) {
      own(new byte[Meta.PREAMBLE]);
      own("DICM".getBytes(StandardCharsets.US_ASCII));
      var meta = new Builder();
      meta.header(0x0002_0001, Vr.OB, 2, true, false);
      meta.own((byte) 0, (byte) 1);
      meta.uid(Tags.META_SOP_CLASS, sopClass);
      meta.uid(Tags.META_SOP_INSTANCE, sopInstance);
      meta.uid(Tags.META_SYNTAX, syntax.uid());
      meta.uid(0x0002_0012, MENDER);
      header(Tags.META_LENGTH, Vr.UL, 4, true, false);
      int32(meta.length, false);
      own(meta.own.toByteArray());
    }

    private void uid(int tag, String uid) {
      var bytes = even(uid);
      header(tag, Vr.UI, bytes.length, true, false);
      own(bytes);
    }

    /// A UID as it stands in a file.
    static byte[] even(String uid) {
      return Arrays.copyOf(
          uid.getBytes(StandardCharsets.US_ASCII), uid.length() + uid.length() % 2);
    }

    /// @param owned the source is closed with the result
    Spliced build(Bytes source, boolean owned) {
      return new Spliced(source, owned, this);
    }
  }

  /// Implementation class of what we write.
  private static final String MENDER = "2.25.227402871553961107524330938112906410113";
}
