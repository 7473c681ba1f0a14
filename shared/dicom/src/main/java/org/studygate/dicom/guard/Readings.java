package org.studygate.dicom.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ways in which the header of an element can be read, and which of them fits best: the one
/// behind whose value something sensible stands. Each look costs the same, whatever the file says.
final class Readings {
  static final long UNDEFINED = 0xFFFF_FFFFL;
  static final int SURE = 2;
  private static final int LIKELY = 1;
  static final int NO = 0;
  private static final int NONE = 0;
  private static final int SOME = 8;
  private static final int GLANCE = 32;

  private final Bytes source;
  private final Peek window;
  private final Peek glance;

  Readings(Bytes source) {
    this.source = source;
    this.window = new Peek(source);
    this.glance = new Peek(source, GLANCE);
  }

  Bytes source() {
    return source;
  }

  Peek window() {
    return window;
  }

  /// Where an element stands: in a data set of this encoding that ends at `end`.
  ///
  /// @param root not within an item
  record Place(long end, boolean root, boolean explicit, boolean bigEndian) {}

  /// One way to read a header.
  ///
  /// @param vr what the file says, `NONE` if nothing that is one
  /// @param explicit the file names a representation, known or not
  /// @param header bytes before the value
  /// @param length `UNDEFINED`, or that of the value
  /// @param pad a byte behind an odd value that its length does not count
  /// @param grade how well what follows fits
  record Reading(int vr, boolean explicit, int header, long length, int pad, int grade) {
    /// The same with another length.
    Reading of(long other) {
      return new Reading(vr, explicit, header, other, 0, grade);
    }

    boolean undefined() {
      return length == UNDEFINED;
    }

    /// The header is as long as its representation wants it.
    boolean regular() {
      return !known() || Vr.longHeader(vr) == (header > 8);
    }

    boolean known() {
      return explicit && vr != NONE;
    }
  }

  /// The best way to read the element at `at`, of which eight bytes exist; none if each leads over
  /// the end of its data set.
  Optional<Reading> best(long at, Place place) throws IOException {
    var tag = window.tag(at, place.bigEndian);
    Optional<Reading> likely = Optional.empty();
    Optional<Reading> usual = Optional.empty();
    for (var way : ways(at, place)) {
      var graded = graded(way, at, tag, place);
      if (graded.isEmpty()) {
        continue;
      }
      var reading = graded.get();
      if (reading.grade == SURE) {
        return graded;
      }
      if (reading.grade == LIKELY && likely.isEmpty()) {
        likely = graded;
      }
      var asItShould = place.explicit ? reading.known() : !reading.explicit;
      if (asItShould && usual.isEmpty()) {
        usual = graded;
      }
    }
    return likely.isPresent() ? likely : usual;
  }

  /// The header as its encoding wants it, with a length that leads over the end; none if it has no
  /// representation.
  Optional<Reading> overrun(long at, Place place) throws IOException {
    return ways(at, place).stream()
        .filter(way -> place.explicit ? way.known() : !way.explicit)
        .filter(way -> !way.undefined() && way.length > place.end - at - way.header)
        .findFirst();
  }

  /// How many elements can be read from here on, one behind the other, up to some: tells which
  /// encoding a data set really has.
  int run(long start, Place place) throws IOException {
    var at = start;
    var last = 0;
    var count = 0;
    while (count < SOME && place.end - at >= 8) {
      var tag = look(at).tag(at, place.bigEndian);
      var vr = look(at).unsignedShort(at + 4, true);
      if (tag >>> 16 == 0 || (count > 0 && Integer.compareUnsigned(tag, last) <= 0)) {
        break;
      }
      Optional<Reading> reading =
          place.explicit
              ? Vr.known(vr)
                  ? named(at, vr, Vr.longHeader(vr), place)
                  : count == 0 ? sure(at, place) : Optional.empty()
              : Optional.of(unnamed(at, place));
      var strange = !place.explicit && count == 0 && Vr.byDictionary(tag) == Vr.UN;
      if (reading.isEmpty() || strange) {
        break;
      }
      count++;
      if (reading.get().undefined()) {
        return SOME; // a sequence: what comes before it has told enough
      }
      at += reading.get().header + reading.get().length;
      last = tag;
      if (at > place.end) {
        return count - 1;
      }
    }
    return at == place.end ? SOME : count;
  }

  /// Even of the first element the representation may be none.
  private Optional<Reading> sure(long at, Place place) throws IOException {
    return best(at, place).filter(way -> way.explicit && way.grade == SURE);
  }

  private List<Reading> ways(long at, Place place) throws IOException {
    var ways = new ArrayList<Reading>(4);
    var vr = look(at).unsignedShort(at + 4, true);
    if (Vr.known(vr)) {
      named(at, vr, Vr.longHeader(vr), place).ifPresent(ways::add);
      if (!place.explicit) {
        ways.add(unnamed(at, place));
      }
      named(at, vr, !Vr.longHeader(vr), place).ifPresent(ways::add);
      if (place.explicit) {
        ways.add(unnamed(at, place));
      }
    } else if (!place.explicit) {
      ways.add(unnamed(at, place));
    } else if (letters(vr, 'A', 'Z')) { // of a later edition: its length is a long one
      named(at, NONE, true, place).ifPresent(ways::add);
      named(at, NONE, false, place).ifPresent(ways::add);
      ways.add(unnamed(at, place));
    } else if (letters(vr, ' ', '~')) {
      named(at, NONE, false, place).ifPresent(ways::add);
      named(at, NONE, true, place).ifPresent(ways::add);
      ways.add(unnamed(at, place));
    } else {
      ways.add(unnamed(at, place));
      named(at, NONE, false, place).ifPresent(ways::add);
      named(at, NONE, true, place).ifPresent(ways::add);
    }
    return ways;
  }

