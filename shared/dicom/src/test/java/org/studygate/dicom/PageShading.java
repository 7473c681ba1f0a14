package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.studygate.dicom.draw.GrayFacts;
import org.studygate.dicom.draw.Plane;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;

/// A plane as a page draws it, by docs/planes.md alone: what `planes.ts` and `shading.ts` do. Both
/// are held together by `GraysTest` and `web/test/grays.json`.
public final class PageShading {
  private PageShading() {}

  /// What the page shows before anything is touched is what was drawn.
  static void assertSame(Plane plane, Shader.Drawn drawn, int tolerance) {
    assertThat(plane.columns()).isEqualTo(drawn.columns());
    assertThat(plane.rows()).isEqualTo(drawn.rows());
    assertThat(plane.channels()).isEqualTo(drawn.samples());
    assertThat(plane.facts().isEmpty()).isEqualTo(plane.channels() == 3);
    var values = unpacked(plane);
    var pixels = plane.columns() * plane.rows();
    for (var i = 0; i < drawn.bytes().length; i++) {
      var place = i % plane.channels() * pixels + i / plane.channels();
      var value = values[place];
      var shown = plane.facts().map(facts -> gray(facts, value)).orElse(value);
      var right = drawn.bytes()[i] & 0xFF;
      if (Math.abs(shown - right) > tolerance) {
        assertThat(shown).as("pixel %d, value %d, %s", i, value, plane.facts()).isEqualTo(right);
      }
    }
  }

  /// Channel after channel, with their sign.
  static int[] unpacked(Plane plane) {
    var pixels = plane.columns() * plane.rows();
    var bytes = new byte[pixels * plane.channels() * plane.width()];
    try (var inflater = new Inflater(true)) {
      inflater.setInput(plane.packed());
      assertThat(inflater.inflate(bytes)).isEqualTo(bytes.length);
      assertThat(inflater.getRemaining()).isZero();
    } catch (DataFormatException damaged) {
      throw new AssertionError(damaged);
    }
    var signed = plane.facts().filter(GrayFacts::signed).isPresent();
    assertThat(signed && plane.width() == 1).as("signed values of one byte").isFalse();
    var values = new int[pixels * plane.channels()];
    for (var channel = 0; channel < plane.channels(); channel++) {
      var start = channel * pixels;
      for (var i = 0; i < pixels; i++) {
        var low = start * plane.width() + i;
        var folded =
            (bytes[low] & 0xFF) | (plane.width() == 2 ? (bytes[low + pixels] & 0xFF) << 8 : 0);
        var at = start + i;
        var value = predicted(values, at, i, plane.columns()) + ((folded >>> 1) ^ -(folded & 1));
        values[at] = plane.width() == 1 ? value & 0xFF : signed ? (short) value : value & 0xFFFF;
      }
    }
    return values;
  }

  private static int predicted(int[] values, int at, int i, int columns) {
    var left = i % columns > 0 ? values[at - 1] : 0;
    if (i < columns) {
      return left;
    }
    var above = values[at - columns];
    return i % columns == 0 ? above : (3 * (left + above) - 2 * values[at - columns - 1]) >> 2;
  }

  /// Before anything is touched.
  public static int gray(GrayFacts facts, int value) {
    assertThat(value)
        .isBetween(
            facts.signed() ? -(1 << (facts.bits() - 1)) : 0,
            (1 << (facts.bits() - (facts.signed() ? 1 : 0))) - 1);
    var scale = facts.scale().orElse(Frame.Scale.NONE);
    var stored = value * scale.step() + scale.start();
    var ends = facts.padding().orElse(List.of(1.0, 0.0));
    if ((facts.scale().isPresent() && value == 0)
        || (stored >= ends.getFirst() && stored <= ends.getLast())) {
      return 0;
    }
    var real =
        facts.modality().isPresent()
            ? entry(facts.modality().get(), stored)
            : stored * facts.slope() + facts.intercept();
    var level = Math.clamp(Math.round(level(facts, real)), 0, 255);
    return facts.inverted() ? 255 - level : level;
  }

  private static double level(GrayFacts facts, double real) {
    if (!facts.windows().isEmpty()) {
      return windowed(facts.windows().getFirst(), real);
    }
    if (facts.voi().isPresent()) {
      var voi = facts.voi().get();
      return entry(voi, real) * 255.0 / ((1 << voi.bits()) - 1);
    }
    var low = facts.extent().orElseThrow().getFirst();
    var high = facts.extent().orElseThrow().getLast();
    return high > low ? (real - low) / (high - low) * 255 : 0;
  }

  private static double windowed(DicomHeader.Window window, double real) {
    var center = window.center();
    var width = window.width();
    return switch (window.function()) {
      case "SIGMOID" -> 255 / (1 + Math.exp(-4 * (real - center) / width));
      case "LINEAR_EXACT" -> ((real - center) / width + 0.5) * 255;
      case "LINEAR" ->
          width > 1
              ? ((real - (center - 0.5)) / (width - 1) + 0.5) * 255
              : real <= center - 0.5 ? 0 : 255;
      default -> throw new AssertionError(window.function());
    };
  }

  private static int entry(GrayFacts.Table table, double value) {
    var place = Math.round(value) - table.first();
    return table.entries().get((int) Math.clamp(place, 0, table.entries().size() - 1L));
  }
}
