package org.studygate.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A chest without contrast medium, in millimetres and Hounsfield units, drawn slice by slice out
/// of solids: skin, fat and muscle, ribs that fall forward, spine with discs, lungs with branching
/// vessels and bronchi above the two domes of the diaphragm, liver, spleen and stomach below them,
/// heart and great vessels in their fat, the table. x grows to the patient's left, y to the back,
/// z upwards, from 0 to 300.
final class Chest {
  static final int SIDE = 512;
  static final double SPACING = 0.74;
  private static final double HALF = (SIDE - 1) / 2.0;

  private static final float AIR = -1000;
  private static final float FAT = -100;
  private static final float MUSCLE = 52;
  private static final float LUNG = -862;
  private static final float BLOOD = 41;
  private static final float LIVER = 58;
  private static final float CARTILAGE = 115;
  private static final float MARROW = 170;
  private static final float CORTEX = 680;

  /// How far inside its edge a point lies, in millimetres; below 0 outside.
  @FunctionalInterface
  private interface Solid {
    double depth(double x, double y);
  }

  /// A piece of a vessel, a bronchus or a bone: what lies within a radius of a line.
  private record Tube(
      double x, double y, double z, double toX, double toY, double toZ, double r, double toR) {}

  private final double z;
  private final long seed;
  private final float[] hu = new float[SIDE * SIDE];
  private final float[] lung = new float[SIDE * SIDE];
  private final double cageX;
  private final double cageY;
  private final double bodyX;
  private final double bodyY;

  private Chest(double z, long seed) {
    this.z = z;
    this.seed = seed;
    this.cageX = along(z, 134, 139, 138, 131, 118, 92, 58);
    this.cageY = along(z, 98, 99, 97, 92, 84, 70, 52);
    this.bodyX = along(z, 163, 165, 167, 171, 177, 181, 180);
    this.bodyY = along(z, 117, 117, 115, 111, 105, 97, 88);
  }

  /// Hounsfield units, row by row.
  ///
  /// @param z from 0 (upper abdomen) to 300 (shoulders)
  static float[] slice(double z, long seed) {
    var chest = new Chest(z, seed);
    chest.draw();
    return chest.hu;
  }

  /// A value that is given every 50 mm.
  private static double along(double z, double... values) {
    var at = Math.clamp(z / 50, 0, values.length - 1.001);
    var below = (int) at;
    return values[below] + (at - below) * (values[below + 1] - values[below]);
  }

  private void draw() {
    java.util.Arrays.fill(hu, AIR);
    table();
    body();
    cavity();
    lungVessels();
    mediastinum();
    spine();
    ribs();
    girdle();
  }

  private void table() {
    for (var shell = 0; shell < 2; shell++) {
      var top = 121 + 16 * shell;
      fill(
          0,
          top - 6,
          186,
          14,
          shell == 0 ? -350 : -420,
          (x, y) -> 1.3 - Math.abs(y - top + x * x / 2_900));
    }
    fill(0, 122, 182, 16, -955, (x, y) -> 6.5 - Math.abs(y - 129 + x * x / 2_900));
  }

  private void body() {
    var breasts = z > 78 && z < 198;
    var top = breasts ? 127 : bodyY;
    for (var row = row(-top); row <= row(bodyY) + 1; row++) {
      var y = (row - HALF) * SPACING;
      for (var column = row(-bodyX); column <= row(bodyX) + 1; column++) {
        var x = (column - HALF) * SPACING;
        var depth = squircle(x, y, bodyX, bodyY, 0.42);
        var breast = breasts && y < -40 ? ball(Math.abs(x) - 82, y + 82, z - 138, 68, 44, 60) : -9;
        var skin = edge(Math.max(depth, breast));
        if (skin > 0) {
          var at = row * SIDE + column;
          hu[at] += skin * (30 - hu[at]);
          hu[at] += edge(Math.max(depth, breast) - 1.8) * (FAT - 4 - hu[at]);
          var flank = x * x / (bodyX * bodyX);
          var muscle = edge(depth - 9 - (y < 0 ? 6 * (1 - flank) : 2) - 8 * flank);
          if (muscle > 0) {
            hu[at] += muscle * (MUSCLE - seam(x, y, depth) - hu[at]);
          }
        }
      }
    }
    if (breasts) {
      fill(
          0,
          -100,
          128,
          28,
          12,
          (x, y) -> {
            var gland = ball(Math.abs(x) - 82, y + 86, z - 138, 58, 30, 44);
            return gland < 0 ? -9 : Math.min(gland, 8 * (wave(x, y, z, 9) - 0.1));
          });
    }
    if (z > 165) {
      for (var side = -1; side <= 1; side += 2) {
        var center = side * (cageX + 19);
        var size = Math.min(1, (z - 165) / 30);
        fill(center, -12, 22, 34, FAT, (x, y) -> ellipse(x - center, y + 12, 17 * size, 32 * size));
        for (var node = 0; node < 3; node++) {
          dot(center + 4 * side - 4 * node, -22 + 10 * node, 2.4 + 0.4 * node, BLOOD);
        }
      }
    }
  }

