package org.studygate.dicom.draw;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// How stored values become gray, in words that a page can follow to the same gray: those of
/// docs/planes.md.
///
/// @param scale what a value stands for, where the file has fractions or numbers of more than 16
/// bits; 0 is then nothing
/// @param modality a table in place of slope and intercept
/// @param windows the file's own, the first one is the one it is drawn with
/// @param voi a table in place of a window
/// @param extent what is black and what is white, where the file says neither
/// @param padding both ends; what lies between them is black whatever is chosen
public record GrayFacts(
    int bits,
    boolean signed,
    boolean inverted,
    Optional<Frame.Scale> scale,
    double slope,
    double intercept,
    Optional<Table> modality,
    List<DicomHeader.Window> windows,
    Optional<Table> voi,
    Optional<List<Double>> extent,
    Optional<List<Double>> padding) {

  public record Table(int first, int bits, List<Integer> entries) {
    static Table of(Shading.Lut lut) {
      return new Table(lut.first(), lut.bits(), Arrays.stream(lut.entries()).boxed().toList());
    }
  }
}
