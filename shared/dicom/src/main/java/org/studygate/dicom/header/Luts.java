package org.studygate.dicom.header;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/// Reads lookup tables as they are, not as their descriptors say: writers put entries of eight bits
/// into words, high or low, claim 16 bits for values of 12, and count entries that are not there.
final class Luts {
  private static final int LEAST_BITS = 8;

  /// Where red, green and blue lie.
  private static final List<Channel> CHANNELS =
      List.of(
          new Channel(
              Tag.RedPaletteColorLookupTableDescriptor,
              Tag.RedPaletteColorLookupTableData,
              Tag.SegmentedRedPaletteColorLookupTableData),
          new Channel(
              Tag.GreenPaletteColorLookupTableDescriptor,
              Tag.GreenPaletteColorLookupTableData,
              Tag.SegmentedGreenPaletteColorLookupTableData),
          new Channel(
              Tag.BluePaletteColorLookupTableDescriptor,
              Tag.BluePaletteColorLookupTableData,
              Tag.SegmentedBluePaletteColorLookupTableData));

  /// Three tags.
  private record Channel(int descriptor, int plain, int segmented) {}

  private Luts() {}

  /// The table of a Modality or VOI LUT Sequence's first item that has one.
  ///
  /// @param signed the values that it is asked for may be negative
  static Optional<Shading.Lut> sequence(Attributes place, int sequence, boolean signed) {
    var items = place.getSequence(sequence);
    if (items == null) {
      return Optional.empty();
    }
    for (var item : items) {
      var descriptor = descriptor(item, Tag.LUTDescriptor);
      var entries = descriptor == null ? null : plain(item, Tag.LUTData, descriptor);
      if (entries != null) {
        return Optional.of(
            new Shading.Lut(first(item, Tag.LUTDescriptor, signed), bits(entries), entries));
      }
    }
    return Optional.empty();
  }

  /// The three tables, if all are there. Eight bits or sixteen is decided for all of them together:
  /// one of them may well have small values only.
  static Optional<Shading.Palette> palette(Attributes a, boolean signed) {
    var channels = new ArrayList<int[]>(CHANNELS.size());
    var said = 0;
    for (var channel : CHANNELS) {
      var descriptor = descriptor(a, channel.descriptor());
      if (descriptor == null) {
        return Optional.empty();
      }
      var entries = plain(a, channel.plain(), descriptor);
      if (entries == null) {
        entries = segmented(a, channel.segmented(), descriptor);
      }
      if (entries == null) {
        return Optional.empty();
      }
      channels.add(entries);
      said = Math.max(said, descriptor[2] & 0xFFFF);
    }
    var needed = LEAST_BITS;
    for (var entries : channels) {
      needed = Math.max(needed, bits(entries));
    }
    var bits = needed == LEAST_BITS ? LEAST_BITS : said >= needed && said < 16 ? said : 16;
    var luts = new ArrayList<Shading.Lut>(CHANNELS.size());
    for (var i = 0; i < CHANNELS.size(); i++) {
      luts.add(
          new Shading.Lut(first(a, CHANNELS.get(i).descriptor(), signed), bits, channels.get(i)));
    }
    return Optional.of(new Shading.Palette(luts.get(0), luts.get(1), luts.get(2)));
  }

  /// As many as the greatest entry needs.
  private static int bits(int[] entries) {
    var most = 0;
    for (var entry : entries) {
      most = Math.max(most, entry);
    }
    return Math.max(LEAST_BITS, 32 - Integer.numberOfLeadingZeros(most));
  }

  private static int @Nullable [] descriptor(Attributes place, int tag) {
    try {
      var descriptor = place.getInts(tag);
      return descriptor == null || descriptor.length != 3 ? null : descriptor;
    } catch (RuntimeException _) {
      return null;
    }
  }

  private static int count(int[] descriptor) {
    return (descriptor[0] & 0xFFFF) == 0 ? 65_536 : descriptor[0] & 0xFFFF;
  }

  private static int first(Attributes place, int tag, boolean signed) {
    var number = place.getInts(tag)[1];
    return signed || place.getVR(tag) == VR.SS ? (short) number : number & 0xFFFF;
  }