  /// How much darker it is where fat lies between two layers of muscle.
  private float seam(double x, double y, double depth) {
    if (depth > 62 || squircle(x, y, cageX, cageY, 0.2) > -2) {
      return 0;
    }
    var bend = 9 * wave(x, y, z * 0.5, 42);
    var layer = Math.abs((depth + bend) % 15 - 7.5);
    return (float) (120 * Math.clamp(1.1 - layer / 1.1, 0, 1) * Math.clamp(0.4 + bend / 8, 0, 1));
  }

  /// What the ribs hold: lungs above the diaphragm, the belly below it.
  private void cavity() {
    fill(0, 0, cageX, cageY, MUSCLE, (x, y) -> squircle(x, y, cageX, cageY, 0.2));
    var innerX = cageX - 9;
    var innerY = cageY - 8;
    for (var row = row(-innerY); row <= row(innerY); row++) {
      var y = (row - HALF) * SPACING;
      for (var column = row(-innerX); column <= row(innerX); column++) {
        var x = (column - HALF) * SPACING;
        var inside = edge(squircle(x, y, innerX, innerY, 0.2));
        if (inside <= 0) {
          continue;
        }
        var at = row * SIDE + column;
        var air = Math.min(inside, edge(z > 226 ? apex(x, y) : (z - dome(x, y)) / 1.6));
        if (air < 1) {
          hu[at] += inside * (belly(x, y) - hu[at]);
        }
        if (air > 0) {
          var shade = LUNG + 0.42 * y + 24 * wave(x, y, z, 9);
          var fissure = Math.abs(0.62 * y - 0.5 * (z - 150) + x * x / 900 + (x < 0 ? 4 : -3));
          if (fissure < 0.8) {
            shade += 130 * (1 - fissure / 0.8);
          }
          hu[at] += air * ((float) shade - hu[at]);
          lung[at] = air;
        }
      }
    }
  }

  private static double dome(double x, double y) {
    if (x < 0) {
      var across = (x + 66) / 72;
      var deep = (y + 4) / 84;
      return 82 - 46 * across * across - 64 * deep * deep;
    }
    var across = (x - 68) / 68;
    var deep = (y - 2) / 82;
    return 70 - 44 * across * across - 60 * deep * deep;
  }

  private double apex(double x, double y) {
    return ball(Math.abs(x) - 40, y - 8, z - 222, cageX - 44, cageY - 20, 58);
  }

  private float belly(double x, double y) {
    if (z > 150) {
      return Math.abs(x) < 60 && y < 30 ? FAT + 20 : MUSCLE;
    }
    if (ball(x - 86, y - 40, z - 22, 36, 42, 40) > 0) {
      return 49; // spleen
    }
    var stomach = ball(x - 56, y + 14, z - 26, 38, 44, 34);
    if (stomach > 0) {
      if (stomach < 4) {
        return 40;
      }
      return y < -24 ? -920 : 18 + (float) (10 * wave(x, y, z, 6));
    }
    var liver =
        Math.max(ball(x + 62, y - 2, z - 20, 92, 96, 120), ball(x - 8, y + 48, z - 24, 62, 40, 60));
    return liver > 0 ? LIVER : FAT;
  }

