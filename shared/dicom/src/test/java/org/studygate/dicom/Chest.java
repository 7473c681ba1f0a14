package org.studygate.dicom;

import java.util.Random;

/// A chest out of ellipses, in millimetres and Hounsfield units: skin and fat, muscle, ribs, spine,
/// lungs with vessels, heart, aorta, windpipe. `height` runs from 0 (diaphragm) to 1 (shoulders).
final class Chest {
  private static final int VESSELS = 46;
  private static final double AIR = -1000;
  private static final double FAT = -95;
  private static final double MUSCLE = 52;
  private static final double LUNG = -850;
  private static final double BLOOD = 160;
  private static final double BONE = 420;
  private static final double MARROW = 190;

  /// Square of a rib's half length, and a little more.
  private static final double REACH = 145;

  private final double height;
  private final double lungWidth;
  private final double lungDepth;
  private final double heart;
  private final double[][] vessels = new double[VESSELS][];
  private final double[][] ribs = new double[20][];

  Chest(double height, long seed) {
    this.height = height;
    var lung = Math.sqrt(Math.max(0, 1 - Math.pow((height - 0.42) / 0.56, 2)));
    this.lungWidth = 58 * lung;
    this.lungDepth = 84 * lung;
    this.heart = Math.sqrt(Math.max(0, 1 - Math.pow((height - 0.18) / 0.3, 2)));
    var random = new Random(seed);
    for (var i = 0; i < VESSELS; i++) {
      // each vessel is a slanted line through the lung: it walks as the height changes
      var side = i % 2 == 0 ? -1 : 1;
      var angle = random.nextDouble() * 2 * Math.PI;
      var reach = Math.sqrt(random.nextDouble()) * 0.85;
      var drift = (random.nextDouble() - 0.5) * 60;
      var x =
          side * (72 - 0.7 * lungWidth * (1 - reach)) + Math.cos(angle) * reach * lungWidth * 0.8;
      var y = -2 + Math.sin(angle) * reach * lungDepth * 0.85 + drift * (height - 0.45);
      vessels[i] = new double[] {x, y, 0.9 + 3.4 * (1 - reach) * random.nextDouble() + 0.5};
    }
    for (var i = 0; i < ribs.length; i++) {
      // ribs fall forward, so a slice meets each of them at another angle
      var side = i % 2 == 0 ? -1 : 1;
      var pair = i / 2;
      var turn = (pair + 0.5) / 10 + height * 1.7;
      var along = (turn - Math.floor(turn)) * 0.86 * Math.PI + 0.07 * Math.PI;
      ribs[i] =
          new double[] {
            side * Math.sin(along) * (lungWidth * 0.62 + 96),
            -Math.cos(along) * (lungDepth * 0.25 + 84) - 2,
            Math.cos(along),
            Math.sin(along) * side
          };
    }
  }

  double at(double x, double y) {
    var outer = ellipse(x, y, 0, 0, 166 + 8 * height, 116 - 6 * height);
    if (outer > 1) {
      return table(x, y);
    }
    if (outer > 0.9) {
      return FAT;
    }
    var value = MUSCLE;
    if (outer > 0.8 && ellipse(x, y, 0, 0, 150, 103) > 1) {
      value = FAT * 0.7;
    }
    value = spine(x, y, value);
    value = lungs(x, y, value);
    value = middle(x, y, value);
    for (var rib : ribs) {
      var dx = x - rib[0];
      var dy = y - rib[1];
      var square = dx * dx + dy * dy;
      if (square > REACH) {
        continue;
      }
      var along = dx * rib[2] + dy * rib[3];
      var across = square - along * along;
      var distance = along * along / 144 + across / 20;
      if (distance < 1) {
        value = distance < 0.4 ? MARROW : BONE;
      }
    }
    return value;
  }

  private double table(double x, double y) {
    var bow = y - 122 + x * x / 900;
    return bow > 0 && bow < 3 && Math.abs(x) < 180 ? -300 : AIR;
  }

  private double spine(double x, double y, double otherwise) {
    var body = ellipse(x, y, 0, 66, 19, 15);
    if (body < 1) {
      return body > 0.78 ? BONE : MARROW + 40 * Math.sin(height * 60);
    }
    if (ellipse(x, y, 0, 86, 9, 8) < 1) {
      return 30; // the canal
    }
    if (ellipse(x, y, 0, 88, 16, 13) < 1 || ellipse(x, y, 0, 103, 4, 12) < 1) {
      return BONE;
    }
    return Math.abs(x) < 36 && Math.abs(y - 84) < 3.5 ? BONE * 0.8 : otherwise;
  }

  private double lungs(double x, double y, double otherwise) {
    var right = ellipse(x, y, -74, -2, lungWidth, lungDepth);
    var left = ellipse(x, y, 74, 2, lungWidth, lungDepth * 0.96);
    if (Math.min(right, left) > 1 || ellipse(x, y, 0, 62, 26, 24) < 1) {
      return otherwise;
    }
    for (var vessel : vessels) {
      var dx = x - vessel[0];
      var dy = y - vessel[1];
      if (dx * dx + dy * dy < vessel[2] * vessel[2]) {
        return 40;
      }
    }
    return LUNG + 40 * y / 90; // denser where it lies
  }

  private double middle(double x, double y, double otherwise) {
    if (heart > 0 && ellipse(x, y, 22, -22, 62 * heart, 50 * heart) < 1) {
      var chamber =
          ellipse(x, y, 34, -18, 30 * heart, 24 * heart) < 1
              || ellipse(x, y, -4, -30, 22 * heart, 20 * heart) < 1;
      return chamber ? BLOOD : MUSCLE + 40;
    }
    if (ellipse(x, y, 24, 50, 12, 12) < 1) {
      return BLOOD; // descending aorta
    }
    if (height > 0.42 && height < 0.7 && ellipse(x, y, 2, -26, 16, 15) < 1) {
      return BLOOD; // ascending
    }
    if (height > 0.66 && height < 0.74 && Math.abs(x - 12 - y * 0.15) < 14 && y > -32 && y < 50) {
      return BLOOD; // the arch
    }
    var split = height < 0.55 && height > 0.4 ? (0.55 - height) * 160 : 0;
    if (height > 0.4
        && (ellipse(x, y, split, 14, 9, 8) < 1 || ellipse(x, y, -split, 14, 9, 8) < 1)) {
      return AIR; // windpipe and main bronchi
    }
    if (height > 0.3 && ellipse(x, y, 0, -4, 34, 46) < 1 && otherwise < MUSCLE - 1) {
      return -20; // what lies between the lungs
    }
    if (ellipse(x, y, 0, -98, 17, 6) < 1) {
      return BONE * 0.7; // breastbone
    }
    return otherwise;
  }

  /// Below 1 inside.
  private static double ellipse(
      double x, double y, double centerX, double centerY, double a, double b) {
    if (a <= 0 || b <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    var dx = (x - centerX) / a;
    var dy = (y - centerY) / b;
    return dx * dx + dy * dy;
  }
}
