package org.studygate.dicom;

import java.io.IOException;
import java.util.Optional;
import org.studygate.dicom.draw.Plane;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NotDecodable;

/// Packs the values of frames for a page that shades them itself, to what [Previews] draws.
public final class StoredValues {
  private StoredValues() {}

  /// Of frame `frame` (the first is 0); empty if it cannot be decoded, or not told in 16 bits.
  public static Optional<Plane> packed(DicomFile file, int frame, Decoder decoder)
      throws IOException {
    return switch (file.decode(frame, decoder)) {
      case NotDecodable _ -> Optional.empty();
      case Frame decoded -> packed(file, decoded, frame);
    };
  }

  private static Optional<Plane> packed(DicomFile file, Frame decoded, int frame) {
    try {
      return Plane.of(decoded, file.shading(), file.header().image(), frame);
    } catch (OutOfMemoryError _) { // as for whoever decodes: the file's own fault
      return Optional.empty();
    }
  }
}