  private void lungVessels() {
    var random = new Random(seed);
    for (var side = -1; side <= 1; side += 2) {
      var tubes = new ArrayList<Tube>();
      var bronchi = new ArrayList<Tube>();
      for (var lobe = 0; lobe < 11; lobe++) {
        // from the hilum up, forward, sideways, back and down; each third is a vein
        var turn = lobe * 2.4 + 0.5 * random.nextDouble();
        var rise = 0.95 - 0.18 * lobe;
        var flat = Math.sqrt(Math.max(0.1, 1 - rise * rise));
        var direction =
            new double[] {
              side * flat * (0.4 + 0.6 * Math.abs(Math.cos(turn))), flat * Math.sin(turn), rise
            };
        var hilum = new double[] {side * 36, lobe % 3 == 0 ? 2 : 12, lobe % 3 == 0 ? 128 : 148};
        grow(
            tubes,
            lobe % 3 == 1 ? bronchi : new ArrayList<>(),
            random,
            hilum,
            direction,
            4.4,
            22,
            0);
      }
      for (var tube : tubes) {
        tube(tube, BLOOD - 6, true);
      }
      for (var bronchus : bronchi) {
        tube(bronchus, -250, true);
        tube(thinner(bronchus, 0.9), AIR, true);
      }
    }
  }

  private void grow(
      List<Tube> tubes,
      List<Tube> bronchi,
      Random random,
      double[] from,
      double[] way,
      double radius,
      double length,
      int depth) {
    if (radius < 0.36 || depth > 11) {
      return;
    }
    var size = Math.sqrt(way[0] * way[0] + way[1] * way[1] + way[2] * way[2]);
    var reach = length * (0.75 + 0.5 * random.nextDouble()) / size;
    var to = new double[3];
    for (var axis = 0; axis < 3; axis++) {
      to[axis] = from[axis] + way[axis] * reach;
    }
    tubes.add(new Tube(from[0], from[1], from[2], to[0], to[1], to[2], radius, radius * 0.8));
    if (depth < 3) {
      var beside = radius * 1.6;
      bronchi.add(
          new Tube(
              from[0],
              from[1] + beside,
              from[2],
              to[0],
              to[1] + beside * 0.8,
              to[2],
              radius * 0.8,
              radius * 0.62));
    }
    for (var child = 0; child < 2; child++) {
      var next = new double[3];
      for (var axis = 0; axis < 3; axis++) {
        next[axis] = way[axis] / size + 0.9 * (random.nextDouble() * 2 - 1);
      }
      next[0] += Math.copySign(0.18, to[0]); // away from the middle
      var share = child == 0 ? 0.83 : 0.68;
      grow(tubes, bronchi, random, to, next, radius * share, length * (share + 0.07), depth + 1);
    }
  }

  private void mediastinum() {
    var waist = along(z, 26, 30, 31, 31, 29, 27, 34);
    fill(2, 22, waist, 50, FAT, (x, y) -> ellipse(x - 2, y - 22, waist, 46));
    fill(2, -34, waist, 60, FAT, (x, y) -> ellipse(x - 2, y + 34, waist * 0.4, cageY - 40));
    for (var piece : greatVessels()) {
      tube(wider(piece, 3), FAT, false);
    }
    heart();
    for (var piece : greatVessels()) {
      tube(piece, BLOOD, false);
    }
    var calcified = z > 188 && z < 204;
    if (calcified) {
      fill(
          16,
          14,
          8,
          8,
          520,
          (x, y) -> 1.2 - Math.abs(ellipse(x - 10, y - 12, 12, 14)) - Math.abs(y - 15) / 9);
    }
    airway(new Tube(0, -2, 305, -1, 15, 178, 9, 8.5));
    airway(new Tube(-2, 15, 177, -40, 17, 149, 7, 5.6));
    airway(new Tube(1, 15, 177, 44, 22, 147, 6.4, 5));
    tube(new Tube(4, 14, 305, 5, 38, 120, 6.5, 6.5), 38, false);
    tube(new Tube(5, 38, 120, 14, 36, 0, 6.5, 8), 38, false);
    tube(new Tube(4, 13, 305, 5, 33, 150, 2, 1.2), -500, false);
    tube(new Tube(-8, 45, 180, -5, 48, 0, 3.4, 3), BLOOD, false);
    if (z > 270) {
      for (var side = -1; side <= 1; side += 2) {
        var center = 16 * side;
        fill(center, 0, 10, 14, 108, (x, y) -> ball(x - center, y + 6, z - 296, 8, 11, 22));
      }
    }
  }

