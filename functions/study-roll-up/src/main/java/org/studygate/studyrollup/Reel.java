package org.studygate.studyrollup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.studygate.dicom.draw.Sheet;
import org.studygate.dicom.draw.StoredPicture;
import org.studygate.platform.Sha256;

/// The pictures of a film and its sheets as they come, in a file: thousands of them need no memory.
/// `cut` lays them in the order of docs/film.md.
final class Reel implements AutoCloseable {
  private static final String MAGIC = "SGFM";
  private static final byte VERSION = 1;
  private static final byte JPEG = 1;
  private static final int FIXED = 28;
  private static final int ENTRY = 8;

  private final Path file;
  private final FileChannel parts;
  private final List<Picture> pictures = new ArrayList<>();
  private final List<Strip> sheets = new ArrayList<>();
  private int drawn;

  private record Part(long at, int length) {
    static final Part NONE = new Part(0, 0);
  }

  private record Picture(Part part, int columns, int rows) {
    static final Picture NONE = new Picture(Part.NONE, 0, 0);
  }

  private record Strip(int first, Part part) {}

  /// A film that lies in a file.
  ///
  /// @param sheetsEnd what is read first ends there
  record Cut(int pictures, long sheetsEnd, long length, String sha256) {}

  private Reel(Path file, FileChannel parts) {
    this.file = file;
    this.parts = parts;
  }

  static Reel open() throws IOException {
    var file = Files.createTempFile("film", ".parts");
    return new Reel(
        file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /// The next picture in viewing order; empty if it was not drawn.
  void add(Optional<StoredPicture> picture) throws IOException {
    if (picture.isEmpty()) {
      pictures.add(Picture.NONE);
      return;
    }
    var one = picture.get();
    pictures.add(new Picture(append(one.jpeg()), one.columns(), one.rows()));
    drawn++;
  }

  /// A sheet of the pictures from `first` on.
  void sheet(int first, byte[] jpeg) throws IOException {
    sheets.add(new Strip(first, append(jpeg)));
  }

  private Part append(byte[] bytes) throws IOException {
    var part = new Part(parts.position(), bytes.length);
    for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
      parts.write(rest);
    }
    return part;
  }

  /// How many were added, drawn or not.
  int pictures() {
    return pictures.size();
  }

  int drawn() {
    return drawn;
  }

  long length() throws IOException {
    return parts.size();
  }

  Cut cut(Path film) throws IOException {
    var middle = middle();
    sheets.sort(Comparator.comparing(one -> Math.abs(one.first() + Sheet.CELLS / 2 - middle)));
    var head = FIXED + ENTRY * (sheets.size() + pictures.size());
    var sheetsEnd = (long) head + pictures.get(middle).part().length();
    for (var sheet : sheets) {
      sheetsEnd += sheet.part().length();
    }
    var digest = Sha256.digest();
    try (var out = new DigestOutputStream(Files.newOutputStream(film), digest)) {
      var channel = Channels.newChannel(out);
      out.write(head(head, middle, sheetsEnd));
      copy(pictures.get(middle).part(), channel);
      for (var sheet : sheets) {
        copy(sheet.part(), channel);
      }
      for (var i = 0; i < pictures.size(); i++) {
        if (i != middle) {
          copy(pictures.get(i).part(), channel);
        }
      }
    }
    return new Cut(
        pictures.size(), sheetsEnd, Files.size(film), HexFormat.of().formatHex(digest.digest()));
  }

  /// The nearest to the middle that was drawn.
  private int middle() {
    return IntStream.range(0, pictures.size())
        .filter(i -> pictures.get(i).part().length() > 0)
        .boxed()
        .min(Comparator.comparing(i -> Math.abs(i - pictures.size() / 2)))
        .orElseThrow();
  }

  private byte[] head(int length, int middle, long sheetsEnd) {
    var head = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC.getBytes(StandardCharsets.US_ASCII))
        .put(VERSION)
        .put(JPEG)
        .putShort((short) Sheet.CELL);
    head.put((byte) Sheet.SIDE).put((byte) Sheet.SIDE).putShort((short) 0);
    head.putInt(pictures.size()).putInt(sheets.size());
    head.putInt(middle).putInt(Math.toIntExact(sheetsEnd));
    for (var sheet : sheets) {
      head.putInt(sheet.first()).putInt(sheet.part().length());
    }
    for (var picture : pictures) {
      head.putInt(picture.part().length());
      head.putShort((short) picture.columns()).putShort((short) picture.rows());
    }
    return head.array();
  }

  private void copy(Part part, WritableByteChannel to) throws IOException {
    for (var done = 0L; done < part.length(); ) {
      done += parts.transferTo(part.at() + done, part.length() - done, to);
    }
  }

  @Override
  public void close() throws IOException {
    parts.close();
    Files.delete(file); // nothing of one patient stays for the next
  }
}
