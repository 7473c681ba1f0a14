package org.studygate.dicom.document;

import java.util.ArrayList;
import java.util.List;

/// The lines of a document, as many as are kept.
final class Lines {
  /// A report of a person has some hundred lines.
  static final int MOST = 5_000;

  static final int MOST_LETTERS = 1_000_000;

  private final List<Line> lines = new ArrayList<>();
  private int letters;
  private boolean cut;

  void add(Line line) {
    var room = MOST_LETTERS - letters;
    if (lines.size() == MOST || room <= 0) {
      cut = true;
      return;
    }
    var fits = line.value().length() <= room;
    var value = fits ? line.value() : line.value().substring(0, room);
    cut |= !fits;
    letters += line.name().length() + value.length();
    lines.add(
        new Line(line.level(), line.kind(), line.name(), value, line.unit(), line.references()));
  }

  /// The last one, to be added again with more.
  List<Line.Reference> joined(Line like) {
    if (lines.isEmpty()) {
      return List.of();
    }
    var last = lines.getLast();
    if (last.level() != like.level()
        || last.kind() != like.kind()
        || !last.name().equals(like.name())) {
      return List.of();
    }
    lines.removeLast();
    return last.references();
  }

  void leftOut() {
    cut = true;
  }

  /// Whether it has more than is kept.
  boolean cut() {
    return cut;
  }

  List<Line> all() {
    return List.copyOf(lines);
  }
}
