package org.studygate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonObjectTest {
  @Test
  void anUnknownFieldIsNamedWhereItStands() {
    var json = parse("{\"patient\":{\"id\":\"P-1\",\"idd\":\"P-2\"}}");
    var patient = json.object("patient");
    patient.string("id");
    assertThatThrownBy(patient::done)
        .isInstanceOf(BadJson.class)
        .hasMessage("patient.idd is not a known field");
  }

  @Test
  void aNameThatIsNoNameIsNotRepeated() {
    assertThatThrownBy(parse("{\"An Peeters 1958-03-07\":1}")::done)
        .hasMessage("a field is not known");
    assertThatThrownBy(parse("{\"" + "a".repeat(5_000) + "\":1}")::done)
        .hasMessage("a field is not known");
  }

  @Test
  void textIsBoundedAndNamedWithItsLength() {
    var json =
        parse("{\"a\":\"" + "x".repeat(11) + "\",\"b\":\" \\u0000 \",\"c\":\" yes\\u0000\"}");
    assertThatThrownBy(() -> json.optionalText("a", 10))
        .isInstanceOfSatisfying(
            BadJson.class, bad -> assertThat(bad.code()).isEqualTo("field-too-long"))
        .hasMessage("a has more than 10 characters");
    assertThat(json.optionalText("a", 11)).contains("x".repeat(11));
    assertThat(json.optionalText("b", 10)).isEmpty();
    assertThat(json.optionalText("c", 10)).contains("yes");
    assertThat(json.optionalText("d", 10)).isEmpty();
  }

  @Test
  void whatNoStoreTakesIsRefusedByName() {
    assertThatThrownBy(() -> parse("{\"a\":\"x\\u0000y\"}").optionalText("a", 10))
        .hasMessage("a holds control characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00x\"}",
        "{\"a\":[{\"b\":\"\\ud83d \\ude00\"}]}",
        "{\"\\ud800\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":",
        "[1]",
        "{} {}",
        "{\"a\":01}",
        ""
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(BadJson.class);
  }

  @Test
  void aWholePairIsACharacter() {
    assertThat(parse("{\"a\":\"\\ud83d\\ude00\"}").string("a")).isEqualTo("😀");
  }

  @Test
  void anEncodedSurrogateIsNoCharacterEither() {
    var bytes = "{\"a\":\"xyz\"}".getBytes(StandardCharsets.UTF_8);
    bytes[6] = (byte) 0xED;
    bytes[7] = (byte) 0xA0;
    bytes[8] = (byte) 0x80;
    assertThatThrownBy(() -> JsonObject.parse(bytes)).isInstanceOf(BadJson.class);
  }

  @Test
  void numbersOfAnySizeAreReadOrRefused() {
    assertThatThrownBy(() -> parse("{\"a\":1e999999999}").optionalInt("a"))
        .hasMessage("a must be a whole number");
    assertThatThrownBy(() -> parse("{\"a\":2147483648}").optionalInt("a"))
        .hasMessage("a is out of range");
    assertThatThrownBy(() -> parse("{\"a\":" + "9".repeat(100_000) + "}"))
        .isInstanceOf(BadJson.class);
  }

  @Test
  void depthEnds() {
    assertThatThrownBy(() -> parse("{\"a\":".repeat(100_000))).isInstanceOf(BadJson.class);
    assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(100_000))).isInstanceOf(BadJson.class);
  }

  private static JsonObject parse(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
