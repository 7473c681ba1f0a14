package org.studygate.dicom.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads a file that the walker has refused as forgivingly as DCMTK and pydicom do, and makes a
/// clean copy of it, which the walker must then accept. So what is mended here never widens what a
/// library sees: the walker stays as strict as it is.
///
/// The same bounds hold: depth, elements, items, length of values. One pass, no recursion, nothing
/// allocated from a declared length; each element is held against what follows it at a fixed number
/// of places. Whatever cannot be mended ends in a [Refusal], which nobody sees: the walker's own
/// counts.
public final class Mender {
  private final Bounds limits;
  private final Set<Mended> notes;
  private final Opening opening;
  private final Readings readings;
  private final Peek window;
  private final long length;
  private final Fragments fragments;
  private final Level[] stack;
  private int top;
  private long position;
  private int elements;
  private int items;
  private boolean pixelsSeen;
  private boolean mixed;

  private Mender(Opening opening, Bounds limits, Set<Mended> notes) {
    this.limits = limits;
    this.notes = notes;
    this.opening = opening;
    this.readings = opening.readings();
    this.window = readings.window();
    this.length = readings.source().length();
    this.fragments = new Fragments(readings, notes);
    this.position = opening.start();
    this.stack = new Level[2 * limits.depth() + 1];
    for (var i = 0; i < stack.length; i++) {
      stack[i] = new Level();
    }
  }

  /// The clean copy. It reads from `file`, which stays the caller's.
  public record Copy(Spliced bytes, Set<Mended> notes) {}

  public static Copy mend(Bytes file, Bounds limits) throws IOException, Refusal {
    if (file.length() > limits.fileBytes()) {
      throw new Refusal(Reason.TOO_LARGE, limits.fileBytes());
    }
    var notes = EnumSet.noneOf(Mended.class);
    var opening = Opening.of(file, limits, notes);
    var source = opening.readings().source();
    try {
      var dataset = new Mender(opening, limits, notes).dataset();
      var bytes = dataset.write(source != file);
      if (notes.isEmpty()) {
        notes.add(Mended.LENGTHS); // nothing that has a name of its own
      }
      return new Copy(bytes, Set.copyOf(notes));
    } catch (IOException | Refusal | RuntimeException failure) {
      if (source != file) {
        source.close();
      }
      throw failure;
    }
  }

  private Remade dataset() throws IOException, Refusal {
    var root = stack[0];
    root.end = length;
    root.explicit = opening.explicit();
    root.bigEndian = opening.bigEndian();
    while (top > 0 || position < root.end) {
      var level = stack[top];
      if (position >= level.end) {
        atEnd(level);
      } else if (level.sequence) {
        item(level);
      } else {
        element(level);
      }
    }
    sorted(root, true);
    return new Remade(root.elements, opening, mixed, notes);
  }

  // Levels

  private void atEnd(Level level) throws IOException, Refusal {
    if (closedBehind(level)) {
      return;
    }
    if (level.undefined && !notes.contains(Mended.CUT)) {
      notes.add(Mended.DELIMITERS);
    }
    var parent = stack[top - 1];
    if (level.sequence
        && !level.undefined
        && parent.end - position >= 8
        && window.tag(position, level.bigEndian) == Tags.ITEM) {
      notes.add(Mended.LENGTHS); // there are more items than its length says
      level.end = parent.end;
      level.undefined = true;
      return;
    }
    pop();
  }

  /// Whether delimiters of what is open stand behind the end of what it lies in, whose length is
  /// too short then: judged by what follows them, for they may as well belong to what is around.
  private boolean closedBehind(Level level) throws IOException {
    var cut = top;
    while (cut > 0 && stack[cut].undefined) {
      cut--;
    }
    var end = position + 8L * (top - cut);
    if (!level.undefined || cut == 0 || end > length) {
      return false;
    }
    var delimiter = level.sequence ? Tags.SEQUENCE_END : Tags.ITEM_END;
    if (window.tag(position, level.bigEndian) != delimiter
        || closing(top, cut) <= closing(cut - 1, 0)) {
      return false;
    }
    notes.add(Mended.LENGTHS);
    for (var at = top; at > 0 && stack[at].end < end; at--) {
      stack[at].end = end;
    }
    return true;
  }