  private void airway(Tube tube) {
    tube(wider(tube, 1.6), 30, false);
    tube(tube, AIR, false);
  }

  /// Left of the middle, its tip to the front; fat in the grooves and around.
  private void heart() {
    if (z < 22 || z > 136) {
      return;
    }
    var cos = 0.82;
    var sin = 0.57;
    Solid sac =
        (x, y) -> {
          var along = cos * (x - 20) - sin * (y + 20);
          var across = sin * (x - 20) + cos * (y + 20);
          return ball(along, across, z - 80 - 0.16 * along, 66, 49, 54);
        };
    fill(20, -20, 72, 66, FAT + 8, sac);
    fill(
        20,
        -20,
        72,
        66,
        MUSCLE - 4,
        (x, y) -> {
          var groove = Math.abs(0.75 * (x - 8) + 0.55 * (y + 6) + 0.35 * (z - 80));
          var depth = sac.depth(x, y);
          var fat = depth < 15 ? Math.max(0, 4.5 - groove) * 1.4 : 0;
          return depth - 3.5 - 1.5 * wave(x, y, z, 20) - fat;
        });
    fill(34, -24, 50, 40, BLOOD - 3, (x, y) -> sac.depth(x - 4, y + 2) - 15);
    if (z > 84 && z < 110) {
      tube(new Tube(2, -36, 108, 30, -46, 84, 1.4, 1), 390, false); // chalk in a coronary artery
    }
  }

  private static List<Tube> greatVessels() {
    return List.of(
        new Tube(2, -14, 112, -13, -24, 150, 16, 16.5),
        new Tube(-13, -24, 150, -11, -22, 182, 16.5, 15.5),
        new Tube(-11, -22, 182, 6, -2, 199, 15, 14),
        new Tube(6, -2, 199, 22, 32, 190, 13.5, 13),
        new Tube(22, 32, 190, 24, 46, 165, 13, 12.5),
        new Tube(24, 46, 165, 22, 48, 90, 12.5, 12),
        new Tube(22, 48, 90, 8, 50, 0, 12, 11),
        new Tube(20, -34, 116, 22, -16, 150, 14, 13.5),
        new Tube(18, -12, 150, -36, 4, 146, 11, 9),
        new Tube(22, -12, 152, 46, 16, 156, 11, 8.5),
        new Tube(-27, -14, 238, -25, -8, 128, 8.5, 10),
        new Tube(-24, -14, 128, -20, -14, 96, 17, 20),
        new Tube(-20, 6, 70, -20, 10, 0, 12, 12),
        new Tube(-40, 12, 118, 40, 16, 118, 6.5, 6.5),
        new Tube(0, 8, 118, 12, 6, 108, 20, 19),
        new Tube(-10, -14, 196, -24, -4, 262, 6.5, 5.5),
        new Tube(4, -6, 200, 16, -4, 300, 4, 3.6),
        new Tube(16, 8, 202, 28, 8, 262, 5.2, 5),
        new Tube(28, 8, 262, 70, -4, 284, 5, 4.6),
        new Tube(-24, -4, 262, -66, -8, 284, 5, 4.6),
        new Tube(-24, -4, 262, -20, -4, 305, 4, 3.6),
        new Tube(-25, -22, 224, 30, -22, 240, 6, 6),
        new Tube(30, -22, 240, 46, -18, 300, 6.5, 6),
        new Tube(-27, -14, 238, -44, -18, 300, 7, 6));
  }

