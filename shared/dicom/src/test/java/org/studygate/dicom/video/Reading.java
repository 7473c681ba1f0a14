package org.studygate.dicom.video;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/// What a player reads of an MP4 file; for tests.
///
/// @param later places, of each frame; empty if it does not say
record Reading(
    List<Integer> lengths,
    List<Integer> keys,
    List<Integer> later,
    int ticks,
    int width,
    int height) {
  private static final Set<String> FULL = Set.of("moov", "trak", "mdia", "minf", "stbl");

  static Reading of(byte[] file) {
    var boxes = new HashMap<String, ByteBuffer>();
    boxes(ByteBuffer.wrap(file), boxes);
    var sizes = box(boxes, "stsz");
    var times = box(boxes, "stts");
    var ticks = times.getInt(12);
    var later = new ArrayList<Integer>();
    if (boxes.containsKey("ctts")) {
      var shifts = box(boxes, "ctts");
      for (var run = 0; run < shifts.getInt(4); run++) {
        for (var i = 0; i < shifts.getInt(8 + 8 * run); i++) {
          later.add(shifts.getInt(12 + 8 * run) / ticks);
        }
      }
    }
    var lengths = IntStream.range(0, sizes.getInt(8)).map(i -> sizes.getInt(12 + 4 * i)).boxed();
    var keys = box(boxes, "stss");
    var numbers = IntStream.range(0, keys.getInt(4)).map(i -> keys.getInt(8 + 4 * i)).boxed();
    var entry = box(boxes, "stsd");
    var read =
        new Reading(
            lengths.toList(),
            numbers.toList(),
            later,
            ticks,
            entry.getShort(40),
            entry.getShort(42));
    var first = box(boxes, "stco").getInt(8);
    var media = read.lengths.stream().mapToInt(one -> one).sum();
    if (first + media != file.length || times.getInt(8) != read.lengths.size()) {
      throw new IllegalArgumentException("the frames are not where the file says");
    }
    return read;
  }

  private static ByteBuffer box(Map<String, ByteBuffer> boxes, String name) {
    return Objects.requireNonNull(boxes.get(name), name);
  }

  private static void boxes(ByteBuffer in, Map<String, ByteBuffer> boxes) {
    while (in.remaining() >= 8) {
      var length = in.getInt();
      var type = new byte[4];
      in.get(type);
      var content = in.slice(in.position(), length - 8);
      in.position(in.position() + length - 8);
      var name = new String(type, StandardCharsets.US_ASCII);
      boxes.put(name, content);
      if (FULL.contains(name)) {
        boxes(content.duplicate(), boxes);
      }
    }
  }
}
