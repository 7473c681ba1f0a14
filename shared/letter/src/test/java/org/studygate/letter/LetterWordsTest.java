package org.studygate.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.studygate.i18n.Catalogue;

final class LetterWordsTest {
  private static final List<String> HOLES =
      List.of("hospital", "site", "date", "to", "phone", "email");

  @ParameterizedTest
  @FieldSource("org.studygate.letter.Letters#LANGUAGES")
  void everyLanguageHasTheSameSentencesWithTheSameHoles(String language) {
    var english = Catalogue.of("letter", "en");
    var words = Catalogue.of("letter", language);
    assertThat(words.language()).isEqualTo(language);
    assertThat(words.keys()).isEqualTo(english.keys());
    assertThat(words.keys())
        .allSatisfy(key -> assertThat(holes(words, key)).as(key).isEqualTo(holes(english, key)));
  }

  private static List<String> holes(Catalogue words, String key) {
    Map<String, String> marked =
        HOLES.stream().collect(Collectors.toMap(Function.identity(), hole -> "<" + hole + ">"));
    var text = words.text(key, marked);
    return HOLES.stream().filter(hole -> text.contains("<" + hole + ">")).toList();
  }
}