  private void spine() {
    var back = 60 + 7 * Math.sin(z / 300 * Math.PI) - Math.max(0, z - 190) * 0.2;
    var phase = z / 24 - Math.floor(z / 24);
    var size = along(z, 21, 20, 19, 18, 17, 16, 15);
    fill(0, back, size + 4, 22, FAT + 40, (x, y) -> ellipse(x, y - back, size + 3, 20));
    Solid body = (x, y) -> Math.min(ellipse(x, y - back, size, 16), back + 13 - y + 0.02 * x * x);
    var disc = phase < 0.17;
    var plate = edge((0.045 - Math.min(Math.abs(phase - 0.2), Math.abs(phase - 0.97))) * 24);
    fill(0, back, size, 17, disc ? 88 : 400, body);
    if (!disc) {
      var rim = 1.5 + 1.5 * plate;
      for (var row = row(back - 18); row <= row(back + 18); row++) {
        var y = (row - HALF) * SPACING;
        for (var column = row(-size); column <= row(size); column++) {
          var x = (column - HALF) * SPACING;
          var inner = edge(body.depth(x, y) - rim);
          var spongy = MARROW + 46 * wave(x, y, z, 2.6) + 160 * plate;
          hu[row * SIDE + column] += inner * ((float) spongy - hu[row * SIDE + column]);
        }
      }
    }
    var canal = back + 24;
    var muscles = canal + 11;
    for (var side = -1; side <= 1; side += 2) {
      var center = side * 27;
      fill(
          center,
          muscles,
          28,
          15,
          MUSCLE + 3,
          (x, y) ->
              Math.min(
                  ellipse(x - center, y - muscles, 25, 12.5),
                  squircle(x, y, bodyX, bodyY, 0.42) - 10));
    }
    var arch = edge((0.36 - Math.abs(phase - 0.55)) * 24);
    for (var side = -1; side <= 1; side += 2) {
      bone(side * 15, canal - 9 + 2, side * 14, canal + 3, 3.4 + 2 * arch); // pedicle or joint
      bone(side * 14, canal + 4, side * 2, canal + 12, 2.6 + arch);
      if (phase > 0.35 && phase < 0.85) {
        bone(side * 16, canal + 2, side * 34, canal + 9, 3.6);
      }
    }
    var tip = canal + 13 + 13 * (1 - phase);
    bone(0, canal + 11, 0, Math.min(tip, bodyY - 9), 2.8);
    fill(0, canal, 10, 9, 4, (x, y) -> ellipse(x, y - canal, 9.5, 8));
    fill(0, canal, 10, 9, 16, (x, y) -> ellipse(x, y - canal, 7.8, 6.6));
    fill(0, canal, 7, 5, 40, (x, y) -> ellipse(x, y - canal, 5.4, 3.9));
  }

  /// Each falls from its vertebra to the front, so a slice meets some of them, each elsewhere.
  private void ribs() {
    for (var pair = 0; pair < 15; pair++) {
      var fall = Math.min(98, 34 + 13 * pair);
      var t = (318 - 24 * pair - z) / fall;
      if (t < -0.04 || t > 1) {
        continue;
      }
      var angle = Math.PI * (0.13 + 0.74 * t);
      var radius = 0.5 * (cageX + cageY);
      var half = Math.min(30, 6.2 * radius * 0.74 * Math.PI / fall);
      var thick = t < 0.06 ? 3.2 : 3.9;
      for (var side = -1; side <= 1; side += 2) {
        rib(side, angle, radius, half, thick, t > 0.86);
      }
    }
  }

  private void rib(int side, double angle, double radius, double half, double thick, boolean soft) {
    var middleX = side * (cageX - 5) * Math.sin(angle);
    var middleY = (cageY - 5) * Math.cos(angle);
    for (var row = Math.max(0, row(middleY - half - 4));
        row <= Math.min(SIDE - 1, row(middleY + half + 4));
        row++) {
      var y = (row - HALF) * SPACING;
      for (var column = Math.max(0, row(middleX - half - 4));
          column <= Math.min(SIDE - 1, row(middleX + half + 4));
          column++) {
        var x = (column - HALF) * SPACING;
        var u = x / (cageX - 5);
        var v = y / (cageY - 5);
        var across = (Math.sqrt(u * u + v * v - 0.2 * u * u * v * v) - 1) * radius;
        if (Math.abs(across) > thick + 1) {
          continue;
        }
        var along = (Math.atan2(side * u, v) - angle) * radius;
        var depth =
            (1 - Math.sqrt(along * along / (half * half) + across * across / (thick * thick)))
                * thick;
        var share = edge(depth);
        if (share <= 0) {
          continue;
        }
        var at = row * SIDE + column;
        hu[at] += share * ((soft ? CARTILAGE : CORTEX) - hu[at]);
        var inner = soft ? 0 : edge(depth - 1.15);
        hu[at] += inner * ((float) (MARROW + 40 * wave(x, y, z, 3)) - hu[at]);
        lung[at] = 0;
      }
    }
  }

