package org.studygate.dicom.deidentify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.Attributes;

/// Values without the character set that a file declares.
final class Raw {
  private Raw() {}

  /// The bytes of a value as characters, without the blanks around it; empty where there is none.
  static String text(Attributes items, int tag) {
    try {
      var bytes = items.getBytes(tag);
      return bytes == null
          ? ""
          : new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    } catch (IOException noFileBehindIt) {
      throw new UncheckedIOException(noFileBehindIt);
    }
  }
}
