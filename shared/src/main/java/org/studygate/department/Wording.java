package org.studygate.department;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// What a department writes of itself: shown on pages, in mails and on letters, so it is of one
/// line, of a length, and an address leads to the web and to nothing else.
final class Wording {
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}\\.[^\\s@]{2,63}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int LONGEST_SITE = 200;

  private Wording() {}

  static void line(String field, String text, int most) {
    if (text.isBlank()) {
      throw new Unfit(field, "missing", field + " is empty");
    }
    if (text.length() > most) {
      throw new Unfit(field, "too-long", field + " has more than " + most + " characters");
    }
    if (CONTROL.matcher(text).find()) {
      throw new Unfit(field, "wrong", field + " holds control characters");
    }
  }

  static void mail(String field, String text) {
    if (!MAIL.matcher(text).matches() || CONTROL.matcher(text).find()) {
      throw new Unfit(field, "wrong", field + " is no mail address");
    }
  }

  static void website(String field, String text) {
    line(field, text, LONGEST_SITE);
    if (!isWeb(text)) {
      throw new Unfit(field, "wrong", field + " is an address of https://");
    }
  }

  static boolean isWeb(String text) {
    try {
      var uri = new URI(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
