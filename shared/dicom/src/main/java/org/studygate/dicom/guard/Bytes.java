package org.studygate.dicom.guard;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A source of bytes that can be read at any place: a file on disk, an array, later perhaps ranges
/// of an object. Not for two threads at once.
public interface Bytes extends Closeable {
  long length();

  /// Fills `into[from .. from+count)` with what lies at `position`; `EOFException` when the source
  /// is shorter.
  void read(long position, byte[] into, int from, int count) throws IOException;

  @Override
  default void close() throws IOException {}

  /// A copy of a part; the caller has checked the length.
  default byte[] copy(long position, int count) throws IOException {
    if (position < 0 || count < 0 || position > length() - count) {
      throw new EOFException("bytes " + position + " + " + count + " of " + length());
    }
    var copy = new byte[count];
    read(position, copy, 0, count);
    return copy;
  }

  /// The bytes from `start` up to `end`, as a stream that supports `skip`.
  default InputStream stream(long start, long end) {
    return new BytesStream(this, start, end);
  }

  static Bytes of(byte[] array) {
    return new ArrayBytes(array);
  }

  static Bytes of(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ);
    return new FileBytes(channel, channel.size());
  }

  /// An array that nobody changes while it is read.
  @SuppressWarnings("ArrayRecordComponent") // two sources are never compared
  record ArrayBytes(byte[] array) implements Bytes {
    @Override
    public long length() {
      return array.length;
    }

    @Override
    public void read(long position, byte[] into, int from, int count) throws IOException {
      if (position < 0 || position > array.length - count) {
        throw new EOFException("bytes " + position + " + " + count + " of " + array.length);
      }
      System.arraycopy(array, (int) position, into, from, count);
    }
  }

  /// An open file; its length is taken once.
  record FileBytes(FileChannel channel, long length) implements Bytes {
    @Override
    public void read(long position, byte[] into, int from, int count) throws IOException {
      var target = ByteBuffer.wrap(into, from, count);
      while (target.hasRemaining()) {
        var read = channel.read(target, position + target.position() - from);
        if (read < 0) {
          throw new EOFException("bytes " + position + " + " + count + " of " + length);
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
