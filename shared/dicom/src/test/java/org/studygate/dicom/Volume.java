package org.studygate.dicom;

/// A head in space: how bright it is at a place in millimetres, x to the right of the patient, y to
/// the front, z up, as in MNI space; from 0 to 255.
@FunctionalInterface
public interface Volume {
  double at(double x, double y, double z);

  /// The head of Shepp and Logan, ellipsoids that every textbook knows, about as large as a real
  /// one.
  static Volume phantom() {
    var solids =
        new double[][] {
          // grey, half axes, center, turn
          {160, .69, .92, .9, 0, 0, 0, 0},
          {-110, .662, .874, .88, 0, -.018, 0, 0},
          {-28, .11, .31, .22, .22, 0, -.1, -18},
          {-28, .16, .41, .28, -.22, 0, -.1, 18},
          {30, .21, .25, .41, 0, .35, -.1, 0},
          {30, .046, .046, .05, 0, .1, .2, 0},
          {30, .046, .023, .05, -.08, -.605, 0, 0},
          {30, .023, .046, .02, .06, -.605, 0, 0}
        };
    return (x, y, z) -> {
      var sum = 0.0;
      for (var one : solids) {
        var turn = Math.toRadians(one[7]);
        var u = x / 98 - one[4];
        var v = (y + 17) / 98 - one[5];
        var w = (z - 8) / 98 - one[6];
        var a = (Math.cos(turn) * u + Math.sin(turn) * v) / one[1];
        var b = (Math.cos(turn) * v - Math.sin(turn) * u) / one[2];
        var c = w / one[3];
        sum += a * a + b * b + c * c < 1 ? one[0] : 0;
      }
      return sum;
    };
  }
}
