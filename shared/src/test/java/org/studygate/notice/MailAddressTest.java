package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "an.peeters@example.org | an.peeters@example.org",
        "An.Peeters@Example.ORG | an.peeters@example.org",
        "mailto:an@example.org | an@example.org",
        "an+rx@mail.ziekenhuis.example | an+rx@mail.ziekenhuis.example",
        "an@b\u00fccher.example | an@xn--bcher-kva.example",
        "an\u200b@example.org\u00a0 | an@example.org",
        "an\uff20example.org | an@example.org",
        "o'neill@example.org | o'neill@example.org"
      })
  void oneAddressIsRead(String written, String read) {
    assertThat(MailAddress.read(written)).contains(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "an",
        "@example.org",
        "an@",
        "an@example",
        "an@example.org,",
        "an@example.org; jan@example.org",
        "an@example.org jan@example.org",
        "An Peeters <an@example.org>",
        "an peeters@example.org",
        "an..peeters@example.org",
        ".an@example.org",
        "an@-example.org",
        "an@example..org",
        "an@192.0.2.1",
        "an@[192.0.2.1]",
        "an@example.org\r\nBcc: jan@example.org",
        "\u00e1n@example.org"
      })
  void nothingElseIs(String written) {
    assertThat(MailAddress.read(written)).isEmpty();
  }

  @Test
  void isBounded() {
    var domain = ("a".repeat(60) + ".").repeat(4) + "org";
    assertThat(MailAddress.read("a".repeat(65) + "@example.org")).isEmpty();
    assertThat(MailAddress.read("an@" + domain)).isPresent();
    assertThat(MailAddress.read("a".repeat(64) + "@" + domain)).isEmpty();
  }
}