  /// How well what follows fits if the delimiters that stand here close the levels from this one
  /// on.
  ///
  /// @param cut a level that ends without one, 0 for none
  private int closing(int from, int cut) throws IOException {
    var open = from;
    var at = position;
    while (open > 0 && (open == cut || stack[open].undefined)) {
      var level = stack[open];
      if (open != cut) {
        var delimiter = level.sequence ? Tags.SEQUENCE_END : Tags.ITEM_END;
        if (length - at < 8 || window.tag(at, level.bigEndian) != delimiter) {
          break;
        }
        at += 8;
      }
      open--;
    }
    var level = stack[open];
    var tag = length - at < 8 ? 0 : window.tag(at, level.bigEndian);
    if (level.sequence) {
      return tag == Tags.ITEM || (!level.undefined && at == level.end)
          ? Readings.SURE
          : Readings.NO;
    }
    if (tag == Tags.ITEM || tag == Tags.SEQUENCE_END) {
      return Readings.NO; // not among elements
    }
    var whole = new Readings.Place(length, open == 0, level.explicit, level.bigEndian);
    return readings.grade(at, whole, level.last);
  }

  private void pop() throws IOException, Refusal {
    var left = stack[top--];
    if (!left.sequence) {
      sorted(left, false);
    }
  }

  private Level push(long end, boolean undefined) throws Refusal {
    if (top + 1 >= stack.length) {
      throw new Refusal(Reason.TOO_DEEP, position);
    }
    var parent = stack[top];
    var level = stack[++top];
    level.end = end;
    level.undefined = undefined;
    level.explicit = parent.explicit;
    level.bigEndian = parent.bigEndian;
    level.last = 0;
    level.any = false;
    level.disorder = false;
    return level;
  }

  private void item(Level level) throws IOException, Refusal {
    if (level.end - position < 8) {
      if (closedBehind(level)) {
        return;
      }
      notes.add(Mended.LENGTHS);
      var parent = stack[top - 1];
      var next = readings.grade(position, parent.place(top == 1), parent.last);
      if (next == Readings.SURE) {
        pop(); // it is a few bytes shorter than it says
      } else {
        position = level.end;
      }
      return;
    }
    var tag = window.tag(position, level.bigEndian);
    var declared = window.unsignedInt(position + 4, level.bigEndian);
    switch (tag) {
      case Tags.ITEM -> {
        if (++items > limits.items()) {
          throw new Refusal(Reason.TOO_MANY_ITEMS, position);
        }
        position += 8;
        var open = declared == Readings.UNDEFINED;
        var over =
            !open && declared > level.end - position && !tooShort(level, position + declared);
        if (over) {
          notes.add(level.end == length ? Mended.CUT : Mended.LENGTHS);
        }
        var content = push(open || over ? level.end : position + declared, open || over);
        content.sequence = false;
        content.elements = new ArrayList<>();
        level.items.add(new Found.Item(content.elements));
      }
      case Tags.SEQUENCE_END -> {
        if (declared != 0 || !level.undefined) {
          notes.add(Mended.DELIMITERS);
        }
        position += 8;
        pop();
      }
      case Tags.ITEM_END -> {
        notes.add(Mended.DELIMITERS);
        position += 8;
      }
      default -> {
        var parent = stack[top - 1];
        if (readings.grade(position, parent.place(top == 1), parent.last) > Readings.NO) {
          notes.add(Mended.DELIMITERS);
          pop();
        } else if (!level.undefined) {
          notes.add(Mended.DROPPED);
          position = level.end;
        } else {
          throw new Refusal(Reason.BAD_ITEM, position);
        }
      }
    }
  }

  // Elements

