package org.studygate.dicom.guard;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Passes over a whole data set before any library reads it: every length is held against what its
/// parent has left, every count against [Bounds]. No recursion, no allocation from a declared
/// length, no copy of a value.
///
/// Where the file names no value representation (implicit syntax, UN) it takes that of the
/// library's dictionary, so both see the same sequences. What the library could take for something
/// else (a UN whose items are explicit, fragments, the image data) is handed over as `opaque`: the
/// reader skips it.
final class Walker {
  private static final long UNDEFINED = 0xFFFFFFFFL;

  private final Bytes source;
  private final Peek window;
  private final Bounds limits;
  private final TransferSyntax syntax;
  private final long start;
  private final Set<Walked.Note> notes;
  private final Level[] stack;
  private int top;
  private int deepest;
  private long position;
  private int elements;
  private int items;
  private boolean hiding;

  private final PixelDemand demand = new PixelDemand();
  private final String[] uids = {"", "", "", ""};
  private final Offsets.Builder opaque = new Offsets.Builder();
  private Optional<Walked.Pixels> pixels = Optional.empty();
  private Walked.Span extendedOffsets = Walked.Span.NONE;
  private Walked.Span extendedLengths = Walked.Span.NONE;
  private Walked.Span document = Walked.Span.NONE;

  private Walker(Bytes source, Meta meta, Bounds limits) {
    this.source = source;
    this.window = new Peek(source);
    this.limits = limits;
    this.syntax = meta.syntax();
    this.start = meta.datasetStart();
    this.notes = EnumSet.noneOf(Walked.Note.class);
    this.notes.addAll(meta.notes());
    this.stack = new Level[2 * limits.depth() + 1];
    for (var i = 0; i < stack.length; i++) {
      stack[i] = new Level();
    }
  }

  static Walked walk(Bytes dataset, Meta meta, Bounds limits) throws IOException, Refusal {
    return new Walker(dataset, meta, limits).run();
  }

  private Walked run() throws IOException, Refusal {
    position = start;
    stack[0].root(source.length(), syntax);
    while (top > 0 || position < stack[0].end) {
      var level = stack[top];
      if (position == level.end) {
        if (level.undefined) {
          throw new Refusal(Reason.UNENDED, position);
        }
        pop();
      } else if (level.sequence) {
        item(level);
      } else {
        element(level);
      }
    }
    checkUids();
    return new Walked(
        syntax,
        start,
        pixels,
        extendedOffsets,
        extendedLengths,
        document,
        opaque.build(),
        elements,
        items,
        deepest,
        Set.copyOf(notes));
  }

  private void element(Level level) throws IOException, Refusal {
    need(level, 8);
    var at = position;
    var tag = window.tag(at, level.bigEndian);
    if (tag == Tags.ITEM_END && top > 0 && level.undefined) {
      zeroLength(level);
      pop();
      return;
    }
    if (tag == Tags.ITEM || tag == Tags.ITEM_END || tag == Tags.SEQUENCE_END) {
      throw new Refusal(Reason.BAD_DELIMITER, at);
    }
    if (Integer.compareUnsigned(tag, level.lastTag) <= 0 && level.any) {
      throw new Refusal(Reason.TAGS_NOT_ASCENDING, at);
    }
    level.lastTag = tag;
    level.any = true;
    if (++elements > limits.elements()) {
      throw new Refusal(Reason.TOO_MANY_ELEMENTS, at);
    }

    var header = 8;
    var vr = Vr.UN;
    long length;
    if (level.explicit) {
      vr = window.unsignedShort(at + 4, true);
      if (!Vr.known(vr)) {
        throw new Refusal(Reason.UNKNOWN_VR, at);
      }
      if (Vr.longHeader(vr)) {
        header = 12;
        need(level, 12);
        length = window.unsignedInt(at + 8, level.bigEndian);
      } else {
        length = window.unsignedShort(at + 6, level.bigEndian);
      }
    } else {
      length = window.unsignedInt(at + 4, level.bigEndian);
    }
    position = at + header;
    var hidden = vr == Vr.UN; // implicit, or explicitly unknown: the dictionary decides
    if (hidden) {
      vr = Vr.byDictionary(tag);
    }
    if (length != UNDEFINED && length > level.end - position) {
      throw new Refusal(top == 0 ? Reason.TRUNCATED : Reason.LENGTH_OVER_PARENT, at);
    }
    if (vr == Vr.SQ || (length == UNDEFINED && vr == Vr.UN)) {
      if (length != 0) {
        sequence(level, length, hidden && level.explicit);
      }
    } else if (length == UNDEFINED) {
      if (tag != Tags.PIXELS) {
        throw new Refusal(Reason.BAD_LENGTH, at);
      }
      fragments(level, at);
    } else {
      if (Vr.young(vr) && Vr.byDictionary(tag) == Vr.SQ) {
        hide(
            position,
            position + length); // an older library takes these for UN, and UN for a sequence
      }
      value(level, tag, vr, at, length);
    }
  }

