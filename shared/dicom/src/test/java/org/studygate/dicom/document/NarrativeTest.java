package org.studygate.dicom.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.document.Line.Kind;

final class NarrativeTest {
  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/evil.xsl"?>
      <ClinicalDocument xmlns="urn:hl7-org:v3">
        <title>Verslag CT</title><effectiveTime value="20261121143000+0100"/><languageCode code="nl-BE"/>
        <author><assignedAuthor><assignedPerson><name><given>Jan</given> <family>Maes</family></name></assignedPerson></assignedAuthor></author>
      """;

  @TempDir Path folder;

  @Test
  void headingsParagraphsListsAndTablesAreLines() {
    var contents =
        read(
            section(
                """
                <title>Besluit</title><text>Vrij
                  <content styleCode="Bold">zeker</content>.<br/>Tweede regel.
                  <paragraph>Alinea &amp; meer <script>alert(1)</script></paragraph>
                  <list><item>Een<list><item>Binnen</item></list></item><item>Twee</item></list>
                  <table><caption>Maten</caption><tr><th>Orgaan</th><th>Maat</th></tr>
                    <tr><td><paragraph>Lever</paragraph></td><td>15	cm</td></tr></table></text>
                <entry><observation><value>coded</value></observation></entry>
                <component><section><title>Dieper</title><text>Slot</text></section></component>
                """));
    assertThat(contents.title()).isEqualTo("Verslag CT");
    assertThat(contents.language()).isEqualTo("nl-BE");
    assertThat(contents.date()).isEqualTo("2026-11-21");
    assertThat(contents.authors()).containsExactly("Jan Maes");
    assertThat(contents.binding()).isFalse();
    assertThat(contents.lines())
        .containsExactly(
            Line.of(0, Kind.HEADING, "Besluit", ""),
            Line.of(1, Kind.TEXT, "", "Vrij zeker.\nTweede regel."),
            Line.of(1, Kind.TEXT, "", "Alinea & meer alert(1)"),
            Line.of(1, Kind.TEXT, "", "• Een"),
            Line.of(2, Kind.TEXT, "", "• Binnen"),
            Line.of(1, Kind.TEXT, "", "• Twee"),
            Line.of(1, Kind.TEXT, "", "Maten"),
            Line.of(1, Kind.ROW, "", "Orgaan\tMaat"),
            Line.of(1, Kind.ROW, "", "Lever\t15 cm"),
            Line.of(1, Kind.HEADING, "Dieper", ""),
            Line.of(2, Kind.TEXT, "", "Slot"));
  }

  @Test
  void whoSignedItAnswersForIt() {
    var signed =
        "<legalAuthenticator><assignedEntity><assignedPerson><name>Eva Claes</name>"
            + "</assignedPerson></assignedEntity></legalAuthenticator>";
    var contents = read(HEAD + signed + body("<title>A</title><text>b</text>"));
    assertThat(contents.binding()).isTrue();
    assertThat(contents.verifiers()).containsExactly(new Contents.Verifier("Eva Claes", "", ""));
  }

  /// Neither a file of this machine nor a thousand laughs.
  @Test
  void aDocumentTypeIsNotRead() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "hunter2");
    for (var type :
        new String[] {
          "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>",
          "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\">]>",
          "<!DOCTYPE a SYSTEM \"" + secret.toUri() + "\">"
        }) {
      var xml =
          (HEAD + body("<title>A</title><text>&x;</text>"))
              .replace("<ClinicalDocument", type + "<ClinicalDocument");
      assertThat(Narrative.read(bytes(xml, StandardCharsets.UTF_8))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html xmlns='http://www.w3.org/1999/xhtml'><body>x</body></html>",
        "<ClinicalDocument><title>half",
        "<ClinicalDocument>&undeclared;</ClinicalDocument>",
        "<ClinicalDocument><a></b></ClinicalDocument>"
      })
  void whatIsNotSoundIsNotReadByHalves(String xml) {
    assertThat(Narrative.read(bytes(xml, StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aBottomlessOneIsNotReadAndALongOneIsCut() {
    var deep = "<a>".repeat(5_000) + "</a>".repeat(5_000);
    assertThat(Narrative.read(bytes(HEAD + deep, StandardCharsets.UTF_8))).isEmpty();
    var paragraphs = "<paragraph>x</paragraph>".repeat(6_000);
    var contents = read(section("<title>A</title><text>" + paragraphs + "</text>"));
    assertThat(contents.lines()).hasSize(Lines.MOST);
    assertThat(contents.cut()).isTrue();
  }

  @Test
  void otherEncodingsAreReadAndMarksOfDirectionTakenOut() {
    var xml = section("<title>\u00e9t\u00e9</title><text>a&#x202E;b&#x85;</text>");
    var latin = xml.replace("UTF-8", "ISO-8859-1");
    var contents = Narrative.read(bytes(latin, StandardCharsets.ISO_8859_1)).orElseThrow();
    assertThat(contents.lines().getFirst().name()).isEqualTo("\u00e9t\u00e9");
    assertThat(contents.lines().getLast().value()).isEqualTo("ab\uFFFD");
  }

  private static String section(String content) {
    return HEAD + body(content);
  }

  private static String body(String section) {
    return "<component><structuredBody><component><section>"
        + section
        + "</section></component></structuredBody></component></ClinicalDocument>\0";
  }

  private static Contents read(String xml) {
    return Narrative.read(bytes(xml, StandardCharsets.UTF_8)).orElseThrow();
  }

  private static ByteArrayInputStream bytes(String xml, Charset charset) {
    return new ByteArrayInputStream(xml.getBytes(charset));
  }
}