  private void element(Level level) throws IOException, Refusal {
    var left = level.end - position;
    if (left < 8) {
      if (!closedBehind(level)) {
        if (top > 0 && items(position, stack[top - 1].place(false))) {
          notes.add(Mended.LENGTHS); // the next item begins before this one should end
          pop();
        } else {
          tail(level, left);
        }
      }
      return;
    }
    var tag = window.tag(position, level.bigEndian);
    if (tag == Tags.ITEM || tag == Tags.ITEM_END || tag == Tags.SEQUENCE_END) {
      delimiter(level, tag);
      return;
    }
    if (tag == 0) {
      zeros(level);
      return;
    }
    if (top == 0 && window.unsignedShort(position, false) == 2 && (tag >>> 16 == 2 || !level.any)) {
      position = Opening.passMeta(readings, position, notes);
      return;
    }
    var place = level.place(top == 0);
    var found = readings.best(position, place);
    if (found.isEmpty()) {
      unreadable(level, tag, place);
      return;
    }
    var reading = found.get();
    if (top == 0 && pixelsSeen && !credible(level, reading, tag)) {
      trailing();
      return;
    }
    take(level, tag, reading);
  }

  /// No element begins with them: they fill the file up, or a gap before the next element.
  private void zeros(Level level) throws IOException, Refusal {
    var end = readings.zeros(position);
    if (top == 0 && (pixelsSeen || end == length)) {
      trailing();
      return;
    }
    var within = level.place(top == 0);
    for (var next = level.bigEndian ? end - 1 : end;
        next <= end;
        next++) { // a group may begin with one
      if (level.end - next >= 8 && readings.grade(next, within, 0) == Readings.SURE) {
        notes.add(Mended.GAPS);
        position = next;
        return;
      }
    }
    if (top == 0 || level.undefined) {
      throw new Refusal(Reason.TAGS_NOT_ASCENDING, position);
    }
    notes.add(Mended.LENGTHS); // the item is longer than what is in it
    position = level.end;
  }

  /// After the image data some writers leave what is none of the file's.
  private boolean credible(Level level, Readings.Reading reading, int tag) throws IOException {
    if (reading.vr() != 0
        || reading.undefined()
        || Vr.byDictionary(tag) != Vr.UN
        || tag >>> 16 == 0xFFFC) {
      return true;
    }
    var next = position + reading.header() + reading.length() + reading.pad();
    return !level.explicit // where nothing has a representation, what follows tells
        && (reading.grade() == Readings.SURE
            || (level.end - next >= 8
                && Vr.byDictionary(window.tag(next, level.bigEndian)) != Vr.UN));
  }

  private void trailing() {
    notes.add(Mended.TRAILING);
    position = stack[0].end;
  }

  /// Fewer bytes than a header has.
  private void tail(Level level, long left) throws IOException {
    if (top > 0) {
      notes.add(level.undefined ? Mended.CUT : Mended.LENGTHS);
    } else {
      var blank = true;
      for (var i = 0; i < left; i++) {
        var c = window.unsignedByte(position + i);
        blank &= c == 0 || c == ' ' || c == '\r' || c == '\n';
      }
      notes.add(blank || pixelsSeen ? Mended.TRAILING : Mended.CUT);
    }
    position = level.end;
  }

  private void delimiter(Level level, int tag) throws IOException, Refusal {
    if (top == 0) {
      if (tag == Tags.ITEM) {
        throw new Refusal(Reason.BAD_DELIMITER, position);
      }
      notes.add(Mended.DELIMITERS);
      position += 8;
      return;
    }
    switch (tag) {
      case Tags.ITEM_END -> {
        if (!level.undefined || window.unsignedInt(position + 4, level.bigEndian) != 0) {
          notes.add(Mended.DELIMITERS);
        }
        position += 8;
      }
      case Tags.SEQUENCE_END -> { // the item's end is missing, or this is meant to be it
        notes.add(Mended.DELIMITERS);
        var next = position + 8;
        if (stack[top - 1].end - next >= 8 && window.tag(next, level.bigEndian) == Tags.ITEM) {
          position = next;
        }
      }
      default -> notes.add(Mended.DELIMITERS); // the next item
    }
    pop();
  }

