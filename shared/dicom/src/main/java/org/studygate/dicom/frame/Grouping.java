package org.studygate.dicom.frame;

import java.io.IOException;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Offsets;
import org.studygate.dicom.guard.Peek;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.guard.Walked;

/// Says which fragments make up which frame.
final class Grouping {
  private final Bytes dataset;
  private final Walked accepted;
  private final Offsets fragments;
  private final Walked.Pixels pixels;
  private final int frames;
  private final int count;

  Grouping(Bytes dataset, Walked accepted, Walked.Pixels pixels, int frames) {
    this.dataset = dataset;
    this.accepted = accepted;
    this.pixels = pixels;
    this.fragments = pixels.fragments();
    this.frames = frames;
    this.count = fragments.size() / 2;
  }

  Offsets firstFragments() throws IOException {
    if (count <= frames) { // also guards every list below: never more frames than fragments
      return oneEach();
    }
    if (frames == 1) {
      return ends(new Offsets.Builder());
    }
    var byTable = byTable(accepted.extendedOffsets(), 8);
    if (byTable.size() == 0) {
      byTable = byTable(pixels.offsetTable(), 4);
    }
    return byTable.size() == 0 ? byMarkers() : byTable;
  }

  private Offsets oneEach() {
    var first = new Offsets.Builder();
    for (var i = 0; i <= count; i++) {
      first.add(i);
    }
    return first.build();
  }

  /// One frame in all fragments.
  private Offsets ends(Offsets.Builder first) {
    first.add(0);
    first.add(count);
    return first.build();
  }

  /// Offsets in the table count from the item header of the first fragment to that of the frame's
  /// first one.
  private Offsets byTable(Walked.Span table, int entry) throws IOException {
    if (!table.present() || table.length() < (long) entry * frames) {
      return Offsets.NONE;
    }
    var peek = new Peek(dataset);
    var origin = fragments.get(0);
    var first = new Offsets.Builder();
    var fragment = 0;
    for (var frame = 0; frame < frames; frame++) {
      var at = table.offset() + (long) entry * frame;
      var offset = peek.unsignedInt(at, false);
      if (entry == 8 && peek.unsignedInt(at + 4, false) != 0) {
        offset |= peek.unsignedInt(at + 4, false) << 32;
      }
      while (fragment < count && fragments.get(2 * fragment) - origin < offset) {
        fragment++;
      }
      if (fragment == count || fragments.get(2 * fragment) - origin != offset) {
        return Offsets.NONE;
      }
      if (first.size() == frame) {
        first.add(fragment);
      }
    }
    first.add(count);
    return distinct(first.build());
  }

  private static Offsets distinct(Offsets first) {
    for (var i = 1; i < first.size(); i++) {
      if (first.get(i) <= first.get(i - 1)) {
        return Offsets.NONE;
      }
    }
    return first;
  }

  /// Where a codec's own head stands. There may be other frames than the file counts: those that
  /// are there can be drawn.
  private Offsets byMarkers() throws IOException {
    var peek = new Peek(dataset);
    var first = new Offsets.Builder();
    for (var i = 0; i < count && first.size() < frames; i++) {
      if (begins(peek, fragments.get(2 * i), fragments.get(2 * i + 1))) {
        first.add(i);
      }
    }
    if (first.size() == 0) {
      return Offsets.NONE;
    }
    first.add(count);
    return first.build();
  }

  /// JPEG begins with FFD8, JPEG 2000 with FF4F or the boxes of a JP2 file, RLE with its number of
  /// segments and the place of the first. Two bytes of a stream may be all that a fragment has.
  private boolean begins(Peek peek, long at, long length) throws IOException {
    if (accepted.syntax().coding() == TransferSyntax.Coding.RLE) {
      var segments = length < 8 ? 0 : peek.unsignedInt(at, false);
      return segments >= 1 && segments <= 15 && peek.unsignedInt(at + 4, false) == 64;
    }
    var start = length < 2 ? 0 : peek.unsignedShort(at, true);
    return start == 0xFFD8
        || start == 0xFF4F
        || (length >= 8
            && peek.unsignedInt(at, true) == 12
            && peek.unsignedInt(at + 4, true) == 0x6A502020);
  }
}
