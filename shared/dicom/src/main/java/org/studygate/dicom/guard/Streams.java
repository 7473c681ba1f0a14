package org.studygate.dicom.guard;

import java.io.IOException;
import java.util.Optional;

/// Tells compressed streams by how they begin.
final class Streams {
  private static final long JPEG_2000 = 0xFF4F_FF51L;
  private static final int LONGEST_SEARCH = 64;

  private Streams() {}

  /// What kind of compressed stream begins there.
  static Optional<TransferSyntax> at(Peek window, long from, long length) throws IOException {
    if (length < 12) {
      return Optional.empty();
    }
    var first = window.unsignedInt(from, true);
    if (first == JPEG_2000
        || (first == 0x0000_000CL && window.unsignedInt(from + 4, true) == 0x6A50_2020L)) {
      return Optional.of(TransferSyntax.JPEG_2000);
    }
    if (first >>> 8 == 0xFFD8FF) {
      return jpeg(window, from, from + length);
    }
    var segments = window.unsignedInt(from, false);
    if (length > 64
        && segments >= 1
        && segments <= 15
        && window.unsignedInt(from + 4, false) == 64) {
      return Optional.of(TransferSyntax.RLE);
    }
    return Optional.empty();
  }

  /// The process by its frame header, which stands behind a few other segments.
  private static Optional<TransferSyntax> jpeg(Peek window, long from, long end)
      throws IOException {
    var at = from + 2;
    for (var segment = 0; segment < LONGEST_SEARCH && end - at >= 4; segment++) {
      var marker = window.unsignedShort(at, true);
      switch (marker) {
        case 0xFFC0 -> {
          return Optional.of(TransferSyntax.JPEG_BASELINE);
        }
        case 0xFFC1 -> {
          return Optional.of(TransferSyntax.JPEG_EXTENDED);
        }
        case 0xFFC2 -> {
          return Optional.of(TransferSyntax.JPEG_PROGRESSIVE);
        }
        case 0xFFC3 -> {
          return Optional.of(TransferSyntax.JPEG_LOSSLESS);
        }
        case 0xFFF7 -> {
          return Optional.of(TransferSyntax.JPEG_LS);
        }
        default -> at += 2 + window.unsignedShort(at + 2, true);
      }
    }
    return Optional.empty();
  }
}