  /// No way to read it stays within its data set.
  private void unreadable(Level level, int tag, Readings.Place place) throws IOException, Refusal {
    if (top == 0 && pixelsSeen) {
      trailing();
      return;
    }
    var over = readings.overrun(position, place);
    if (over.isEmpty()) {
      if (top > 0 && !level.undefined) {
        notes.add(Mended.DROPPED);
        position = level.end;
        return;
      }
      throw new Refusal(Reason.UNKNOWN_VR, position);
    }
    var reading = over.get();
    var value = position + reading.header();
    if (sequence(reading, tag) && items(value, place)) {
      notes.add(level.end < length ? Mended.LENGTHS : Mended.CUT);
      take(level, tag, reading.of(Readings.UNDEFINED));
    } else if (top > 0
        && !level.undefined
        && longer(value + reading.length(), tag, behind(level))) {
      take(level, tag, reading);
    } else if (level.end < length) {
      notes.add(Mended.LENGTHS);
      take(level, tag, reading.of(level.end - value));
    } else {
      notes.add(Mended.CUT);
      if (top == 0 && tag == Tags.PIXELS) {
        take(level, tag, reading.of(level.end - value));
      } else {
        position = level.end;
      }
    }
  }

  private static boolean sequence(Readings.Reading reading, int tag) {
    return (reading.known() && reading.vr() != Vr.UN ? reading.vr() : Vr.byDictionary(tag))
        == Vr.SQ;
  }

  private boolean items(long at, Readings.Place place) throws IOException {
    return place.end() - at >= 8 && window.tag(at, place.bigEndian()) == Tags.ITEM;
  }

  /// Whether a sequence of a definite length is shorter than its item, to judge by what follows
  /// the two ends. Then it and what it lies in get the length of the item.
  private boolean tooShort(Level sequence, long end) throws IOException {
    var parent = stack[top - 1];
    return !sequence.undefined
        && longer(
            end, parent.last, readings.grade(sequence.end, parent.place(top == 1), parent.last));
  }

  /// What is open is as long as the end needs, if what stands there fits better than what stands
  /// where it should end.
  private boolean longer(long end, int tag, int otherwise) throws IOException {
    var level = stack[top];
    var whole = new Readings.Place(length, false, level.explicit, level.bigEndian);
    if (end > length || readings.grade(end, whole, tag) <= otherwise) {
      return false;
    }
    notes.add(Mended.LENGTHS);
    for (var at = top; at > 0 && stack[at].end < end; at--) {
      stack[at].end = end;
    }
    return true;
  }

  /// How well what follows an item of a definite length fits.
  private int behind(Level level) throws IOException {
    var sequence = stack[top - 1];
    if (level.end < sequence.end) {
      var tag = sequence.end - level.end < 8 ? 0 : window.tag(level.end, level.bigEndian);
      return tag == Tags.ITEM || tag == Tags.SEQUENCE_END ? Readings.SURE : Readings.NO;
    }
    var parent = stack[top - 2];
    return readings.grade(level.end, parent.place(top == 2), parent.last);
  }

  private void take(Level level, int tag, Readings.Reading reading) throws IOException, Refusal {
    if (++elements > limits.elements()) {
      throw new Refusal(Reason.TOO_MANY_ELEMENTS, position);
    }
    if (reading.pad() > 0 || !reading.regular()) {
      notes.add(Mended.LENGTHS);
    }
    if (reading.explicit() && !reading.known()) {
      notes.add(Mended.REPRESENTATION);
    }
    if (reading.explicit() != level.explicit) {
      notes.add(Mended.ENCODING);
      mixed = true;
    }
    level.disorder |= level.any && Integer.compareUnsigned(tag, level.last) <= 0;
    level.any = true;
    level.last = tag;
    var vr = reading.known() ? reading.vr() : Vr.UN;
    var hidden = vr == Vr.UN;
    if (hidden) {
      vr = Vr.byDictionary(tag);
    }
    var from = position + reading.header();
    position = from;
    if (tag == Tags.PIXELS && fragmented(level, reading, from)) {
      fragments(level, reading);
    } else if (reading.undefined() || (vr == Vr.SQ && reading.length() > 0)) {
      sequence(level, tag, vr, reading, hidden);
    } else {
      value(level, tag, vr, reading, from);
    }
    pixelsSeen |= top == 0 && tag >= Tags.FLOAT_PIXELS && tag <= Tags.PIXELS;
  }

  private void value(Level level, int tag, int vr, Readings.Reading reading, long from)
      throws Refusal {
    var bytes = reading.length();
    if (bytes > limits.valueBytes() && !Vr.bulk(tag)) {
      throw new Refusal(Reason.VALUE_TOO_LONG, from);
    }
    position = from + bytes + reading.pad();
    if ((tag & 0xFFFF) != 0) { // group lengths are retired, and would be wrong
      var wide = vr == Vr.SQ || (bytes > 0xFFFE && !Vr.longHeader(vr));
      level.elements.add(new Found(tag, wide ? Vr.UN : vr, from, bytes));
    }
  }