  /// Breastbone, collar bones, shoulder blades, heads of the arms that are held up.
  private void girdle() {
    var front = -(cageY - 2);
    if (z > 100 && z < 262) {
      var wide = z > 212 ? 24 - Math.abs(z - 236) / 4 : 14 + 3 * Math.sin(z / 11);
      var ends = Math.min(1, Math.min(z - 100, 262 - z) / 8);
      Solid sternum = (x, y) -> ellipse(x, y - front, wide * ends, 6.4 * ends);
      fill(0, front, wide, 7, 400, sternum);
      fill(0, front, wide, 7, 110, (x, y) -> sternum.depth(x, y) - 1.4);
    }
    for (var side = -1; side <= 1; side += 2) {
      longBone(new Tube(side * 20, front + 4, 258, side * 78, front - 4, 276, 8.5, 6));
      longBone(new Tube(side * 78, front - 4, 276, side * 134, -22, 297, 6, 7.5));
      if (z > 128 && z < 292) {
        var spread = Math.min(1, (z - 128) / 60);
        var inner = side * (96 - 26 * spread);
        var outer = side * (104 + 26 * spread);
        bone(inner, 84 - 4 * spread, side * (104 + 4 * spread), 68, 1.6);
        bone(side * (104 + 4 * spread), 68, outer, 62 - 42 * spread, 1.8 + 1.8 * spread);
        if (z > 222) {
          bone(side * 104, 70, side * 112, 82, 2.2); // its spine
          bone(side * 112, 82, side * 146, 60, 3);
        }
      }
      var center = side * 152;
      Solid head = (x, y) -> ball(x - center, y - 4, z - 300, 24, 24, 26);
      fill(center, 4, 25, 25, CORTEX - 100, head);
      fill(center, 4, 25, 25, MARROW + 60, (x, y) -> head.depth(x, y) - 1.6);
    }
  }

  private void longBone(Tube tube) {
    tube(tube, CORTEX, false);
    tube(thinner(tube, 1.6), MARROW - 60, false);
  }

  /// A bone that lies in the slice.
  private void bone(double x, double y, double toX, double toY, double radius) {
    var tube = new Tube(x, y, z, toX, toY, z, radius, radius);
    tube(tube, CORTEX - 160, false);
    if (radius > 2.2) {
      tube(thinner(tube, 1.2), MARROW + 60, false);
    }
  }

  private static Tube thinner(Tube tube, double by) {
    return wider(tube, -by);
  }

  private static Tube wider(Tube t, double by) {
    return new Tube(t.x, t.y, t.z, t.toX, t.toY, t.toZ, t.r + by, t.toR + by);
  }

  private void dot(double x, double y, double radius, float value) {
    fill(x, y, radius, radius, value, (px, py) -> radius - Math.hypot(px - x, py - y));
  }

  /// What of a tube lies in this slice, also where it only grazes it.
  private void tube(Tube t, float value, boolean inLungAlone) {
    var most = Math.max(t.r, t.toR);
    if (most <= 0.05 || Math.min(t.z, t.toZ) - most > z || Math.max(t.z, t.toZ) + most < z) {
      return;
    }
    var dx = t.toX - t.x;
    var dy = t.toY - t.y;
    var dz = t.toZ - t.z;
    var square = dx * dx + dy * dy + dz * dz;
    var from = 0.0;
    var to = 1.0;
    if (Math.abs(dz) > 1e-6) {
      var one = (z - most * 2 - t.z) / dz;
      var other = (z + most * 2 - t.z) / dz;
      from = Math.clamp(Math.min(one, other), 0, 1);
      to = Math.clamp(Math.max(one, other), 0, 1);
    }
    var left = Math.min(t.x + from * dx, t.x + to * dx) - most;
    var right = Math.max(t.x + from * dx, t.x + to * dx) + most;
    var top = Math.min(t.y + from * dy, t.y + to * dy) - most;
    var bottom = Math.max(t.y + from * dy, t.y + to * dy) + most;
    for (var row = Math.max(0, row(top)); row <= Math.min(SIDE - 1, row(bottom) + 1); row++) {
      var y = (row - HALF) * SPACING;
      for (var column = Math.max(0, row(left));
          column <= Math.min(SIDE - 1, row(right) + 1);
          column++) {
        var at = row * SIDE + column;
        if (inLungAlone && lung[at] <= 0) {
          continue;
        }
        var x = (column - HALF) * SPACING;
        var share = Math.clamp(((x - t.x) * dx + (y - t.y) * dy + (z - t.z) * dz) / square, 0, 1);
        var awayX = x - t.x - share * dx;
        var awayY = y - t.y - share * dy;
        var awayZ = z - t.z - share * dz;
        var away = Math.sqrt(awayX * awayX + awayY * awayY + awayZ * awayZ);
        var covered = edge(t.r + share * (t.toR - t.r) - away);
        if (covered > 0) {
          hu[at] += (inLungAlone ? covered * lung[at] : covered) * (value - hu[at]);
        }
      }
    }
  }

