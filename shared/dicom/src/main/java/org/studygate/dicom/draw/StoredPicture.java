package org.studygate.dicom.draw;

import java.util.Optional;
import org.studygate.dicom.frame.Markers;
import org.studygate.dicom.frame.Undecodable;

/// A picture as it lies in the store, which may carry its own small one.
///
/// @param jpeg without the small one
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record StoredPicture(byte[] jpeg, int columns, int rows, Optional<byte[]> small) {

  /// Empty for what is no JPEG.
  public static Optional<StoredPicture> of(byte[] bytes) {
    try {
      var head = Markers.jpeg(bytes);
      return Optional.of(
          new StoredPicture(
              Thumbnail.without(bytes), head.columns(), head.rows(), Thumbnail.of(bytes)));
    } catch (Undecodable damaged) {
      return Optional.empty();
    }
  }
}
