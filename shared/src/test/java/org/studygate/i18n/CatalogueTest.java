package org.studygate.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.studygate.json.JsonObject;

final class CatalogueTest {
  private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");

  /// GSM 03.38, basic set and extension: another character makes an SMS half as long.
  private static final String GSM =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
          + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€";

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void everyLanguageHasTheSameSentencesWithTheSameHoles(String language) {
    var english = Catalogue.of("notice", "en");
    var words = Catalogue.of("notice", language);
    assertThat(words.language()).isEqualTo(language);
    assertThat(words.keys()).isEqualTo(english.keys());
    for (var key : words.keys()) {
      assertThat(holes(words, key)).as(key).isEqualTo(holes(english, key));
    }
  }

  /// What is a folder to the server is one to the pages, whole.
  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void everyFolderIsALanguageAndHasEveryRoom(String language) throws IOException {
    assertThat(Catalogue.speaks(language)).isTrue();
    assertThat(rooms(language)).isEqualTo(rooms("en"));
  }

  @Test
  void whatIsNoFolderIsNoLanguage() {
    for (var other : List.of("pt", "", "EN", "nl-BE", "../i18n/en", "en/../nl")) {
      assertThat(Catalogue.speaks(other)).as(other).isFalse();
    }
  }

  /// That the forms are those of the language is a test of the pages, which have the browser's own
  /// rules.
  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void aSentenceThatCountsHasTheFormsThatItsNumbersAskFor(String language) throws IOException {
    var asked =
        IntStream.range(0, 1000)
            .mapToObj(n -> Plurals.category(language, n))
            .collect(Collectors.toSet());
    var file = Languages.folder().resolve(language).resolve("notice.json");
    var words = JsonObject.parse(Files.readAllBytes(file));
    var counted = words.names().stream().filter(words::isObject).toList();
    assertThat(counted).isNotEmpty();
    for (var key : counted) {
      assertThat(words.object(key).names()).as(key).isEqualTo(asked);
    }
  }

  private static Set<String> rooms(String language) throws IOException {
    try (var files = Files.list(Languages.folder().resolve(language))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void aCodeFitsIntoOneSms(String language) {
    var text =
        Catalogue.of("notice", language)
                .text(
                    "sms.code",
                    Map.of("code", "123456", "department", "Klinik Lindenhof", "n", "10"))
            + "\n\n@studygate.example.org #123456";
    assertThat(text.chars().filter(c -> GSM.indexOf(c) < 0).boxed()).isEmpty();
    assertThat(text.getBytes(StandardCharsets.ISO_8859_1).length).isLessThanOrEqualTo(160);
  }

  private static Set<String> holes(Catalogue words, String key) {
    var marked =
        words.text(key, Map.of("code", "<code>", "department", "<dept>", "phone", "<phone>"));
    var found = new TreeSet<String>();
    for (var hole : new String[] {"<code>", "<dept>", "<phone>"}) {
      if (marked.contains(hole)) {
        found.add(hole);
      }
    }
    assertThat(HOLE.matcher(marked).find()).isFalse();
    return found;
  }
}
