package org.studygate.dicom;

import java.io.ByteArrayOutputStream;

/// Packs frames as DICOM's RLE, to hold our decoder against.
public final class Rle {
  private Rle() {}

  public static byte[] frame(int[] samples, int perPixel, int bytesPerSample) {
    var segments = new byte[perPixel * bytesPerSample][];
    var pixels = samples.length / perPixel;
    for (var sample = 0; sample < perPixel; sample++) {
      for (var b = 0; b < bytesPerSample; b++) {
        var plane = new byte[pixels];
        for (var i = 0; i < pixels; i++) {
          plane[i] = (byte) (samples[i * perPixel + sample] >> (8 * (bytesPerSample - 1 - b)));
        }
        segments[sample * bytesPerSample + b] = pack(plane);
      }
    }
    var out = new ByteArrayOutputStream();
    word(out, segments.length);
    var at = 64;
    for (var i = 0; i < 15; i++) {
      word(out, i < segments.length ? at : 0);
      at += i < segments.length ? segments[i].length : 0;
    }
    for (var segment : segments) {
      out.writeBytes(segment);
    }
    return out.toByteArray();
  }

  private static byte[] pack(byte[] plane) {
    var out = new ByteArrayOutputStream();
    var at = 0;
    while (at < plane.length) {
      var run = 1;
      while (run < 128 && at + run < plane.length && plane[at + run] == plane[at]) {
        run++;
      }
      if (run > 1) {
        out.write(1 - run);
        out.write(plane[at]);
        at += run;
      } else {
        var count = 1;
        while (count < 128
            && at + count < plane.length
            && plane[at + count] != plane[at + count - 1]) {
          count++;
        }
        out.write(count - 1);
        out.write(plane, at, count);
        at += count;
      }
    }
    if (out.size() % 2 != 0) {
      out.write(0);
    }
    return out.toByteArray();
  }

  private static void word(ByteArrayOutputStream out, int value) {
    for (var i = 0; i < 4; i++) {
      out.write(value >> (8 * i));
    }
  }
}
