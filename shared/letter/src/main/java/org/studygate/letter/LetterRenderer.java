package org.studygate.letter;

/// Makes a letter. Whoever prints knows this and no library behind it.
public interface LetterRenderer {
  /// A PDF of one or more A4 pages, tagged for screen readers and fit to be kept.
  byte[] render(Letter letter);

  /// Makes a letter to nobody before a snapshot, so that the first real one waits for nothing.
  void prime();
}
