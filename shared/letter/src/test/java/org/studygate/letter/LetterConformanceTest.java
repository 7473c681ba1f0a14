package org.studygate.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/// Screen readers (PDF/UA-1, ISO 14289-1) and archives (PDF/A-2a, ISO 19005-2), as veraPDF sees it.
final class LetterConformanceTest {
  private static final PDFAFlavour READ = PDFAFlavour.PDFUA_1;
  private static final PDFAFlavour KEPT = PDFAFlavour.PDFA_2_A;

  @BeforeAll
  static void start() {
    VeraGreenfieldFoundryProvider.initialise();
  }

  @ParameterizedTest
  @FieldSource("org.studygate.letter.Letters#LANGUAGES")
  void everyLanguageConforms(String language) throws Exception {
    check(Letters.usual(language));
  }

  @Test
  void soDoesOneOfSeveralPagesWithALogoAMessageAndWhatTheFontDoesNotHold() throws Exception {
    check(
        Letters.of(
            "en",
            Optional.of("😀 <b>\n".repeat(60)),
            Optional.of("שלום"),
            Letters.exams(10),
            false));
    check(Letters.withLogo(Letters.LOGO));
    check(Letters.of("nl", Optional.of("x"), Optional.of("y"), List.of(), true));
  }

  /// What a function makes before its snapshot goes the whole way.
  @Test
  void aRendererPrimesItself() {
    assertThatCode(new PdfLetterRenderer()::prime).doesNotThrowAnyException();
  }

  /// The judge sees what is wrong.
  @ParameterizedTest
  @ValueSource(strings = {"ua1", "2a"})
  void anUntaggedFileDoesNotConform(String flavour) throws Exception {
    try (var document = new PDDocument();
        var bytes = new ByteArrayOutputStream()) {
      var page = new PDPage();
      page.setResources(new PDResources());
      document.addPage(page);
      document.save(bytes);
      assertThat(faults(bytes.toByteArray(), PDFAFlavour.byFlavourId(flavour))).isNotEmpty();
    }
  }

  private static void check(Letter letter) throws Exception {
    var pdf = new PdfLetterRenderer().render(letter);
    assertThat(faults(pdf, READ)).as("PDF/UA-1").isEmpty();
    assertThat(faults(pdf, KEPT)).as("PDF/A-2a").isEmpty();
  }

  private static List<String> faults(byte[] pdf, PDFAFlavour flavour) throws Exception {
    var foundry = Foundries.defaultInstance();
    try (var parser = foundry.createParser(new ByteArrayInputStream(pdf), flavour);
        var validator = foundry.createValidator(flavour, false)) {
      return validator.validate(parser).getTestAssertions().stream()
          .map(fault -> fault.getRuleId().getClause() + " " + fault.getMessage())
          .distinct()
          .toList();
    }
  }
}
