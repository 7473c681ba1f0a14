package org.studygate.dicom.deidentify;

import java.util.List;
import java.util.Optional;

/// What somebody who looked at a picture has painted over, in every frame of it. Who saw nothing
/// gives no mask instead of an empty one.
public record Mask(List<Region> regions) {
  /// More than anybody draws.
  public static final int MOST = 1_000;

  public Mask {
    regions = List.copyOf(regions);
    if (regions.isEmpty() || regions.size() > MOST) {
      throw new IllegalArgumentException(regions.size() + " regions");
    }
  }

  /// A rectangle of pixels as they are stored, the first of the picture being 0, 0. What lies
  /// outside of a picture counts for nothing.
  public record Region(int x, int y, int width, int height) {
    public Region {
      if (x < 0 || y < 0 || width < 1 || height < 1) {
        throw new IllegalArgumentException(
            "no region: " + x + " " + y + " " + width + " " + height);
      }
    }

    /// The part of it that lies in a picture of this size.
    Optional<Region> within(int columns, int rows) {
      return x >= columns || y >= rows
          ? Optional.empty()
          : Optional.of(new Region(x, y, Math.min(width, columns - x), Math.min(height, rows - y)));
    }
  }

  List<Region> within(int columns, int rows) {
    return regions.stream().flatMap(region -> region.within(columns, rows).stream()).toList();
  }
}