  private void value(Level level, int tag, int vr, long at, long length)
      throws IOException, Refusal {
    if (length > limits.valueBytes() && !Vr.bulk(tag)) {
      throw new Refusal(Reason.VALUE_TOO_LONG, at);
    }
    if ((length & 1) != 0) {
      notes.add(Walked.Note.ODD_LENGTH);
    }
    if (top == 0) {
      rootValue(level, tag, vr, at, length);
    }
    position += length;
  }

  private void rootValue(Level level, int tag, int vr, long at, long length)
      throws IOException, Refusal {
    var span = new Walked.Span(position, length);
    switch (tag) {
      case Tags.SOP_CLASS -> uids[0] = uid(length);
      case Tags.SOP_INSTANCE -> uids[1] = uid(length);
      case Tags.STUDY -> uids[2] = uid(length);
      case Tags.SERIES -> uids[3] = uid(length);
      case Tags.ENCAPSULATED_DOCUMENT -> document = span;
      case Tags.EXTENDED_OFFSETS -> extendedOffsets = span;
      case Tags.EXTENDED_LENGTHS -> extendedLengths = span;
      case Tags.PIXELS, Tags.FLOAT_PIXELS, Tags.DOUBLE_PIXELS -> nativePixels(tag, vr, at, span);
      default -> demand.see(new Numeral(tag, vr, position, length, level.bigEndian), window);
    }
  }

  private void nativePixels(int tag, int vr, long at, Walked.Span span) throws Refusal {
    if (syntax.encapsulated() && span.length() > 0) {
      throw new Refusal(Reason.PIXEL_ENCODING, at);
    }
    if (pixels.isPresent()) {
      throw new Refusal(Reason.PIXEL_ENCODING, at); // one kind of image data only
    }
    if (span.length() > 0) {
      if (span.length() < demand.bytes(tag, at)) {
        throw new Refusal(Reason.PIXEL_SIZE, at);
      }
      pixels =
          Optional.of(
              new Walked.Pixels(tag, vr == Vr.OW, span, false, Walked.Span.NONE, Offsets.NONE));
      hide(span.offset(), span.end());
    }
  }

  /// Sequence found: items follow.
  private void sequence(Level level, long length, boolean inUn) throws IOException, Refusal {
    var from = position;
    var end = length == UNDEFINED ? level.end : position + length;
    var explicit = level.explicit;
    var hide = false;
    if (inUn) { // the standard says implicit little endian; some writers do otherwise
      if (length != UNDEFINED && (length < 8 || window.tag(from, false) != Tags.ITEM)) {
        hide(from, end); // bytes that are no items: nobody reads them
        position = end;
        return;
      }
      explicit = looksExplicit(from, end);
      hide = explicit;
    }
    push(new Sequence(end, length == UNDEFINED, explicit, !inUn && level.bigEndian, hide), from);
  }

  private record Sequence(
      long end, boolean undefined, boolean explicit, boolean bigEndian, boolean hide) {}

  private boolean looksExplicit(long from, long end) throws IOException {
    return end - from >= 16
        && window.unsignedInt(from + 4, false) >= 8
        && Vr.known(window.unsignedShort(from + 12, true));
  }

  private void push(Sequence sequence, long at) throws Refusal {
    if (top + 2 >= stack.length) {
      throw new Refusal(Reason.TOO_DEEP, at);
    }
    var level = stack[++top];
    level.end = sequence.end;
    level.undefined = sequence.undefined;
    level.sequence = true;
    level.explicit = sequence.explicit;
    level.bigEndian = sequence.bigEndian;
    level.hideFrom = sequence.hide && !hiding ? at : -1;
    hiding |= sequence.hide;
    deepest = Math.max(deepest, (top + 1) / 2);
  }

