package org.studygate.dicom.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.studygate.dicom.guard.Bytes;

/// The file around the frames: everything that a player must know stands before the first of them,
/// so that it begins at once.
final class Mp4 {
  private static final int SECOND = 90_000;

  private Mp4() {}

  /// Of a file that is one already: where its last whole box ends, 0 if it is none that could be
  /// played. Behind it may be the byte that made its length even.
  static long length(Bytes source) throws IOException {
    var at = 0L;
    var film = false;
    var media = false;
    while (source.length() - at >= 8) {
      var head = ByteBuffer.wrap(source.copy(at, 8));
      var size = head.getInt() & 0xFFFFFFFFL;
      var type = head.getInt();
      if (size == 1 && source.length() - at >= 16) {
        size = ByteBuffer.wrap(source.copy(at + 8, 8)).getLong();
      } else if (size == 0) {
        size = source.length() - at; // up to the end
      }
      if (size < 8 || size > source.length() - at || (at == 0 && type != name("ftyp"))) {
        break;
      }
      film |= type == name("moov");
      media |= type == name("mdat");
      at += size;
    }
    return film && media ? at : 0;
  }

  private static int name(String four) {
    return four.charAt(0) << 24 | four.charAt(1) << 16 | four.charAt(2) << 8 | four.charAt(3);
  }

  /// @param bytes of all frames
  /// @param seconds that each is shown
  static byte[] head(Frames.Gathered film, long bytes, double seconds) throws BadVideo {
    var ticks = Math.max(1, Math.round(seconds * SECOND));
    var whole = ticks * film.frames().size();
    if (bytes > 0xFFFFFFF0L - (64 << 20) || whole > 0xFFFFFFFFL) {
      throw new BadVideo("more than four gigabytes, or than half a day");
    }
    var delay = delay(film.frames());
    var start = 0L;
    var head = new byte[0];
    for (var i = 0; i < 2; i++) { // the second time with the place that the first has shown
      head = head(film, ticks, delay, start);
      start = head.length + 8L;
    }
    return new Boxes().bytes(head).number(bytes + 8).text("mdat").written();
  }

  private static byte[] head(Frames.Gathered film, long ticks, int[] delay, long start) {
    var frames = film.frames();
    var whole = ticks * frames.size();
    var boxes = new Boxes();
    boxes.begin("ftyp").text("isom").number(512).text("isom").text("avc1").text("mp41").end();
    boxes.begin("moov");
    boxes.begin("mvhd", 0, 0).numbers(0, 0, SECOND, whole, 0x10000).small(0x100).zeros(10);
    matrix(boxes).zeros(24).number(2).end();
    boxes.begin("trak");
    boxes.begin("tkhd", 0, 3).numbers(0, 0, 1, 0, whole, 0, 0).zeros(8);
    matrix(boxes).number((long) shown(film.parameters()) << 16);
    boxes.number((long) film.parameters().height() << 16).end();
    boxes.begin("edts").begin("elst", 0, 0);
    boxes.numbers(1, whole, -least(delay) * ticks, 0x10000).end().end();
    boxes.begin("mdia");
    boxes.begin("mdhd", 0, 0).numbers(0, 0, SECOND, whole).small(0x55C4).small(0).end();
    boxes.begin("hdlr", 0, 0).number(0).text("vide").zeros(12).one(0).end();
    boxes.begin("minf");
    boxes.begin("vmhd", 0, 1).zeros(8).end();
    boxes.begin("dinf").begin("dref", 0, 0).number(1).begin("url ", 0, 1).end().end().end();
    boxes.begin("stbl");
    boxes.begin("stsd", 0, 0).number(1);
    sample(boxes, film);
    boxes.end();
    boxes.begin("stts", 0, 0).numbers(1, frames.size(), ticks).end();
    shifts(boxes, delay, ticks);
    var keys = IntStream.range(0, frames.size()).filter(i -> frames.get(i).key()).toArray();
    if (keys.length > 0 && keys.length < frames.size()) {
      boxes.begin("stss", 0, 0).number(keys.length);
      Arrays.stream(keys).forEach(key -> boxes.number(key + 1));
      boxes.end();
    }
    boxes.begin("stsc", 0, 0).numbers(1, 1, frames.size(), 1).end();
    boxes.begin("stsz", 0, 0).numbers(0, frames.size());
    frames.forEach(frame -> boxes.number(frame.length()));
    boxes.end();
    boxes.begin("stco", 0, 0).numbers(1, start).end();
    return boxes.end().end().end().end().end().written();
  }

  /// Neither turned nor enlarged.
  private static Boxes matrix(Boxes boxes) {
    return boxes.numbers(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
  }

  /// How wide it is shown where pixels are not square.
  private static int shown(SequenceParameters parameters) {
    return parameters
        .aspect()
        .map(
            aspect ->
                (int)
                    Math.min(0xFFFF, (long) parameters.width() * aspect.width() / aspect.height()))
        .orElse(parameters.width());
  }

  private static void sample(Boxes boxes, Frames.Gathered film) {
    var parameters = film.parameters();
    boxes.begin("avc1").zeros(6).small(1).zeros(16);
    boxes.small(parameters.width()).small(parameters.height());
    boxes.numbers(0x480000, 0x480000, 0).small(1).zeros(32).small(24).small(0xFFFF);
    boxes.begin("avcC").one(1);
    var first = film.sequences().getFirst();
    boxes.one(first[1]).one(first[2]).one(first[3]).one(0xFF);
    boxes.one(0xE0 | film.sequences().size());
    film.sequences().forEach(set -> boxes.small(set.length).bytes(set));
    boxes.one(film.pictures().size());
    film.pictures().forEach(set -> boxes.small(set.length).bytes(set));
    boxes.end();
    parameters
        .aspect()
        .ifPresent(aspect -> boxes.begin("pasp").numbers(aspect.width(), aspect.height()).end());
    boxes.end();
  }

  /// Runs of frames that are shown equally long after they are decoded.
  private static void shifts(Boxes boxes, int[] delay, long ticks) {
    if (Arrays.stream(delay).allMatch(one -> one == 0)) {
      return;
    }
    var runs = new Boxes();
    var many = 0;
    for (var i = 0; i < delay.length; ) {
      var from = i;
      while (i < delay.length && delay[i] == delay[from]) {
        i++;
      }
      runs.numbers(i - from, (delay[from] - least(delay)) * ticks);
      many++;
    }
    boxes.begin("ctts", 0, 0).number(many).bytes(runs.written()).end();
  }

  private static int least(int[] delay) {
    return Arrays.stream(delay).min().orElse(0);
  }

  /// For each frame as it is decoded, how many places later it is shown; below zero: earlier.
  private static int[] delay(List<Frames.Frame> frames) {
    var shown =
        IntStream.range(0, frames.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> frames.get(i).period())
                    .thenComparing(i -> frames.get(i).order()))
            .toList();
    var delay = new int[frames.size()];
    for (var place = 0; place < delay.length; place++) {
      delay[shown.get(place)] = place - shown.get(place);
    }
    return delay;
  }
}
