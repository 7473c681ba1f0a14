package org.studygate.department;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/// A department's logo, as it is kept: a small picture within the department's own description, so
/// no page ever fetches one from elsewhere. What it says it is, it begins like.
///
/// @param type `image/png`, `image/jpeg` or `image/webp`
/// @param base64 the picture
public record Logo(String type, String base64) {
  static final int MOST_BYTES = 32 * 1024;
  private static final Pattern DATA =
      Pattern.compile("data:(image/[a-z]{3,4});base64,([A-Za-z0-9+/]+={0,2})");
  private static final Map<String, Pattern> BEGINNINGS =
      Map.of(
          "image/png", Pattern.compile("89504e470d0a1a0a.*"),
          "image/jpeg", Pattern.compile("ffd8ff.*"),
          "image/webp", Pattern.compile("52494646.{8}57454250.*"));
  private static final int BEGINNING = 12;

  public Logo {
    var bytes = Base64.getDecoder().decode(base64);
    if (bytes.length > MOST_BYTES) {
      throw new Unfit("logo", "too-large", "logo is over " + MOST_BYTES / 1024 + " KiB");
    }
    var begins = HexFormat.of().formatHex(Arrays.copyOf(bytes, BEGINNING));
    var expected = BEGINNINGS.get(type);
    if (expected == null || !expected.matcher(begins).matches()) {
      throw new Unfit("logo", "not-a-picture", "logo is no PNG, JPEG or WebP picture");
    }
  }

  static Logo parse(String text) {
    var data = DATA.matcher(text);
    if (!data.matches()) {
      throw new Unfit("logo", "not-a-picture", "logo is written data:image/png;base64,…");
    }
    return new Logo(data.group(1), data.group(2));
  }

  String data() {
    return "data:" + type + ";base64," + base64;
  }

  /// Changes with the picture, so a browser may keep what it has under one address for good.
  public String tag() {
    return Integer.toHexString(data().hashCode());
  }
}
