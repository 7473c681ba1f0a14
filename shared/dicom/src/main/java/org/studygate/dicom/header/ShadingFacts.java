package org.studygate.dicom.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.jspecify.annotations.Nullable;

/// Picks [Shading] out of a data set.
final class ShadingFacts {
  private static final Set<String> FUNCTIONS = Set.of("LINEAR", "LINEAR_EXACT", "SIGMOID");

  /// (0008,9205) and what it says where a palette colours some of the values.
  private static final int PIXEL_PRESENTATION = 0x0008_9205;

  private static final Set<String> COLOURED = Set.of("COLOR", "MIXED");

  /// Where padding begins and ends: of whole numbers, floats, doubles.
  private static final List<Ends> PADDINGS =
      List.of(
          new Ends(Tag.PixelPaddingValue, Tag.PixelPaddingRangeLimit),
          new Ends(0x0028_0122, 0x0028_0124),
          new Ends(0x0028_0123, 0x0028_0125));

  private static final List<Integer> SPACINGS =
      List.of(
          Tag.PixelSpacing,
          Tag.ImagerPixelSpacing,
          Tag.NominalScannedPixelSpacing,
          Tag.PixelAspectRatio);

  private static final List<Integer> GROUPS =
      List.of(
          Tag.PixelValueTransformationSequence, Tag.FrameVOILUTSequence, Tag.PixelMeasuresSequence);

  private static final double ODDEST = 20;
  private static final double ROUNDING = 0.01;

  /// Two tags.
  private record Ends(int one, int other) {}

  private ShadingFacts() {}

  static Shading of(Attributes a) {
    var signed = Values.number(a, Tag.PixelRepresentation).orElse(0) == 1;
    var shared = places(HeaderFacts.nested(a, Tag.SharedFunctionalGroupsSequence, 0));
    var common = gray(shared, gray(List.of(a), Shading.Gray.PLAIN));
    var modality = Luts.sequence(a, Tag.ModalityLUTSequence, signed);
    var negative = modality.isEmpty() && (signed || common.intercept() < 0 || common.slope() < 0);
    var palette = Luts.palette(a, signed);
    return new Shading(
        common,
        frames(a, common),
        modality,
        Luts.sequence(a, Tag.VOILUTSequence, negative),
        palette,
        palette.isPresent() && COLOURED.contains(Values.text(a, PIXEL_PRESENTATION)),
        padding(a, signed),
        HeaderFacts.photometric(a).equals("MONOCHROME1") || inverse(a));
  }

  /// Only in images that are ready to be shown the shape says it a second time, or instead.
  private static boolean inverse(Attributes a) {
    return Values.text(a, Tag.PresentationLUTShape).equals("INVERSE");
  }

  private static List<Shading.Gray> frames(Attributes a, Shading.Gray common) {
    var perFrame = a.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    if (perFrame == null) {
      return List.of();
    }
    var grays = new ArrayList<Shading.Gray>(perFrame.size());
    for (var group : perFrame) {
      grays.add(gray(places(group), common));
    }
    return List.copyOf(grays);
  }

  /// Where the functional groups of an enhanced object say how it is shaded.
  private static List<Attributes> places(@Nullable Attributes group) {
    if (group == null) {
      return List.of();
    }
    var places = new ArrayList<Attributes>();
    for (var sequence : GROUPS) {
      var item = group.getNestedDataset(sequence);
      if (item != null) {
        places.add(item);
      }
    }
    return places;
  }

  /// The first place that names a thing wins.
  private static Shading.Gray gray(List<Attributes> places, Shading.Gray common) {
    var slope = common.slope();
    var intercept = common.intercept();
    var windows = common.windows();
    var aspect = OptionalDouble.empty();
    var rescaled = false;
    var windowed = false;
    for (var place : places) {
      var named = number(place, Tag.RescaleSlope);
      var shifted = number(place, Tag.RescaleIntercept);
      if (!rescaled && (named.isPresent() || shifted.isPresent())) {
        slope = named.orElse(1) == 0 ? 1 : named.orElse(1);
        intercept = shifted.orElse(0);
        rescaled = true;
      }
      var found = windowed ? List.<DicomHeader.Window>of() : windows(place);
      if (!found.isEmpty()) {
        windows = found;
        windowed = true;
      }
      aspect = aspect.isPresent() ? aspect : aspect(place);
    }
    return new Shading.Gray(slope, intercept, windows, aspect.orElse(common.aspect()));
  }

  private static OptionalDouble number(Attributes place, int tag) {
    var all = Values.eachDecimal(place, tag);
    return all.isEmpty() || all.getFirst().isNaN()
        ? OptionalDouble.empty()
        : OptionalDouble.of(all.getFirst());
  }

  /// Those that can be used: of several, one may be empty or no number.
  private static List<DicomHeader.Window> windows(Attributes place) {
    var centers = Values.eachDecimal(place, Tag.WindowCenter);
    var widths = Values.eachDecimal(place, Tag.WindowWidth);
    var names = Values.texts(place, Tag.WindowCenterWidthExplanation);
    var function = Values.text(place, Tag.VOILUTFunction).toUpperCase(Locale.ROOT);
    var windows = new ArrayList<DicomHeader.Window>();
    for (var i = 0; i < Math.min(centers.size(), widths.size()); i++) {
      if (Double.isFinite(centers.get(i)) && widths.get(i) > 0) {
        windows.add(
            new DicomHeader.Window(
                centers.get(i),
                widths.get(i),
                FUNCTIONS.contains(function) ? function : "LINEAR",
                i < names.length ? names[i] : ""));
      }
    }
    return List.copyOf(windows);
  }

  /// The patient's millimetres count before the detector's, and both before a mere ratio. What is
  /// square but for rounding is square; a ratio beyond [#ODDEST] is a slip of whoever wrote it.
  private static OptionalDouble aspect(Attributes place) {
    for (var tag : SPACINGS) {
      var sides = Values.decimals(place, tag);
      if (sides.size() == 2 && sides.get(0) > 0 && sides.get(1) > 0) {
        var aspect = sides.get(0) / sides.get(1);
        var odd = aspect > ODDEST || aspect < 1 / ODDEST;
        return OptionalDouble.of(odd || Math.abs(aspect - 1) < ROUNDING ? 1 : aspect);
      }
    }
    return OptionalDouble.empty();
  }

  /// A number of 16 bits as a stored value, whichever of US and SS it was read as, and whether or
  /// not its sign goes through all of them.
  private static double stored(Attributes a, double number, boolean signed) {
    var word = (int) number & 0xFFFF;
    var bits = Math.clamp(Values.number(a, Tag.BitsStored).orElse(16), 1, 16);
    var sign = 1 << (bits - 1);
    return !signed ? word : word >= sign && word < 2 * sign ? word - 2 * sign : (short) word;
  }

  private static Optional<Shading.Padding> padding(Attributes a, boolean signed) {
    for (var ends : PADDINGS) {
      var value = Values.decimal(a, ends.one());
      if (value.isPresent()) {
        var one = value.getAsDouble();
        var other = Values.decimal(a, ends.other()).orElse(one);
        if (ends.one() == Tag.PixelPaddingValue) {
          one = stored(a, one, signed);
          other = stored(a, other, signed);
        }
        return Optional.of(new Shading.Padding(Math.min(one, other), Math.max(one, other)));
      }
    }
    return Optional.empty();
  }
}
