package org.studygate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.studygate.json.JsonObject;
import org.studygate.order.BirthDate;

/// The table that the pages are tested with too, so that both read alike.
class AsTypedTest {
  @TestFactory
  Stream<DynamicTest> referenceNumbers() throws IOException {
    return examples("references")
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.string("what"),
                    () ->
                        assertThat(ReferenceNumber.typed(one.string("typed")))
                            .isEqualTo(
                                one.optionalString("normalised").map(ReferenceNumber::new))));
  }

  @TestFactory
  Stream<DynamicTest> codes() throws IOException {
    return examples("digits")
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.string("what"),
                    () ->
                        assertThat(AsTyped.digits(one.string("typed")))
                            .isEqualTo(one.string("digits"))));
  }

  @TestFactory
  Stream<DynamicTest> datesOfBirth() throws IOException {
    return Stream.concat(examples("dates"), examples("partialDates"))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.string("what"),
                    () ->
                        assertThat(AsTyped.date(one.string("typed")))
                            .isEqualTo(date(one.optionalString("date")))));
  }

  private static Optional<BirthDate> date(Optional<String> text) {
    return text.map(one -> BirthDate.parse(one).orElseThrow());
  }

  private static Stream<JsonObject> examples(String kind) throws IOException {
    var table = Path.of("web/test/typed.json");
    for (var up = Path.of(""); !Files.exists(table); up = up.resolve("..")) {
      table = up.resolve("../web/test/typed.json");
    }
    return JsonObject.parse(Files.readAllBytes(table)).objects(kind).stream();
  }
}
