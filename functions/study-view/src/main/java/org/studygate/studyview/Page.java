package org.studygate.studyview;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.studygate.study.Instance;

/// A part of a series whose addresses fit into one answer (an answer of Lambda holds 6 MB, an
/// address about 2 KB). A series of any length is read page by page.
record Page(List<Part> parts, Optional<String> next) {
  private static final int ADDRESSES = 1_500;

  /// Where a page begins, an instance counted from 0 and a frame of it counted from 1, and how many
  /// pictures it has at most: whoever opens a study waits for one, not for the addresses of all.
  record From(int instance, int frame, int most) {
    static final From START = new From(0, 1, ADDRESSES);

    /// `next` of the page before, `12.1` for example.
    static From at(String next) {
      var dot = next.indexOf('.');
      return new From(
          Integer.parseInt(next.substring(0, dot)),
          Integer.parseInt(next.substring(dot + 1)),
          ADDRESSES);
    }

    From atMost(String number) {
      return new From(instance, frame, Integer.parseInt(number));
    }
  }

  /// The frames of one instance on this page, both ends included.
  record Part(Instance instance, int first, int last) {}

  static Page of(List<Instance> instances, From from) {
    var parts = new ArrayList<Part>();
    var left = ADDRESSES;
    var most = from.most();
    var frame = Math.max(1, from.frame());
    for (var i = from.instance(); i < instances.size(); i++) {
      if (left <= 0 || most <= 0) {
        return new Page(List.copyOf(parts), Optional.of(i + "." + frame));
      }
      var instance = instances.get(i);
      var each = Math.max(1, instance.pictures().sizes().size());
      var fit = Math.min(most, Math.max(1, left / each));
      var last = Math.min(instance.frames(), frame + fit - 1);
      parts.add(new Part(instance, frame, last));
      most -= last - frame + 1;
      left -= 2 + (instance.frames() > 1 ? (last - frame + 1) * each : 0);
      if (last < instance.frames()) {
        return new Page(List.copyOf(parts), Optional.of(i + "." + (last + 1)));
      }
      frame = 1;
    }
    return new Page(List.copyOf(parts), Optional.empty());
  }
}