  private void item(Level level) throws IOException, Refusal {
    need(level, 8);
    var at = position;
    var tag = window.tag(at, level.bigEndian);
    if (tag == Tags.SEQUENCE_END && level.undefined) {
      zeroLength(level);
      pop();
      return;
    }
    if (tag != Tags.ITEM) {
      throw new Refusal(
          tag == Tags.SEQUENCE_END || tag == Tags.ITEM_END ? Reason.BAD_DELIMITER : Reason.BAD_ITEM,
          at);
    }
    count(at);
    var length = window.unsignedInt(at + 4, level.bigEndian);
    position = at + 8;
    if (length != UNDEFINED && length > level.end - position) {
      throw new Refusal(Reason.LENGTH_OVER_PARENT, at);
    }
    var content = stack[++top];
    content.end = length == UNDEFINED ? level.end : position + length;
    content.undefined = length == UNDEFINED;
    content.sequence = false;
    content.explicit = level.explicit;
    content.bigEndian = level.bigEndian;
    content.lastTag = 0;
    content.any = false;
    content.hideFrom = -1;
  }

  /// Compressed image data: an offset table, then fragments, until the delimiter.
  private void fragments(Level level, long at) throws IOException, Refusal {
    var root = top == 0;
    if (root && (!syntax.encapsulated() || pixels.isPresent())) {
      throw new Refusal(Reason.PIXEL_ENCODING, at);
    }
    var from = position;
    var offsetTable = Walked.Span.NONE;
    var places = new Offsets.Builder();
    while (true) {
      if (level.end - position < 8) {
        throw new Refusal(Reason.UNENDED_FRAGMENTS, position);
      }
      var tag = window.tag(position, level.bigEndian);
      var length = window.unsignedInt(position + 4, level.bigEndian);
      if (tag == Tags.SEQUENCE_END) {
        if (length != 0) {
          throw new Refusal(Reason.BAD_DELIMITER, position);
        }
        position += 8;
        break;
      }
      if (tag != Tags.ITEM) {
        throw new Refusal(Reason.BAD_ITEM, position);
      }
      count(position);
      if (length > level.end - position - 8) {
        throw new Refusal(
            length == UNDEFINED ? Reason.BAD_LENGTH : Reason.UNENDED_FRAGMENTS, position);
      }
      if ((length & 1) != 0) {
        notes.add(Walked.Note.ODD_LENGTH);
      }
      if (!offsetTable.present()) {
        if (root && Streams.at(window, position + 8, length).isPresent()) {
          throw new Refusal(Reason.BAD_ITEM, position); // no table stands before the fragments
        }
        offsetTable = new Walked.Span(position + 8, length);
      } else if (root) {
        places.add(position + 8);
        places.add(length);
      }
      position += 8 + length;
    }
    hide(from, position);
    if (root) {
      demand.bytes(Tags.PIXELS, at);
      var value = new Walked.Span(from, position - from);
      pixels =
          Optional.of(
              new Walked.Pixels(Tags.PIXELS, false, value, true, offsetTable, places.build()));
    }
  }

  private void count(long at) throws Refusal {
    if (++items > limits.items()) {
      throw new Refusal(Reason.TOO_MANY_ITEMS, at);
    }
  }

  private void zeroLength(Level level) throws IOException, Refusal {
    if (window.unsignedInt(position + 4, level.bigEndian) != 0) {
      throw new Refusal(Reason.BAD_DELIMITER, position);
    }
    position += 8;
  }

  private void need(Level level, int bytes) throws Refusal {
    if (level.end - position < bytes) {
      throw new Refusal(
          top == 0
              ? Reason.TRUNCATED
              : level.undefined ? Reason.UNENDED : Reason.LENGTH_OVER_PARENT,
          position);
    }
  }

  private void pop() {
    var left = stack[top--];
    if (left.hideFrom >= 0) {
      hiding = false;
      hide(left.hideFrom, position);
    }
  }

  /// Kept as start, end, start, end ...: ascending, because what lies inside a hidden sequence is
  /// not named again.
  private void hide(long from, long end) {
    if (!hiding) {
      opaque.add(from);
      opaque.add(end);
    }
  }

  private String uid(long length) throws IOException {
    return length > 128 ? "?" : window.text(position, (int) length);
  }

  private void checkUids() throws Refusal {
    for (var uid : uids) {
      if (uid.isEmpty()) {
        throw new Refusal(Reason.MISSING_UID, start);
      }
      if (!Uids.valid(uid)) {
        throw new Refusal(Reason.BAD_UID, start);
      }
    }
  }

  /// A data set or a sequence that is open. Reused, so that a walk allocates the same whatever the
  /// file holds.
  private static final class Level {
    long end;
    boolean undefined;
    boolean sequence;
    boolean explicit;
    boolean bigEndian;
    boolean any;
    int lastTag;
    long hideFrom = -1;

    void root(long length, TransferSyntax syntax) {
      end = length;
      explicit = syntax.explicit();
      bigEndian = syntax.bigEndian();
    }
  }
}
