package org.studygate.letter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.studygate.department.Logo;

/// A department's logo if it can be printed: PNG or JPEG, whole, in gray or RGB, and no larger than
/// a letter needs, for 32 kB can unfold to gigabytes.
final class LogoPicture {
  private static final long MOST_DOTS = 4_000_000;

  private LogoPicture() {}

  static Optional<byte[]> of(Logo logo) {
    var bytes = Base64.getDecoder().decode(logo.base64());
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      var readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return Optional.empty(); // WebP: PDF knows none
      }
      var reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return prints(reader) ? Optional.of(bytes) : Optional.empty();
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException broken) { // readers throw both at what is not whole
      return Optional.empty();
    }
  }

  /// Of a JPEG in CMYK the reader says that it cannot be read.
  private static boolean prints(ImageReader reader) throws IOException {
    var dots = (long) reader.getWidth(0) * reader.getHeight(0);
    return dots <= MOST_DOTS && reader.read(0) != null;
  }
}