  private static boolean letters(int vr, char first, char last) {
    return vr >>> 8 >= first && vr >>> 8 <= last && (vr & 0xFF) >= first && (vr & 0xFF) <= last;
  }

  private Reading unnamed(long at, Place place) throws IOException {
    return new Reading(NONE, false, 8, look(at).unsignedInt(at + 4, place.bigEndian), 0, NO);
  }

  private Optional<Reading> named(long at, int vr, boolean wide, Place place) throws IOException {
    if (!wide) {
      var length = look(at).unsignedShort(at + 6, place.bigEndian);
      if (length == 0 && Vr.longHeader(vr)) {
        return Optional.empty(); // the bytes that are reserved
      }
      return Optional.of(new Reading(vr, true, 8, length, 0, NO));
    }
    if (place.end - at < 12) {
      return Optional.empty();
    }
    var reserved = look(at).unsignedShort(at + 6, false) == 0;
    if (!reserved && Vr.known(vr) && !Vr.longHeader(vr)) {
      return Optional.empty();
    }
    return Optional.of(
        new Reading(vr, true, 12, look(at).unsignedInt(at + 8, place.bigEndian), 0, NO));
  }

  /// Empty if the value would reach over the end.
  private Optional<Reading> graded(Reading way, long at, int tag, Place place) throws IOException {
    var value = at + way.header;
    if (way.undefined()) {
      if ((way.header == 8 && way.explicit) || place.end - value < 8) {
        return Optional.empty();
      }
      var first = look(value).tag(value, place.bigEndian);
      var swapped = place.bigEndian && way.vr == Vr.UN ? look(value).tag(value, false) : first;
      var opens = first == Tags.ITEM || first == Tags.SEQUENCE_END || swapped == Tags.ITEM;
      return opens || way.known() || Vr.byDictionary(tag) == Vr.SQ
          ? Optional.of(with(way, 0, opens ? SURE : LIKELY))
          : Optional.empty();
    }
    if (way.length > place.end - value) {
      return Optional.empty();
    }
    var next = value + way.length;
    var grade = grade(next, place, tag);
    if (grade < SURE && way.length % 2 != 0 && grade(next + 1, place, tag) == SURE) {
      return Optional.of(with(way, 1, SURE));
    }
    return Optional.of(with(way, 0, grade));
  }

  /// Far ahead a small window will do: the large one stays where the next header is.
  private Peek look(long at) {
    return window.holds(at, 12) ? window : glance;
  }

  private static Reading with(Reading way, int pad, int grade) {
    return new Reading(way.vr, way.explicit, way.header, way.length, pad, grade);
  }

  /// How well what stands there fits behind an element of that tag: an element of the data set, or
  /// what ends it.
  int grade(long at, Place place, int after) throws IOException {
    var left = place.end - at;
    if (left == 0) {
      return SURE;
    }
    if (left < 8) {
      return place.root && left > 0 ? LIKELY : NO;
    }
    var tag = look(at).tag(at, place.bigEndian);
    if (tag == Tags.ITEM_END) {
      return place.root ? LIKELY : SURE;
    }
    if (tag == Tags.SEQUENCE_END || tag == Tags.ITEM) {
      return place.root ? LIKELY : tag == Tags.ITEM ? LIKELY : SURE;
    }
    if (tag >>> 16 == 0) {
      return place.root && tag == 0 && after != 0 ? LIKELY : NO; // zeros behind the last element
    }
    var ascending = Integer.compareUnsigned(tag, after) > 0;
    var vr = look(at).unsignedShort(at + 4, true);
    if (place.explicit && Vr.known(vr)) {
      return ascending && fits(named(at, vr, Vr.longHeader(vr), place), at, place) ? SURE : LIKELY;
    }
    if (place.explicit) {
      var odd = letters(vr, ' ', '~') && fits(named(at, NONE, false, place), at, place);
      return odd || fits(Optional.of(unnamed(at, place)), at, place) ? LIKELY : NO;
    }
    if (Vr.known(vr)) {
      return LIKELY;
    }
    var fits = fits(Optional.of(unnamed(at, place)), at, place);
    return fits ? (ascending ? SURE : LIKELY) : ascending ? LIKELY : NO;
  }

  private static boolean fits(Optional<Reading> way, long at, Place place) {
    return way.isPresent()
        && (way.get().undefined() || way.get().length <= place.end - at - way.get().header);
  }

  /// Where the zeros end that begin there; at the end of the file at the latest.
  long zeros(long from) throws IOException {
    var at = from;
    while (at < source.length() && window.unsignedByte(at) == 0) {
      at++;
    }
    return at;
  }
}
