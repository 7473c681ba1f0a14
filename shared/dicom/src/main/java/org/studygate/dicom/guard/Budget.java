package org.studygate.dicom.guard;

import java.time.Duration;

/// How much drawing the pictures of one file may take. What is over it is left without a picture
/// and says why; the original is there all the same. What a file may be at all, is in [Bounds].
///
/// @param frames of one file that are drawn
/// @param anyFrame processor time of decoding any frame: a decoder's first one takes a tenth of a
/// second, most of it loading classes
/// @param millionValues the same, for each million values more: JPEG 2000 takes 0.2 seconds, on
/// the processors of Lambda up to 0.4
/// @param patience by the clock, above twice that time: for a decoder that waits instead of working
/// or is kept waiting
/// @param slowFrames of one file: each costs a decoder, the rest of the file is then left
/// @param pictureBytes of the pictures of a step: some hundred frames with a lot in them
/// @param step how long one file may draw before others have their turn; it goes on afterwards
public record Budget(
    int frames,
    Duration anyFrame,
    Duration millionValues,
    Duration patience,
    int slowFrames,
    long pictureBytes,
    Duration step) {
  public static final Budget STANDARD =
      new Budget(
          1_000,
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          3,
          256L << 20,
          Duration.ofSeconds(15));

  /// Processor time for one frame of so many values.
  public Duration decoding(long values) {
    return anyFrame.plus(millionValues.multipliedBy(values).dividedBy(1_000_000));
  }

  /// The same by the clock.
  public Duration waiting(long values) {
    return decoding(values).multipliedBy(2).plus(patience);
  }
}
