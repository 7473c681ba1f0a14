package org.studygate.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTextTest {
  private static final PrintableText PRINT = new PrintableText(character -> character < 0x1F00);

  @Test
  void aLineIsOneLine() {
    assertThat(PRINT.line(" a\r\nb\tc\u2028d  e ")).isEqualTo("a b c d e");
  }

  @Test
  void linesStayLines() {
    assertThat(PRINT.lines("a\r\nb\rc\n\nd\u2028e\u0085f\u000bg\n"))
        .isEqualTo("a\nb\nc\n\nd\ne\nf g");
  }

  @Test
  void lettersAndTheirMarksAreComposed() {
    assertThat(PRINT.line("Z\u030Ci\u017Eek")).isEqualTo("\u017Di\u017Eek");
  }

  @ParameterizedTest
  @CsvSource({"202E", "2066", "200F", "200D", "FEFF", "00AD", "061C", "E0041"})
  void whatIsNotSeenIsGone(String code) {
    var hidden = Character.toString(Integer.parseInt(code, 16));
    assertThat(PRINT.line("a" + hidden + "b")).isEqualTo("ab");
    assertThat(PRINT.lines("a" + hidden + "b")).isEqualTo("ab");
  }

  @Test
  void whatIsNotDrawnIsSaidToBeMissing() {
    assertThat(PRINT.line("a\u5F20b\uD83D\uDE00c\uD800d")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
  }
}
