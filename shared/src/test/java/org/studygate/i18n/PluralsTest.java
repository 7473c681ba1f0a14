package org.studygate.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The browser's side of the same rules is in `web/test/unit/catalogues.test.ts`.
final class PluralsTest {
  @ParameterizedTest
  @CsvSource({
    "en, 0, other",
    "en, 1, one",
    "en, 2, other",
    "en, 11, other",
    "en, 101, other",
    "nl, 1, one",
    "nl, 21, other",
    "de, 0, other",
    "nb, 1, one",
    "es, 0, other",
    "es, 1, one",
    "fr, 0, one",
    "fr, 1, one",
    "fr, 2, other",
    "fr, 101, other",
    "sl, 0, other",
    "sl, 1, one",
    "sl, 2, two",
    "sl, 3, few",
    "sl, 4, few",
    "sl, 5, other",
    "sl, 11, other",
    "sl, 12, other",
    "sl, 100, other",
    "sl, 101, one",
    "sl, 102, two",
    "sl, 103, few",
    "sl, 211, other"
  })
  void aNumberTakesTheFormOfItsLanguage(String language, long n, String category) {
    assertThat(Plurals.category(language, n)).isEqualTo(category);
  }

  @Test
  void aSentenceThatCountsSaysOneMinuteAndTwo() {
    var english = Catalogue.of("notice", "en");
    assertThat(english.text("mail.code.valid", Map.of("n", "1"))).contains(" 1 minute ");
    assertThat(english.text("mail.code.valid", Map.of("n", "10"))).contains(" 10 minutes ");
    var slovene = Catalogue.of("notice", "sl");
    assertThat(slovene.text("mail.code.valid", Map.of("n", "2"))).contains(" 2 minuti ");
    assertThat(slovene.text("mail.code.valid", Map.of("n", "3"))).contains(" 3 minute ");
  }
}
