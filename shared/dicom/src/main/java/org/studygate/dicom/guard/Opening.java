package org.studygate.dicom.guard;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// What stands before the data set, as far as it can be read, and how the data set is encoded: what
/// its syntax says, unless its first elements can be read in another encoding alone.
///
/// @param readings of the file or, of a deflated one, of its inflated data set
/// @param start of the data set
/// @param syntax as declared
record Opening(
    Readings readings,
    long start,
    Optional<TransferSyntax> syntax,
    String sopClass,
    String sopInstance,
    boolean explicit,
    boolean bigEndian) {
  private static final int MOST_META = 64;

  /// One maker's own: the image is big endian in a little-endian data set. It would be noise.
  private static final String SWAPPED = "1.2.840.113619.5.2";

  static Opening of(Bytes file, Bounds limits, Set<Mended> notes) throws IOException, Refusal {
    var readings = new Readings(file);
    var start = start(readings);
    var said = new Said();
    var dataset = meta(readings, start, said, notes);
    if (start != Meta.PREAMBLE + 4 || dataset == start || said.syntax.isEmpty()) {
      notes.add(Mended.HEAD);
    }
    var syntax = TransferSyntax.of(said.syntax);
    if (syntax.isEmpty() && !said.syntax.isEmpty()) {
      if (said.syntax.equals(SWAPPED)) {
        throw new Refusal(Reason.UNKNOWN_SYNTAX, start);
      }
      notes.add(Mended.HEAD); // a plain data set shows what it is
    }
    if (said.sopClass.equals(Meta.MEDIA_DIRECTORY)) {
      throw new Refusal(Reason.DIRECTORY, start);
    }
    if (syntax.isEmpty() || syntax.get() != TransferSyntax.DEFLATED) {
      return encoded(readings, dataset, syntax, said, notes);
    }
    if (readings.run(dataset, place(readings, true, false)) > 0) {
      notes.add(Mended.SYNTAX); // it is not deflated at all
      return encoded(readings, dataset, syntax, said, notes);
    }
    var inflated = inflated(file, dataset, limits, notes);
    try {
      var inside = new Readings(inflated);
      return encoded(inside, meta(inside, 0, new Said(), notes), syntax, said, notes);
    } catch (IOException | Refusal | RuntimeException failure) {
      inflated.close();
      throw failure;
    }
  }

  private static Bytes inflated(Bytes file, long start, Bounds limits, Set<Mended> notes)
      throws IOException, Refusal {
    try {
      return Inflated.from(file, start, limits);
    } catch (Refusal refusal) {
      if (refusal.reason() != Reason.BAD_DEFLATE) {
        throw refusal;
      }
      notes.add(Mended.CUT);
      return Inflated.from(file, start, limits, true);
    }
  }

  private static long start(Readings readings) throws IOException {
    if (marked(readings, Meta.PREAMBLE)) {
      return Meta.PREAMBLE + 4L;
    }
    if (marked(readings, 0)) {
      return 4;
    }
    var window = readings.window(); // a preamble without its mark
    var unmarked =
        readings.source().length() > Meta.PREAMBLE + 8
            && window.unsignedInt(0, false) == 0
            && Preamble.group(
                window.unsignedByte(Meta.PREAMBLE), window.unsignedByte(Meta.PREAMBLE + 1L));
    return unmarked ? Meta.PREAMBLE : 0;
  }

  private static boolean marked(Readings readings, long at) throws IOException {
    return readings.source().length() >= at + 4
        && readings.window().unsignedInt(at, true) == 0x4449_434D;
  }

  /// What the file meta information says; of what it says twice the first.
  private static final class Said {
    private String sopClass = "";
    private String sopInstance = "";
    private String syntax = "";

    void see(int tag, String value) {
      switch (tag) {
        case Tags.META_SOP_CLASS -> sopClass = sopClass.isEmpty() ? value : sopClass;
        case Tags.META_SOP_INSTANCE -> sopInstance = sopInstance.isEmpty() ? value : sopInstance;
        case Tags.META_SYNTAX -> syntax = syntax.isEmpty() ? value : syntax;
        default -> {} // nothing else in it concerns us
      }
    }
  }

  /// Passes over elements of group 2, wherever their group says that they end. Answers what stands
  /// behind them.
  static long passMeta(Readings readings, long from, Set<Mended> notes)
      throws IOException, Refusal {
    notes.add(Mended.META);
    return meta(readings, from, new Said(), notes);
  }

  private static long meta(Readings readings, long from, Said said, Set<Mended> notes)
      throws IOException, Refusal {
    var window = readings.window();
    var big = readings.source().length() - from >= 8 && window.unsignedShort(from, true) == 2;
    var place = place(readings, true, big);
    var at = from;
    var last = 0;
    if (big) {
      notes.add(Mended.HEAD); // it is little endian, whatever the data set is
    }
    for (var count = 0; place.end() - at >= 8 && window.unsignedShort(at, big) == 2; count++) {
      var tag = window.tag(at, big);
      var found = readings.best(at, place);
      if (found.isEmpty() || found.get().undefined() || count > MOST_META) {
        throw new Refusal(Reason.NO_META, at);
      }
      var reading = found.get();
      if (!reading.known() || !reading.regular()) {
        notes.add(Mended.HEAD);
      }
      if (tag <= last) {
        notes.add(Mended.META);
      }
      last = Math.max(tag, last);
      var value = at + reading.header();
      if (reading.length() <= 128) {
        said.see(tag, window.text(value, (int) reading.length()).strip());
      }
      at = value + reading.length() + reading.pad();
    }
    return at;
  }

  private static Readings.Place place(Readings readings, boolean explicit, boolean bigEndian) {
    return new Readings.Place(readings.source().length(), true, explicit, bigEndian);
  }

  private static Opening encoded(
      Readings readings, long start, Optional<TransferSyntax> syntax, Said said, Set<Mended> notes)
      throws IOException, Refusal {
    var declared = syntax.map(TransferSyntax::dataset).orElse(TransferSyntax.IMPLICIT_LITTLE);
    var explicit = declared.explicit();
    var bigEndian = declared.bigEndian();
    var best = readings.run(start, place(readings, explicit, bigEndian));
    for (var way = 0; best < 2 && way < 4; way++) {
      var run = readings.run(start, place(readings, (way & 1) == 0, way > 1));
      if (run > best) {
        best = run;
        explicit = (way & 1) == 0;
        bigEndian = way > 1;
      }
    }
    if (best == 0 || (syntax.isEmpty() && (best < 2 || !first(readings, start)))) {
      throw new Refusal(Reason.NOT_DICOM, start);
    }
    if (syntax.isPresent()
        && (explicit != declared.explicit() || bigEndian != declared.bigEndian())) {
      notes.add(Mended.ENCODING);
    }
    return new Opening(
        readings, start, syntax, said.sopClass, said.sopInstance, explicit, bigEndian);
  }

  /// Whether a data set without a syntax begins as they do: with group 0008, in either byte order.
  private static boolean first(Readings readings, long start) throws IOException {
    var group = readings.window().unsignedShort(start, false);
    return group == 0x0008 || group == 0x0800;
  }
}