  private void sequence(Level level, int tag, int vr, Readings.Reading reading, boolean hidden)
      throws IOException, Refusal {
    var from = position;
    var undefined = reading.undefined();
    var end = undefined ? level.end : from + reading.length();
    var bigEndian = level.bigEndian;
    if (end - from >= 8 && hidden && bigEndian && window.tag(from, false) == Tags.ITEM) {
      bigEndian = false;
    }
    var first = end - from < 8 ? 0 : window.tag(from, bigEndian);
    if (first != Tags.ITEM && first != Tags.SEQUENCE_END) {
      if (undefined && vr != Vr.SQ && vr != Vr.UN) {
        delimited(level, tag, vr);
      } else if (undefined && readings.grade(from, level.place(top == 0), tag) > Readings.NO) {
        notes.add(Mended.DELIMITERS); // nothing in it, not even its end
      } else if (undefined) {
        throw new Refusal(Reason.BAD_ITEM, from);
      } else if (hidden) {
        mixed = true; // its dictionary would call it a sequence: it must say that it is none
        value(level, tag, Vr.UN, reading, from);
      } else {
        notes.add(Mended.DROPPED);
        position = end;
      }
      return;
    }
    if (vr != Vr.SQ && vr != Vr.UN) {
      notes.add(Mended.LENGTHS);
    }
    var found = new Found(tag, Vr.SQ, from, 0);
    found.items = new ArrayList<>(1);
    found.unknown = bigEndian != level.bigEndian;
    level.elements.add(found);
    var inner = push(end, undefined);
    inner.sequence = true;
    inner.items = found.items;
    inner.bigEndian = bigEndian;
    if (hidden && level.explicit) {
      inner.explicit = readings.run(from + 8, new Readings.Place(end, false, true, bigEndian)) > 0;
    } else if (reading.explicit()) {
      inner.explicit = true;
    }
  }

  /// A value without a length that is no sequence, up to its delimiter. Only OB and its like can
  /// have one.
  private void delimited(Level level, int tag, int vr) throws IOException, Refusal {
    var from = position;
    var at = fragments.seek(from, level.end, level.bigEndian, false);
    if (at < 0) {
      throw new Refusal(Reason.BAD_LENGTH, from);
    }
    notes.add(Mended.LENGTHS);
    var kept = new Readings.Reading(vr, true, 0, at - from, 0, 0);
    value(level, tag, Vr.longHeader(vr) ? vr : Vr.UN, kept, from);
    position = at + 8;
  }

  private boolean fragmented(Level level, Readings.Reading reading, long from) throws IOException {
    if (reading.undefined()) {
      return true;
    }
    return top == 0
        && opening.syntax().map(TransferSyntax::encapsulated).orElse(false)
        && reading.length() >= 16
        && window.tag(from, level.bigEndian) == Tags.ITEM;
  }

  private void fragments(Level level, Readings.Reading reading) throws IOException, Refusal {
    var found = new Found(Tags.PIXELS, Vr.OB, position, 0);
    var end = reading.undefined() ? level.end : position + reading.length();
    var room = limits.items() - items;
    var lie = fragments.find(position, end, reading.undefined(), level.bigEndian, room);
    items += lie.items();
    position = lie.end();
    found.fragments = lie.places();
    level.elements.add(found);
  }

  private void sorted(Level level, boolean root) throws IOException, Refusal {
    if (level.disorder) {
      Ascending.sort(level.elements, root, readings.source(), notes);
    }
  }

  /// A data set or a sequence that is open.
  private static final class Level {
    long end;
    boolean undefined;
    boolean sequence;
    boolean explicit;
    boolean bigEndian;
    boolean any;
    boolean disorder;
    int last;
    List<Found> elements = new ArrayList<>();
    List<Found.Item> items = List.of();

    Readings.Place place(boolean root) {
      return new Readings.Place(end, root, explicit, bigEndian);
    }
  }
}
