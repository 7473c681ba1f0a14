package org.studygate.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What is on the paper is what was given.
final class LetterTextTest {
  private static final PdfLetterRenderer RENDERER = new PdfLetterRenderer();

  @ParameterizedTest
  @FieldSource("org.studygate.letter.Letters#LANGUAGES")
  void aLetterSaysWhoWhatAndHow(String language) throws IOException {
    var text = text(RENDERER.render(Letters.usual(language)));
    assertThat(text)
        .contains("7H2K-9F3Q-M4XW-8RTD-6")
        .contains("Đặng Thị Müller-Žižek")
        .contains("studygate.example.org");
  }

  private static String text(byte[] pdf) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }
}
