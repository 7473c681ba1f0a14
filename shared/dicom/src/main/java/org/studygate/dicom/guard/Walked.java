package org.studygate.dicom.guard;

import java.util.Optional;
import java.util.Set;

/// What the walker found out: the structure is sound, and here is where things lie. Offsets are
/// places in the file; in a deflated one, places in its inflated data set.
///
/// @param datasetStart the first byte behind the file meta information
/// @param pixels the image data of the root level, if there are any
/// @param extendedOffsets the value of (7FE0,0001), `NONE` if absent
/// @param extendedLengths the value of (7FE0,0002)
/// @param document the value of (0042,0011) Encapsulated Document, `NONE` if absent
/// @param opaque values that only we have walked and the library shall pass over: fragments,
/// image data, sequences hidden in UN
public record Walked(
    TransferSyntax syntax,
    long datasetStart,
    Optional<Pixels> pixels,
    Span extendedOffsets,
    Span extendedLengths,
    Span document,
    Offsets opaque,
    int elements,
    int items,
    int depth,
    Set<Note> notes) {
  /// Where the image data lie.
  ///
  /// @param tag (7FE0,0010), or the float forms (7FE0,0008) and (7FE0,0009)
  /// @param words the value is OW: in a big-endian file its bytes are swapped in pairs
  /// @param fragments offset, length, offset, length ... of the fragments behind the offset table;
  /// empty when native
  public record Pixels(
      int tag,
      boolean words,
      Span value,
      boolean encapsulated,
      Span offsetTable,
      Offsets fragments) {}

  /// A part of the file.
  public record Span(long offset, long length) {
    public static final Span NONE = new Span(-1, 0);

    public boolean present() {
      return offset >= 0;
    }

    public long end() {
      return offset + length;
    }
  }

  /// Oddities that do no harm but are worth telling.
  public enum Note {
    PREAMBLE_IN_USE,
    ODD_LENGTH,
    WRONG_META_LENGTH,
    SHORT_VALUE
  }
}
