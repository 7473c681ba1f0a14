package org.studygate.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.letter.Letter.Exam;

/// Whatever is typed into a name, a message or a department's description is text on paper.
final class HostileLetterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<b>bold</b>",
        "</p></body></html>",
        "<script>app.alert(1)</script>",
        "<img src='file:///etc/passwd'/>",
        "<object type='pdf/background' pdfsrc='file:///etc/passwd'></object>",
        "<a href='https://evil.example'>here</a>",
        "<style>* { display: none }</style>",
        "\" style=\"display:none\" x=\"",
        "' onload='x",
        "]]><![CDATA[ ",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
        "&lt;&amp;&#65;&nbsp;",
        "url(http://evil.example/a.png)",
        "background: url(file:///etc/passwd)",
        "${sheet.colour()} @if(true) {date}",
        "{department}",
        "javascript:app.alert(1)"
      })
  void markupIsText(String words) throws Exception {
    try (var paper = Paper.of(everywhere(words))) {
      var text = paper.text().replaceAll("\\s", "");
      var expected = words.replaceAll("\\s", "");
      assertThat(occurrences(text, expected)).isEqualTo(EVERYWHERE);
      assertThat(paper.keys())
          .doesNotContain("JavaScript", "JS", "OpenAction", "AA", "URI", "Annots", "AcroForm")
          .doesNotContain("EmbeddedFiles", "EF", "Launch", "GoToR");
      assertThat(paper.scanned()).isEqualTo(Letters.ORIGIN + "/#" + Letters.NUMBER);
    }
  }

  @Test
  void noFileIsReadAndNobodyIsAsked(@TempDir Path folder) throws Exception {
    var secret = Files.writeString(folder.resolve("secret.css"), "body { display: none }");
    var asked = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      var http = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.css";
      for (var address : List.of(http, secret.toUri().toString())) {
        var words =
            "<link rel='stylesheet' href='%1$s'/><img src='%1$s'/><style>@import '%1$s';</style>"
                .formatted(address);
        try (var paper = Paper.of(everywhere(words))) {
          assertThat(paper.text()).contains("Questions?");
        }
      }
    } finally {
      server.stop(0);
    }
    assertThat(asked).hasValue(0);
  }

  /// Even if an address came so far: there is no way out.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "http://example.org/",
        "https://example.org/",
        "jar:file:/a.jar!/b",
        "data:image/png;base64,AAAA",
        "letter:other",
        "../letter.css",
        ""
      })
  void aLetterDrawsUponItsOwnPartsAlone(String address) {
    var bundle = new Bundle(Map.of("letter:style", new byte[0]));
    assertThat(bundle.resolve(address)).isNull();
    assertThatThrownBy(() -> bundle.open(address)).isInstanceOf(IllegalArgumentException.class);
    assertThat(bundle.resolve("letter:style")).isEqualTo("letter:style");
  }

  @Test
  void whatCannotBeSeenIsLeftOut() throws Exception {
    var letter =
        everywhere("Jan\u202Enesnaj\u202C\u200B\u200E\u2066 \u0000\u0007\u001B[31mred\uFEFF");
    try (var paper = Paper.of(letter)) {
      assertThat(paper.text())
          .contains("Jannesnaj [31mred")
          .matches(text -> text.chars().noneMatch(HostileLetterTest::hidden), "nothing hidden");
    }
  }

  /// A reader sees that something is missing, never another letter.
  @Test
  void aCharacterThatTheFontDoesNotHoldIsReplacedByASign() throws Exception {
    try (var paper = Paper.of(everywhere("A 😀 B 张 C ש D \uD800 E"))) {
      assertThat(occurrences(paper.text(), "A � B � C � D � E")).isEqualTo(EVERYWHERE);
    }
  }

  @Test
  void tenThousandCharactersTakePagesAndNoMore() throws Exception {
    var message = "Woord <b> & ".repeat(833) + "end.";
    var letter = Letters.of("en", Optional.of(message), Optional.of("x"), Letters.exams(10), false);
    try (var paper = Paper.of(letter)) {
      assertThat(paper.text()).contains("Woord <b> & end.");
      assertThat(paper.pages()).isBetween(3, 6);
    }
  }

  /// Nothing runs out of the paper: it is broken where it must be.
  @Test
  void aWordOfThousandLettersIsBroken() throws Exception {
    var word = "Abcdefghij".repeat(100);
    try (var paper = Paper.of(everywhere(word))) {
      assertThat(occurrences(paper.lines().replaceAll("\\s", ""), word)).isEqualTo(EVERYWHERE);
      assertThat(paper.rightmost()).isLessThan(paper.width());
    }
  }

  private static final int EVERYWHERE = 4;

  /// In the name of the patient, of an exam, in the message, in the department's name.
  private static Letter everywhere(String words) {
    return Letters.with(words, List.of(new Exam(Optional.empty(), words)));
  }

  private static int occurrences(String text, String part) {
    var count = 0;
    for (var at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static boolean hidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      default -> false;
    };
  }
}
