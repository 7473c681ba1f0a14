package org.studygate.order;

import java.util.Locale;
import org.studygate.study.Blanks;

/// By what a study is looked up beside its patient's name: written in any case, with any blanks.
public record Term(String text) {
  public static Term patient(String id) {
    return new Term("patient#" + plain(id));
  }

  public static Term accession(String number) {
    return new Term("accession#" + plain(number));
  }

  private static String plain(String text) {
    return Blanks.strip(text).toUpperCase(Locale.ROOT);
  }

  /// A patient's id is never shown by accident.
  @Override
  public String toString() {
    return "Term[…]";
  }
}
