package org.studygate.dicom.header;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.dcm4che3.data.Attributes;

/// Reads values without ever failing on them: a text that cannot be decoded shows replacement
/// characters, a number that is none is absent.
final class Values {
  /// Sixteen characters are the most that DICOM allows; some writers take a few more. Reading a
  /// number of 65,000 digits takes a fifth of a second, and a file has room for hundreds of them.
  static final int LONGEST_NUMBER = 64;

  private Values() {}

  /// The first value, trimmed; empty when absent.
  static String text(Attributes attributes, int tag) {
    var all = texts(attributes, tag);
    return all.length == 0 ? "" : all[0];
  }

  static String[] texts(Attributes attributes, int tag) {
    String[] texts;
    try {
      texts = attributes.getStrings(tag);
    } catch (RuntimeException | AssertionError _) { // escape sequences cut short, and the like
      texts = ascii(attributes, tag);
    }
    if (texts == null) {
      return new String[0];
    }
    var clean = new String[texts.length];
    for (var i = 0; i < texts.length; i++) {
      clean[i] = clean(texts[i]);
    }
    return clean;
  }

  private static String[] ascii(Attributes attributes, int tag) {
    try {
      var bytes = attributes.getBytes(tag);
      return bytes == null
          ? new String[0]
          : new String(bytes, StandardCharsets.US_ASCII).split("\\\\", -1);
    } catch (IOException | RuntimeException _) {
      return new String[0];
    }
  }

  /// Without padding; control characters other than line breaks and tabs become replacement
  /// characters, for they have no business on a page or in a letter.
  private static String clean(String text) {
    if (text == null) {
      return "";
    }
    var end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) == ' ')) {
      end--;
    }
    var start = 0;
    while (start < end && (text.charAt(start) == 0 || text.charAt(start) == ' ')) {
      start++;
    }
    var clean = new StringBuilder(end - start);
    for (var i = start; i < end; i++) {
      var c = text.charAt(i);
      var allowed =
          (c >= ' ' && (c < 0x7F || c > 0x9F)) || c == '\n' || c == '\r' || c == '\t' || c == '\f';
      clean.append(allowed ? c : '\uFFFD');
    }
    return clean.toString();
  }

  /// A whole number; one of two bytes whatever the file calls it.
  static OptionalInt number(Attributes attributes, int tag) {
    var value = decimal(attributes, tag);
    var vr = value.isEmpty() ? attributes.getVR(tag) : null;
    if (vr != null && !vr.isStringType()) {
      return word(attributes, tag);
    }
    if (value.isEmpty()
        || value.getAsDouble() != Math.rint(value.getAsDouble())
        || Math.abs(value.getAsDouble()) > Integer.MAX_VALUE) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) value.getAsDouble());
  }

  private static OptionalInt word(Attributes attributes, int tag) {
    try {
      var bytes = attributes.getBytes(tag);
      var big = attributes.bigEndian();
      return bytes == null || bytes.length != 2
          ? OptionalInt.empty()
          : OptionalInt.of((bytes[big ? 0 : 1] & 0xFF) << 8 | (bytes[big ? 1 : 0] & 0xFF));
    } catch (IOException | RuntimeException _) { // a sequence, for one
      return OptionalInt.empty();
    }
  }

  /// All values; none if there are too few bytes for one.
  static int[] ints(Attributes attributes, int tag) {
    try {
      var all = attributes.getInts(tag);
      return all == null ? new int[0] : all;
    } catch (RuntimeException _) {
      return new int[0];
    }
  }

  static double[] doubles(Attributes attributes, int tag) {
    try {
      var all = attributes.getDoubles(tag);
      return all == null ? new double[0] : all;
    } catch (RuntimeException _) {
      return new double[0];
    }
  }

  static OptionalDouble decimal(Attributes attributes, int tag) {
    var all = decimals(attributes, tag);
    return all.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(all.getFirst());
  }

  /// All values, those that are no finite numbers as NaN.
  static List<Double> eachDecimal(Attributes attributes, int tag) {
    if (!attributes.containsValue(tag) || !attributes.getVR(tag).isStringType()) {
      return decimals(attributes, tag);
    }
    var decimals = new ArrayList<Double>();
    for (var text : texts(attributes, tag)) {
      decimals.add(decimal(text));
    }
    return List.copyOf(decimals);
  }

  /// NaN where it is no finite number. Some write a comma for the point.
  private static double decimal(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return Double.NaN;
    }
    try {
      var value = new BigDecimal(text.replace(',', '.')).doubleValue();
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /// All values, or none if one of them is no number.
  static List<Double> decimals(Attributes attributes, int tag) {
    try {
      if (!attributes.containsValue(tag)) {
        return List.of();
      }
      var vr = attributes.getVR(tag);
      var decimals = new ArrayList<Double>();
      if (vr.isStringType()) {
        for (var text : texts(attributes, tag)) {
          var value = decimal(text);
          if (Double.isNaN(value)) {
            return List.of();
          }
          decimals.add(value);
        }
      } else if (vr.isIntType()) {
        for (var value : ints(attributes, tag)) {
          decimals.add((double) value);
        }
      } else {
        for (var value : doubles(attributes, tag)) {
          if (!Double.isFinite(value)) {
            return List.of();
          }
          decimals.add(value);
        }
      }
      return List.copyOf(decimals);
    } catch (RuntimeException _) {
      return List.of();
    }
  }
}
