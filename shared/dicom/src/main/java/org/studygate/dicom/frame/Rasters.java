package org.studygate.dicom.frame;

import java.awt.image.Raster;

/// Takes the samples out of what an image reader gives.
final class Rasters {
  private Rasters() {}

  static Frame frame(Raster raster, FramePlan.Shape shape, String photometric) throws Undecodable {
    if (raster.getWidth() != shape.columns()
        || raster.getHeight() != shape.rows()
        || raster.getNumBands() != shape.samples()) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    var samples = new int[shape.values()];
    var row = new int[shape.columns() * shape.samples()];
    for (var y = 0; y < shape.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, shape.columns(), 1, row);
      System.arraycopy(row, 0, samples, y * row.length, row.length);
    }
    for (var i = 0; i < samples.length; i++) {
      samples[i] = shape.stored(samples[i]);
    }
    return new Frame(shape.columns(), shape.rows(), shape.samples(), photometric, samples);
  }
}
