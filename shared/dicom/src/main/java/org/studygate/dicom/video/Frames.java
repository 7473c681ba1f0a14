package org.studygate.dicom.video;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Gathers the units of a stream of H.264 into frames, as the samples of an MP4 file have them
/// (ISO/IEC 14496-15, 5.3.2): slices with their length before them; the parameter sets, which are
/// said once, apart; what no decoder needs (delimiters, filler, free text) left out.
final class Frames {
  private static final int MOST = 1_000_000;
  private static final int MOST_SETS = 31;

  private final OutputStream out;
  private final List<byte[]> sequences = new ArrayList<>();
  private final List<byte[]> pictures = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private Optional<SequenceParameters> parameters = Optional.empty();
  private Optional<Slice> last = Optional.empty();
  private int bytes;
  private boolean paired;

  // when pictures are shown: 8.2.1.1
  private int previousHigh;
  private int previousLow;
  private int period;

  /// @param period counts the places where decoding can begin anew; order is within one
  record Frame(int length, boolean key, int period, long order) {}

  /// @param sequences and pictures the parameter sets, as they came
  record Gathered(
      List<byte[]> sequences,
      List<byte[]> pictures,
      SequenceParameters parameters,
      List<Frame> frames) {}

  private Frames(OutputStream out) {
    this.out = out;
  }

  /// Writes the samples one after the other.
  static Gathered gather(InputStream stream, OutputStream out) throws IOException, BadVideo {
    var gathering = new Frames(out);
    var units = new Units(stream);
    for (var unit = units.next(); unit.isPresent(); unit = units.next()) {
      gathering.take(unit.get());
    }
    return gathering.result();
  }

  private Gathered result() throws BadVideo {
    end();
    if (frames.isEmpty() || pictures.isEmpty()) {
      throw new BadVideo("no frame");
    }
    return new Gathered(sequences, pictures, parameters.orElseThrow(), frames);
  }

  private void take(byte[] unit) throws IOException, BadVideo {
    if ((unit[0] & 0x80) != 0) {
      throw new BadVideo("not a unit of H.264");
    }
    switch (unit[0] & 31) {
      case 7 -> sequence(unit);
      case 8 -> keep(pictures, unit);
      case 1, 2, 5 -> slice(unit);
      case 3, 4 -> write(unit); // the rest of a slice
      default -> {}
    }
  }

  private void sequence(byte[] unit) throws BadVideo {
    var read = SequenceParameters.read(unit, 1, unit.length);
    if (parameters.isPresent() && !parameters.get().equals(read)) {
      throw new BadVideo("its pictures change their size or kind");
    }
    parameters = Optional.of(read);
    keep(sequences, unit);
  }

  private static void keep(List<byte[]> sets, byte[] unit) throws BadVideo {
    if (sets.stream().noneMatch(set -> Arrays.equals(set, unit))) {
      if (sets.size() == MOST_SETS || unit.length > 0xFFFF || unit.length < 4) {
        throw new BadVideo("parameter sets that nobody needs");
      }
      sets.add(unit);
    }
  }

  private void slice(byte[] unit) throws IOException, BadVideo {
    if (parameters.isEmpty()) {
      return; // nobody could decode it
    }
    var slice = Slice.read(unit, parameters.get());
    if (slice.first() && !second(slice)) {
      end();
      begin(slice);
    } else if (last.isEmpty()) {
      return; // its picture has no beginning
    }
    write(unit);
  }

  /// The second field of a frame whose first is here.
  private boolean second(Slice slice) {
    var second = !paired && bytes > 0 && last.filter(slice::completes).isPresent();
    paired |= second;
    return second;
  }

  private void begin(Slice slice) throws BadVideo {
    if (frames.size() == MOST) {
      throw new BadVideo("more frames than anybody looks at");
    }
    var order = order(slice);
    frames.add(new Frame(0, slice.key(), period, order));
    last = Optional.of(slice);
    paired = false;
  }

  /// Orders wrap around; a key picture begins anew.
  private long order(Slice slice) throws BadVideo {
    if (slice.key()) {
      period++;
      previousHigh = 0;
      previousLow = 0;
    }
    var bits = parameters.orElseThrow().orderBits();
    if (bits == 0) {
      return frames.size(); // as they are decoded
    }
    if (bits > 16) {
      throw new BadVideo("orders of more than 16 bits");
    }
    var whole = 1 << bits;
    var high = previousHigh;
    if (slice.order() < previousLow && previousLow - slice.order() >= whole / 2) {
      high += whole;
    } else if (slice.order() > previousLow && slice.order() - previousLow > whole / 2) {
      high -= whole;
    }
    if (slice.reference()) {
      previousHigh = high;
      previousLow = slice.order();
    }
    return (long) high + slice.order();
  }

  private void write(byte[] unit) throws IOException {
    if (last.isEmpty()) {
      return;
    }
    for (var shift = 24; shift >= 0; shift -= 8) {
      out.write(unit.length >> shift);
    }
    out.write(unit);
    bytes += 4 + unit.length;
  }

  private void end() {
    if (bytes > 0) {
      var frame = frames.removeLast();
      frames.add(new Frame(bytes, frame.key(), frame.period(), frame.order()));
      bytes = 0;
    }
  }
}
