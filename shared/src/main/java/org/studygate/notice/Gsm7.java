package org.studygate.notice;

import java.text.Normalizer;

/// The alphabet of SMS (GSM 03.38). One letter outside of it and a message holds 70 letters instead
/// of 160: it costs double and may arrive in two pieces.
final class Gsm7 {
  static final int ONE_MESSAGE = 160;

  private static final String ALPHABET =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String ESCAPED = "^{}\\[~]|€";

  private Gsm7() {}

  /// How many places a text takes, or more than any message has if a letter is not in the alphabet.
  static int length(String text) {
    var length = 0;
    for (var i = 0; i < text.length(); i++) {
      var letter = text.charAt(i);
      if (ALPHABET.indexOf(letter) >= 0) {
        length++;
      } else if (ESCAPED.indexOf(letter) >= 0) {
        length += 2;
      } else {
        return Integer.MAX_VALUE;
      }
    }
    return length;
  }

  /// A name with its letters in the alphabet, as far as their accents are what keeps them out, on
  /// one line.
  static String plain(String name) {
    var plain = new StringBuilder();
    for (var i = 0; i < name.length(); i++) {
      var letter = name.substring(i, i + 1);
      plain.append(length(letter) <= 2 ? letter : withoutAccent(letter));
    }
    return plain.toString().replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
  }

  private static String withoutAccent(String letter) {
    return switch (letter) {
      case "’", "‘" -> "'";
      case "–", "—" -> "-";
      default -> Normalizer.normalize(letter, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    };
  }
}