  private void fill(double x, double y, double halfX, double halfY, float value, Solid solid) {
    var last = Math.min(SIDE - 1, row(y + halfY) + 1);
    var right = Math.min(SIDE - 1, row(x + halfX) + 1);
    for (var row = Math.max(0, row(y - halfY)); row <= last; row++) {
      var py = (row - HALF) * SPACING;
      for (var column = Math.max(0, row(x - halfX)); column <= right; column++) {
        var covered = edge(solid.depth((column - HALF) * SPACING, py));
        if (covered > 0) {
          var at = row * SIDE + column;
          hu[at] += covered * (value - hu[at]);
        }
      }
    }
  }

  private static int row(double millimetres) {
    return (int) Math.floor(millimetres / SPACING + HALF);
  }

  /// How much of a pixel is covered, a scanner's edges being a little soft.
  private static float edge(double depth) {
    return (float) Math.clamp(0.5 + depth / (1.5 * SPACING), 0, 1);
  }

  private static double ellipse(double x, double y, double a, double b) {
    var u = x / a;
    var v = y / b;
    return (1 - Math.sqrt(u * u + v * v)) * Math.min(a, b);
  }

  /// An ellipse with fuller corners.
  private static double squircle(double x, double y, double a, double b, double full) {
    var u = x * x / (a * a);
    var v = y * y / (b * b);
    return (1 - Math.sqrt(Math.max(0, u + v - full * u * v))) * 0.5 * (a + b);
  }

  private static double ball(double x, double y, double z, double a, double b, double c) {
    var u = x / a;
    var v = y / b;
    var w = z / c;
    return (1 - Math.sqrt(u * u + v * v + w * w)) * Math.min(a, Math.min(b, c));
  }

  /// Smooth and random, from -1 to 1, the same at the same place: hills `size` apart.
  private double wave(double x, double y, double height, double size) {
    var u = x / size + 1_000;
    var v = y / size + 1_000;
    var w = height / size + 1_000;
    var i = (int) u;
    var j = (int) v;
    var k = (int) w;
    var fu = smooth(u - i);
    var fv = smooth(v - j);
    var fw = smooth(w - k);
    var low =
        mix(
            mix(knot(i, j, k), knot(i + 1, j, k), fu),
            mix(knot(i, j + 1, k), knot(i + 1, j + 1, k), fu),
            fv);
    var high =
        mix(
            mix(knot(i, j, k + 1), knot(i + 1, j, k + 1), fu),
            mix(knot(i, j + 1, k + 1), knot(i + 1, j + 1, k + 1), fu),
            fv);
    return mix(low, high, fw);
  }

  private static double smooth(double share) {
    return share * share * (3 - 2 * share);
  }

  private static double mix(double one, double other, double share) {
    return one + share * (other - one);
  }

  private double knot(int i, int j, int k) {
    var bits = (i * 0x9E3779B1 ^ j * 0x85EBCA77 ^ k * 0xC2B2AE3D) + (int) seed;
    bits = (bits ^ bits >>> 15) * 0x2C1B3C6D;
    bits = (bits ^ bits >>> 12) * 0x297A2D39;
    return (bits ^ bits >>> 15) * 0x1p-31;
  }
}
