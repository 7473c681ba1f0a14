package org.studygate.dicom.draw;

import java.util.Optional;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// The values of a frame as a page gets them: those that are stored where they are gray, what is
/// seen where they are colour (docs/planes.md).
///
/// @param width bytes a value
/// @param facts how they become gray; empty for colour
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a store, never compared
public record Plane(
    int columns, int rows, int channels, int width, Optional<GrayFacts> facts, byte[] packed) {
  private static final int WORD = 16;

  /// Empty where 16 bits cannot tell what is drawn.
  public static Optional<Plane> of(
      Frame frame, Shading shading, DicomHeader.Image image, int index) {
    return Shader.coloured(frame, shading)
        ? Optional.of(colour(Shader.draw(frame, shading, image, index)))
        : Fitted.of(frame, shading, image, index).flatMap(fitted -> gray(fitted, image, index));
  }

  private static Plane colour(Shader.Drawn drawn) {
    var bytes = drawn.bytes();
    var samples = new int[bytes.length];
    for (var i = 0; i < bytes.length; i++) {
      samples[i] = bytes[i] & 0xFF;
    }
    var packed = Packing.pack(samples, drawn.columns(), drawn.rows(), drawn.samples(), false);
    return new Plane(drawn.columns(), drawn.rows(), drawn.samples(), 1, Optional.empty(), packed);
  }

  private static Optional<Plane> gray(Fitted fitted, DicomHeader.Image image, int index) {
    var frame = fitted.frame();
    var levels = new Levels(frame, fitted.shading(), image, index);
    return levels
        .facts(fitted.bits(), fitted.signed())
        .map(
            facts -> {
              var wide = facts.signed() || facts.bits() > WORD / 2;
              var packed = Packing.pack(frame.samples(), frame.columns(), frame.rows(), 1, wide);
              return new Plane(
                  frame.columns(), frame.rows(), 1, wide ? 2 : 1, Optional.of(facts), packed);
            });
  }
}
