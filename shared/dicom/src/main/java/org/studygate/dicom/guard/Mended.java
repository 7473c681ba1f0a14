package org.studygate.dicom.guard;

import java.util.Collection;
import java.util.stream.Collectors;

/// What was wrong with a file that we mended. Sentences are for staff and stand in a receipt,
/// parted by semicolons.
public enum Mended {
  HEAD("the preamble or the file meta information was missing or damaged"),
  META("elements of the file meta information stood among the others"),
  ENCODING("elements were not encoded as the transfer syntax says"),
  SYNTAX("the image was not compressed as the transfer syntax says"),
  REPRESENTATION("a value representation was none: that of the dictionary was taken"),
  TWICE("an element stood twice: the first one with a value counts"),
  ORDER("elements were not in order"),
  DELIMITERS("delimiters were missing, misplaced or had a length"),
  LENGTHS("lengths did not fit what they enclose"),
  GAPS("there were zeros between the elements"),
  TRAILING("there were bytes behind the last element"),
  UIDS("a UID had blanks around it, or stood in the file meta information alone"),
  MADE("a UID had other characters than digits and dots, or too many: one was made of it"),
  DROPPED("an element that nobody can read was left out"),
  FRAMES("the number of frames was none or more than are there"),
  SHORT("the image lacks a few bytes: they are black"),
  CUT("the file ends early: what is whole was kept");

  private final String sentence;

  Mended(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }

  /// All of them in one sentence.
  public static String sentence(Collection<Mended> mended) {
    return mended.stream().sorted().map(Mended::sentence).collect(Collectors.joining("; "));
  }
}
