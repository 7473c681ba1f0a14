package org.studygate.dicom.guard;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The inflated data set of a deflated file: its beginning in memory, what is more in a temporary
/// file that goes when this is closed. Both copies of a file lie on the same small disk, so the
/// memory takes what would not fit there. Stops inflating at the first byte over a limit.
final class Inflated implements Bytes {
  private static final int PIECE = 4 << 20;
  private static final int STEP = 65_536;
  private static final int ZLIB_HEADER = 0x78;

  private final List<byte[]> pieces;
  private final long inMemory;
  private final @Nullable Path file;
  private final @Nullable Bytes rest;

  private Inflated(List<byte[]> pieces, long inMemory, @Nullable Path file) throws IOException {
    this.pieces = pieces;
    this.inMemory = inMemory;
    this.file = file;
    this.rest = file == null ? null : Bytes.of(file);
  }

  static Bytes from(Bytes source, long start, Bounds limits) throws IOException, Refusal {
    return from(source, start, limits, false);
  }

  /// @param cut the stream may end early
  static Bytes from(Bytes source, long start, Bounds limits, boolean cut)
      throws IOException, Refusal {
    var deflated = source.length() - start;
    var room = limits.temporaryBytes() - source.length() + limits.inflatedInMemory();
    var most =
        Math.min(
            Math.min(limits.inflatedBytes(), room),
            Math.max(limits.inflatedFree(), deflated * limits.inflatedTimes()));
    var inflater = new Inflater(!zlib(source, start));
    try (var in = source.stream(start, source.length());
        var out = new Spilling(limits.inflatedInMemory())) {
      inflate(in, inflater, out, most, start, cut);
      return out.inflated();
    } finally {
      inflater.end();
    }
  }

  /// Some writers put a zlib stream where a bare deflate stream belongs. No data set starts with
  /// group 0178 otherwise deflated, and a first block of a bare stream that looks so would be a
  /// stored one of absurd shape.
  private static boolean zlib(Bytes source, long start) throws IOException {
    if (source.length() - start < 2) {
      return false;
    }
    var head = source.copy(start, 2);
    return head[0] == ZLIB_HEADER && (((head[0] & 0xFF) << 8) | (head[1] & 0xFF)) % 31 == 0;
  }

  private static void inflate(
      InputStream in, Inflater inflater, Spilling out, long most, long start, boolean cut)
      throws IOException, Refusal {
    var input = new byte[STEP];
    var output = new byte[STEP];
    var total = 0L;
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          var count = in.read(input);
          if (count < 0 && cut) {
            return;
          }
          if (count < 0) {
            throw new Refusal(Reason.BAD_DEFLATE, start + inflater.getBytesRead());
          }
          inflater.setInput(input, 0, count);
        }
        var count = inflater.inflate(output);
        if (count == 0 && inflater.needsDictionary()) {
          throw new Refusal(Reason.BAD_DEFLATE, start + inflater.getBytesRead());
        }
        total += count;
        if (total > most) {
          throw new Refusal(Reason.INFLATED_TOO_LARGE, start + inflater.getBytesRead());
        }
        out.write(output, count);
      }
    } catch (DataFormatException _) {
      throw new Refusal(Reason.BAD_DEFLATE, start + inflater.getBytesRead());
    }
  }

  @Override
  public long length() {
    return inMemory + (rest == null ? 0 : rest.length());
  }

  @Override
  public void read(long position, byte[] into, int from, int count) throws IOException {
    if (position < 0 || position > length() - count) {
      throw new EOFException("bytes " + position + " + " + count + " of " + length());
    }
    var at = position;
    var end = position + count;
    while (at < Math.min(end, inMemory)) {
      var piece = pieces.get((int) (at / PIECE));
      var within = (int) (at % PIECE);
      var part = (int) Math.min(Math.min(end, inMemory) - at, PIECE - within);
      System.arraycopy(piece, within, into, from + (int) (at - position), part);
      at += part;
    }
    if (at < end && rest != null) {
      rest.read(at - inMemory, into, from + (int) (at - position), (int) (end - at));
    }
  }

  @Override
  public void close() throws IOException {
    if (rest != null && file != null) {
      rest.close();
      Files.deleteIfExists(file);
    }
  }

  /// Fills the memory first, piece by piece, then a file.
  private static final class Spilling implements Closeable {
    private final long most;
    private final List<byte[]> pieces = new ArrayList<>();
    private long inMemory;
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private boolean kept;

    Spilling(long most) {
      this.most = most;
    }

    void write(byte[] bytes, int count) throws IOException {
      var at = 0;
      while (at < count && inMemory < most) {
        var within = (int) (inMemory % PIECE);
        if (within == 0) {
          pieces.add(new byte[PIECE]);
        }
        var part = (int) Math.min(Math.min(count - at, PIECE - within), most - inMemory);
        System.arraycopy(bytes, at, pieces.getLast(), within, part);
        at += part;
        inMemory += part;
      }
      if (at < count) {
        if (out == null) {
          file = Files.createTempFile("inflated", ".dcm");
          out = Files.newOutputStream(file);
        }
        out.write(bytes, at, count - at);
      }
    }

    Inflated inflated() throws IOException {
      if (out != null) {
        out.close();
      }
      var inflated = new Inflated(pieces, inMemory, file);
      kept = true;
      return inflated;
    }

    /// Of what was not finished nothing stays.
    @Override
    public void close() throws IOException {
      if (!kept && out != null && file != null) {
        out.close();
        Files.deleteIfExists(file);
      }
    }
  }
}
