package org.studygate.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class CatalogueTest {
  private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");

  /// GSM 03.38, basic set and extension: another character makes an SMS half as long.
  private static final String GSM =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
          + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€";

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Catalogue#LANGUAGES")
  void everyLanguageHasTheSameSentencesWithTheSameHoles(String language) {
    var english = Catalogue.of("notice", "en");
    var words = Catalogue.of("notice", language);
    assertThat(words.language()).isEqualTo(language);
    assertThat(words.keys()).isEqualTo(english.keys());
    for (var key : words.keys()) {
      assertThat(holes(words, key)).as(key).isEqualTo(holes(english, key));
    }
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Catalogue#LANGUAGES")
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
