package org.studygate.dicom.guard;

/// How much a file may ask of us. A breach refuses the file (fails closed).
///
/// @param fileBytes the size limit of the source
/// @param depth sequences within sequences
/// @param elements elements of all levels
/// @param items items and fragments of all levels
/// @param valueBytes one value that is not bulk data
/// @param inflatedBytes a deflated data set, inflated
/// @param inflatedTimes the same, as a multiple of the deflated size
/// @param inflatedFree below this nobody asks for the multiple: an even test image shrinks to a
/// hundredth and harms nobody
/// @param inflatedInMemory so much of it is held in memory, the rest on disk
/// @param temporaryBytes the file and the inflated rest together: the disk has 512 MB, and more
/// cannot be had with SnapStart
/// @param frameBytes one decoded frame
/// @param frameSide rows or columns of a frame that is decoded
public record Bounds(
    long fileBytes,
    int depth,
    int elements,
    int items,
    long valueBytes,
    long inflatedBytes,
    int inflatedTimes,
    long inflatedFree,
    long inflatedInMemory,
    long temporaryBytes,
    long frameBytes,
    int frameSide) {
  public static final Bounds STANDARD =
      new Bounds(
          2L << 30,
          64,
          200_000,
          100_000,
          16L << 20,
          512L << 20,
          20,
          1L << 20,
          128L << 20,
          480L << 20,
          128L << 20,
          16_384);

  public Bounds withFileBytes(long bytes) {
    return new Bounds(
        bytes,
        depth,
        elements,
        items,
        valueBytes,
        inflatedBytes,
        inflatedTimes,
        inflatedFree,
        inflatedInMemory,
        temporaryBytes,
        frameBytes,
        frameSide);
  }

  /// For trying out what happens on a smaller disk.
  Bounds withTemporary(long memory, long disk) {
    return new Bounds(
        fileBytes,
        depth,
        elements,
        items,
        valueBytes,
        inflatedBytes,
        inflatedTimes,
        inflatedFree,
        memory,
        disk,
        frameBytes,
        frameSide);
  }
}