  /// Entries of one or two bytes, by what lies there.
  private static int @Nullable [] plain(Attributes place, int tag, int[] descriptor) {
    var data = bytes(place, tag);
    var count = count(descriptor);
    if (data == null || data.length < 2) {
      return null;
    }
    var narrow = data.length == count || data.length == count + 1;
    if (!narrow && data.length < 2 * count) { // fewer than counted: the width that is said
      narrow = (descriptor[2] & 0xFFFF) <= 8;
    }
    var numbers = narrow ? narrow(data, swapped(place, tag)) : words(data, place.bigEndian());
    return Arrays.copyOf(numbers, Math.min(count, numbers.length));
  }

  /// Bytes in words are swapped in a big-endian file.
  private static boolean swapped(Attributes place, int tag) {
    return place.bigEndian() && place.getVR(tag) != VR.OB;
  }

  private static int[] narrow(byte[] data, boolean swapped) {
    var numbers = new int[swapped ? data.length & ~1 : data.length];
    for (var i = 0; i < numbers.length; i++) {
      numbers[i] = data[swapped ? i ^ 1 : i] & 0xFF;
    }
    return numbers;
  }

  private static int[] words(byte[] data, boolean big) {
    var numbers = new int[data.length / 2];
    for (var i = 0; i < numbers.length; i++) {
      numbers[i] = (data[2 * i + (big ? 0 : 1)] & 0xFF) << 8 | (data[2 * i + (big ? 1 : 0)] & 0xFF);
    }
    return numbers;
  }

  /// PS3.3 C.7.9.2. Segments are words where the entries have 16 bits, else bytes; some writers use
  /// words in any case.
  private static int @Nullable [] segmented(Attributes place, int tag, int[] descriptor) {
    var data = bytes(place, tag);
    if (data == null) {
      return null;
    }
    var count = count(descriptor);
    var wide = new Segments(words(data, place.bigEndian()), 2, count).expanded();
    if ((descriptor[2] & 0xFFFF) > 8) {
      return wide.length == 0 ? null : wide;
    }
    var narrow = new Segments(narrow(data, swapped(place, tag)), 1, count).expanded();
    var better = wide.length == count && narrow.length != count ? wide : narrow;
    return better.length == 0 ? null : better;
  }

  private static byte @Nullable [] bytes(Attributes place, int tag) {
    try {
      return place.getBytes(tag);
    } catch (IOException | RuntimeException _) {
      return null;
    }
  }

  /// Makes a table out of its segments: numbers one by one, straight lines from the last number,
  /// and copies of segments before. Never makes more numbers than were counted, and ends where the
  /// segments make no sense.
  private static final class Segments {
    private static final int DISCRETE = 0;
    private static final int LINEAR = 1;
    private static final int INDIRECT = 2;

    private final int[] data;
    private final int width;
    private final int[] out;
    private int made;

    /// @param width bytes of a number, which the places of copied segments are counted in
    Segments(int[] data, int width, int count) {
      this.data = data;
      this.width = width;
      this.out = new int[count];
    }

    int[] expanded() {
      segments(0, Integer.MAX_VALUE, true);
      return Arrays.copyOf(out, made);
    }

    private void segments(int from, int most, boolean copies) {
      var at = from;
      for (var segment = 0;
          segment < most && at + 2 < data.length && made < out.length;
          segment++) {
        var length = data[at + 1];
        switch (data[at]) {
          case DISCRETE -> {
            discrete(at + 2, length);
            at += 2 + length;
          }
          case LINEAR -> {
            linear(data[at + 2], length);
            at += 3;
          }
          case INDIRECT -> {
            var place = copies ? place(at + 2) : -1;
            if (place < 0 || place >= at) {
              return;
            }
            segments(place, length, false);
            at += width == 1 ? 6 : 4;
          }
          default -> {
            return;
          }
        }
      }
    }

    private void discrete(int from, int length) {
      for (var i = from; i < Math.min(data.length, from + length) && made < out.length; i++) {
        out[made++] = data[i];
      }
    }

    private void linear(int end, int length) {
      var start = made == 0 ? 0 : out[made - 1];
      for (var i = 1; i <= length && made < out.length; i++) {
        out[made++] = (int) Math.round(start + (end - start) * (double) i / length);
      }
    }

    /// Where a copied segment lies: a number of bytes, its low part first.
    private int place(int at) {
      var parts = width == 1 ? 4 : 2;
      if (at + parts > data.length) {
        return -1;
      }
      var bytes = 0L;
      for (var i = parts - 1; i >= 0; i--) {
        bytes = bytes << (8 * width) | data[at + i];
      }
      return bytes / width < data.length ? (int) (bytes / width) : -1;
    }
  }
}
