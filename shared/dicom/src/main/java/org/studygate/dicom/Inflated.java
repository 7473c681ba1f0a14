package org.studygate.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The inflated data set of a deflated file: in memory while it is small, else in a temporary file
/// that goes when this is closed. Stops inflating at the first byte over the limit.
final class Inflated implements Bytes {
  private static final int IN_MEMORY = 16 << 20;
  private static final int STEP = 65_536;
  private static final int ZLIB_HEADER = 0x78;

  private final Bytes bytes;
  private final Path file;

  private Inflated(Bytes bytes, Path file) {
    this.bytes = bytes;
    this.file = file;
  }

  static Bytes from(Bytes source, long start, Limits limits) throws IOException, Refusal {
    var deflated = source.length() - start;
    var most =
        Math.min(
            limits.inflatedBytes(),
            Math.max(limits.inflatedFree(), deflated * limits.inflatedTimes()));
    var memory = new ByteArrayOutputStream(STEP);
    var inflater = new Inflater(!zlib(source, start));
    try (var in = source.stream(start, source.length())) {
      var path = new Path[1];
      try (var out = new Spilling(memory, path)) {
        inflate(in, inflater, out, most, start);
      } catch (IOException | Refusal | RuntimeException failure) {
        if (path[0] != null) {
          Files.deleteIfExists(path[0]);
        }
        throw failure;
      }
      return path[0] == null
          ? Bytes.of(memory.toByteArray())
          : new Inflated(Bytes.of(path[0]), path[0]);
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
      java.io.InputStream in, Inflater inflater, OutputStream out, long most, long start)
      throws IOException, Refusal {
    var input = new byte[STEP];
    var output = new byte[STEP];
    var total = 0L;
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          var count = in.read(input);
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
        out.write(output, 0, count);
      }
    } catch (DataFormatException _) {
      throw new Refusal(Reason.BAD_DEFLATE, start + inflater.getBytesRead());
    }
  }

  @Override
  public long length() {
    return bytes.length();
  }

  @Override
  public void read(long position, byte[] into, int from, int count) throws IOException {
    bytes.read(position, into, from, count);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
    Files.deleteIfExists(file);
  }

  /// Writes to memory first and moves to a file when it grows.
  private static final class Spilling extends OutputStream {
    private final ByteArrayOutputStream memory;
    private final Path[] path;
    private OutputStream out;

    Spilling(ByteArrayOutputStream memory, Path[] path) {
      this.memory = memory;
      this.path = path;
      this.out = memory;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (path[0] == null && memory.size() + count > IN_MEMORY) {
        path[0] = Files.createTempFile("inflated", ".dcm");
        out = Files.newOutputStream(path[0]);
        memory.writeTo(out);
        memory.reset();
      }
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
