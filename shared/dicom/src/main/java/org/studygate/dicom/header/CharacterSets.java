package org.studygate.dicom.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Cleans what a file says about its character set before the library acts on it: well-known
/// misspellings are mended, and a set that does not exist counts as plain ASCII, so that its text
/// shows replacement characters instead of failing.
final class CharacterSets {
  private static final Set<String> ALONE =
      Set.of(
          "ISO_IR 6",
          "ISO_IR 100",
          "ISO_IR 101",
          "ISO_IR 109",
          "ISO_IR 110",
          "ISO_IR 144",
          "ISO_IR 127",
          "ISO_IR 126",
          "ISO_IR 138",
          "ISO_IR 148",
          "ISO_IR 13",
          "ISO_IR 166",
          "ISO_IR 192",
          "GB18030");
  private static final Set<String> EXTENSIONS =
      Set.of(
          "ISO 2022 IR 6",
          "ISO 2022 IR 100",
          "ISO 2022 IR 101",
          "ISO 2022 IR 109",
          "ISO 2022 IR 110",
          "ISO 2022 IR 144",
          "ISO 2022 IR 127",
          "ISO 2022 IR 126",
          "ISO 2022 IR 138",
          "ISO 2022 IR 148",
          "ISO 2022 IR 13",
          "ISO 2022 IR 166",
          "ISO 2022 IR 87",
          "ISO 2022 IR 159",
          "ISO 2022 IR 149",
          "ISO 2022 IR 58");
  private static final Pattern ISO_IR = Pattern.compile("(?:ISO[ _-]*)?IR[ _-]*(\\d+)");
  private static final Pattern ISO_2022 = Pattern.compile("ISO[ _-]*2022[ _-]*IR[ _-]*(\\d+)");
  private static final Pattern ISO_8859 = Pattern.compile("ISO[ _-]*8859[ _-](\\d+)");

  /// Has no letters but those that every set has.
  private static final String ASCII = "ISO 2022 IR 6";

  private static final String UTF_8 = "ISO_IR 192";

  /// DICOM's names of the parts of ISO 8859, which some senders write instead.
  private static final Map<String, String> PARTS =
      Map.of(
          "1", "ISO_IR 100",
          "2", "ISO_IR 101",
          "3", "ISO_IR 109",
          "4", "ISO_IR 110",
          "5", "ISO_IR 144",
          "6", "ISO_IR 127",
          "7", "ISO_IR 126",
          "8", "ISO_IR 138",
          "9", "ISO_IR 148",
          "11", "ISO_IR 166");

  private CharacterSets() {}

  static String[] known(byte[] value) {
    var codes = new String(value, StandardCharsets.US_ASCII).split("\\\\", -1);
    var known = new String[codes.length];
    for (var i = 0; i < codes.length; i++) {
      var code = spelled(codes[i].replace('\0', ' ').strip());
      known[i] = ALONE.contains(code) || EXTENSIONS.contains(code) ? code : "ISO_IR 6";
    }
    if (known.length == 1 && EXTENSIONS.contains(known[0])) {
      return alone(known[0]);
    }
    var latin = known[0].equals("ISO_IR 6") || known[0].equals(ASCII);
    if (latin && Arrays.asList(known).contains(UTF_8)) {
      return new String[] {UTF_8}; // it cannot be switched to, and holds the first
    }
    return known;
  }

  /// One set cannot be switched to: it is meant as the first. Of those of many bytes, those of
  /// Japan take the place of Latin letters and are only ever switched to.
  private static String[] alone(String extension) {
    var alone = "ISO_IR " + extension.substring("ISO 2022 IR ".length());
    if (ALONE.contains(alone)) {
      return new String[] {alone};
    }
    return switch (extension) {
      case "ISO 2022 IR 87", "ISO 2022 IR 159" -> new String[] {ASCII, extension};
      default -> new String[] {extension, ASCII};
    };
  }

  private static String spelled(String written) {
    var code = written.toUpperCase(Locale.ROOT);
    var iso = ISO_IR.matcher(code);
    if (iso.matches()) {
      var extension = "ISO 2022 IR " + iso.group(1);
      var alone = "ISO_IR " + iso.group(1);
      return EXTENSIONS.contains(extension) && !ALONE.contains(alone) ? extension : alone;
    }
    var extension = ISO_2022.matcher(code);
    if (extension.matches()) {
      return "ISO 2022 IR " + extension.group(1);
    }
    var part = ISO_8859.matcher(code);
    if (part.matches()) {
      return PARTS.getOrDefault(part.group(1), code);
    }
    return switch (code) {
      case "UTF-8", "UTF8", "UNICODE" -> UTF_8;
      case "LATIN1", "LATIN-1", "CP1252", "WINDOWS-1252" -> "ISO_IR 100"; // the same letters
      case "EUC-KR", "KS X 1001" -> "ISO 2022 IR 149";
      case "GBK", "GB2312" -> "GB18030"; // which holds both
      default -> code;
    };
  }
}
