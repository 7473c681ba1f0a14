package org.studygate.dicom.video;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Walked;

/// A video as an MP4 file. Close it: what had to be written anew lies on the disk meanwhile.
public final class Video implements Closeable {
  private static final double USUAL = 0.04;

  private final byte[] head;
  private final Bytes body;
  private final long length;
  private final Optional<Path> written;

  private Video(byte[] head, Bytes body, long length, Optional<Path> written) {
    this.head = head;
    this.body = body;
    this.length = length;
    this.written = written;
  }

  /// Empty if no browser's player could play it.
  ///
  /// @param seconds that a frame is shown, 0 if the object does not say
  public static Optional<Video> of(Bytes dataset, Walked.Pixels pixels, double seconds)
      throws IOException {
    var stream = new JoinedFragments(dataset, pixels.fragments());
    var whole = Mp4.length(stream);
    if (whole > 0) {
      return Optional.of(new Video(new byte[0], stream, whole, Optional.empty()));
    }
    var file = Files.createTempFile("video", ".bin");
    try {
      return Optional.of(made(stream, seconds, file));
    } catch (BadVideo _) {
      Files.delete(file);
      return Optional.empty();
    } catch (IOException | RuntimeException failure) {
      Files.delete(file);
      throw failure;
    }
  }

  private static Video made(Bytes stream, double seconds, Path file) throws IOException, BadVideo {
    var stride = TransportStream.stride(stream);
    Frames.Gathered film;
    try (InputStream in =
            stride > 0 ? TransportStream.of(stream, stride) : stream.stream(0, stream.length());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      film = Frames.gather(in, out);
    }
    var bytes = Files.size(file);
    var each = seconds > 0 ? seconds : film.parameters().frame().orElse(USUAL);
    var head = Mp4.head(film, bytes, each);
    return new Video(head, Bytes.of(file), bytes, Optional.of(file));
  }

  public long length() {
    return head.length + length;
  }

  public InputStream stream() {
    return new SequenceInputStream(new ByteArrayInputStream(head), body.stream(0, length));
  }

  @Override
  public void close() {
    try {
      if (written.isPresent()) {
        body.close();
        Files.delete(written.get()); // nothing of one patient stays for the next
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
