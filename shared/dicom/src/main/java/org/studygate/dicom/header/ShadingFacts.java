package org.studygate.dicom.header;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.jspecify.annotations.Nullable;

/// Picks [Shading] out of a data set.
final class ShadingFacts {
  private ShadingFacts() {}

  static Shading of(Attributes a) {
    var common = gray(List.of(a), new Shading.Gray(1, 0, List.of()));
    return new Shading(
        common,
        frames(a, common),
        lut(a.getNestedDataset(Tag.ModalityLUTSequence), Tag.LUTDescriptor, Tag.LUTData),
        lut(a.getNestedDataset(Tag.VOILUTSequence), Tag.LUTDescriptor, Tag.LUTData),
        palette(a));
  }

  private static List<Shading.Gray> frames(Attributes a, Shading.Gray common) {
    var perFrame = a.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    var shared = HeaderFacts.nested(a, Tag.SharedFunctionalGroupsSequence, 0);
    if (perFrame == null && shared == null) {
      return List.of();
    }
    var count = perFrame == null ? 1 : perFrame.size();
    var grays = new ArrayList<Shading.Gray>(count);
    for (var frame = 0; frame < count; frame++) {
      var places = new ArrayList<Attributes>();
      for (var group : HeaderFacts.groups(a, frame)) {
        add(places, group.getNestedDataset(Tag.PixelValueTransformationSequence));
        add(places, group.getNestedDataset(Tag.FrameVOILUTSequence));
      }
      grays.add(gray(places, common));
    }
    if (perFrame == null && !grays.isEmpty()) { // one answer for all frames
      var frames = Values.number(a, Tag.NumberOfFrames).orElse(1);
      while (grays.size() < Math.min(frames, 100_000)) {
        grays.add(grays.getFirst());
      }
    }
    return List.copyOf(grays);
  }

  private static void add(List<Attributes> places, @Nullable Attributes item) {
    if (item != null) {
      places.add(item);
    }
  }

  /// The first place that names a thing wins.
  private static Shading.Gray gray(List<Attributes> places, Shading.Gray common) {
    var slope = common.slope();
    var intercept = common.intercept();
    var windows = common.windows();
    var rescaled = false;
    var windowed = false;
    for (var place : places) {
      var named = Values.decimal(place, Tag.RescaleSlope);
      if (!rescaled && named.isPresent()) {
        slope = named.getAsDouble() == 0 ? 1 : named.getAsDouble();
        intercept = Values.decimal(place, Tag.RescaleIntercept).orElse(0);
        rescaled = true;
      }
      var found = windowed ? List.<DicomHeader.Window>of() : windows(place);
      if (!found.isEmpty()) {
        windows = found;
        windowed = true;
      }
    }
    return new Shading.Gray(slope, intercept, windows);
  }

  private static List<DicomHeader.Window> windows(Attributes place) {
    var centers = Values.decimals(place, Tag.WindowCenter);
    var widths = Values.decimals(place, Tag.WindowWidth);
    var names = Values.texts(place, Tag.WindowCenterWidthExplanation);
    var function = Values.text(place, Tag.VOILUTFunction);
    var windows = new ArrayList<DicomHeader.Window>();
    for (var i = 0; i < Math.min(centers.size(), widths.size()); i++) {
      if (widths.get(i) > 0) {
        windows.add(
            new DicomHeader.Window(
                centers.get(i),
                widths.get(i),
                function.isEmpty() ? "LINEAR" : function,
                i < names.length ? names[i] : ""));
      }
    }
    return List.copyOf(windows);
  }

  private static Optional<Shading.Palette> palette(Attributes a) {
    var red = lut(a, Tag.RedPaletteColorLookupTableDescriptor, Tag.RedPaletteColorLookupTableData);
    var green =
        lut(a, Tag.GreenPaletteColorLookupTableDescriptor, Tag.GreenPaletteColorLookupTableData);
    var blue =
        lut(a, Tag.BluePaletteColorLookupTableDescriptor, Tag.BluePaletteColorLookupTableData);
    return red.isPresent() && green.isPresent() && blue.isPresent()
        ? Optional.of(new Shading.Palette(red.get(), green.get(), blue.get()))
        : Optional.empty();
  }

  /// A descriptor (entries, first value, bits) and its data, of one or two bytes an entry whatever
  /// the bits say.
  private static Optional<Shading.Lut> lut(
      @Nullable Attributes place, int descriptorTag, int dataTag) {
    if (place == null) {
      return Optional.empty();
    }
    try {
      var descriptor = place.getInts(descriptorTag);
      var data = place.getBytes(dataTag);
      if (descriptor == null || descriptor.length != 3 || data == null) {
        return Optional.empty();
      }
      var count = (descriptor[0] & 0xFFFF) == 0 ? 65_536 : descriptor[0] & 0xFFFF;
      var wide = data.length >= 2 * count;
      if (data.length < count) {
        return Optional.empty();
      }
      var big = place.bigEndian();
      var entries = new int[count];
      for (var i = 0; i < count; i++) {
        entries[i] =
            wide
                ? ((data[2 * i + (big ? 0 : 1)] & 0xFF) << 8) | (data[2 * i + (big ? 1 : 0)] & 0xFF)
                : data[i] & 0xFF;
      }
      var bits = wide ? descriptor[2] & 0xFF : 8;
      return Optional.of(new Shading.Lut((short) descriptor[1], Math.clamp(bits, 1, 16), entries));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }
}
