package org.studygate.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A NIfTI-1 file of bytes whose axes go along those of the patient, as templates have them.
public final class Nifti implements Volume {
  private static final int UNSIGNED_BYTES = 2;

  private final byte[] voxels;
  private final int wide;
  private final int deep;
  private final int high;
  private final double[] step = new double[3];
  private final double[] origin = new double[3];

  private Nifti(ByteBuffer file) throws IOException {
    if (file.getInt(0) != 348 || file.getShort(70) != UNSIGNED_BYTES || file.getShort(254) <= 0) {
      throw new IOException("no NIfTI-1 file of bytes that says where it lies");
    }
    this.wide = file.getShort(42);
    this.deep = file.getShort(44);
    this.high = file.getShort(46);
    for (var axis = 0; axis < 3; axis++) {
      step[axis] = file.getFloat(280 + 16 * axis + 4 * axis);
      origin[axis] = file.getFloat(280 + 16 * axis + 12);
    }
    this.voxels = new byte[wide * deep * high];
    file.position((int) file.getFloat(108));
    file.get(voxels);
  }

  public static Nifti read(Path gzipped) throws IOException {
    try (var in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(gzipped)))) {
      return new Nifti(ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /// Between the eight voxels around.
  @Override
  public double at(double x, double y, double z) {
    var u = (x - origin[0]) / step[0];
    var v = (y - origin[1]) / step[1];
    var w = (z - origin[2]) / step[2];
    if (u < 0 || v < 0 || w < 0 || u >= wide - 1 || v >= deep - 1 || w >= high - 1) {
      return 0;
    }
    var i = (int) u;
    var j = (int) v;
    var k = (int) w;
    var at = (k * deep + j) * wide + i;
    var low = plane(at, u - i, v - j);
    return low + (w - k) * (plane(at + wide * deep, u - i, v - j) - low);
  }

  private double plane(int at, double u, double v) {
    var near = row(at, u);
    return near + v * (row(at + wide, u) - near);
  }

  private double row(int at, double u) {
    var left = voxels[at] & 0xFF;
    return left + u * ((voxels[at + 1] & 0xFF) - left);
  }
}
