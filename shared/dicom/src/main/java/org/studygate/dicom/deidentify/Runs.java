package org.studygate.dicom.deidentify;

import java.io.IOException;
import java.util.ArrayList;
import org.studygate.dicom.guard.Offsets;

/// Run-length coded frames on their way into a copy: what no value of a picture is made of becomes
/// zero, before, between and behind the segments. A frame that cannot be one is zero whole.
final class Runs {
  private static final int HEAD = 64;
  private static final int SEGMENTS = 15;

  private final Through through;

  Runs(Through through) {
    this.through = through;
  }

  /// @param plane how many bytes a segment is of
  void frames(Offsets fragments, long plane) throws IOException {
    for (var i = 0; i < fragments.size(); i += 2) {
      frame(fragments.get(i + 1), plane);
    }
  }

  private void frame(long length, long plane) throws IOException {
    if (length < HEAD || !through.has(HEAD)) {
      through.blank(length);
      return;
    }
    var count = Math.min((int) little(0), SEGMENTS);
    var places = new ArrayList<Long>();
    for (var i = 1; i <= count; i++) {
      places.add(little(4 * i));
    }
    places.add(length);
    through.pass(4L + 4L * count);
    through.blank(HEAD - 4L - 4L * count);
    var at = (long) HEAD;
    for (var i = 0; i < count; i++) {
      var from = places.get(i);
      var to = places.get(i + 1);
      if (from < at || to < from || to > length) {
        break;
      }
      through.blank(from - at);
      at = from + segment(to - from, plane);
    }
    through.blank(length - at);
  }

  /// How many bytes of it were passed on.
  private long segment(long length, long plane) throws IOException {
    var at = 0L;
    var made = 0L;
    while (at < length && made < plane && through.has(1)) {
      var control = through.peek(0);
      var literal = control < 128 ? Math.min(control + 1L, plane - made) : 0;
      var some = Math.min(length - at, control < 128 ? 1 + literal : control == 128 ? 1 : 2);
      through.pass(some);
      at += some;
      made += control < 128 ? literal : control == 128 ? 0 : 257 - control;
    }
    return at;
  }

  private long little(int ahead) {
    var value = 0L;
    for (var i = 3; i >= 0; i--) {
      value = (value << 8) | through.peek(ahead + i);
    }
    return value;
  }
}
