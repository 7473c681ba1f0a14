package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DocumentKindTest {
  @ParameterizedTest
  @CsvSource({
    "88.11, REPORT",
    "88.22, REPORT",
    "88.33, REPORT",
    "88.50, REPORT",
    "88.67, REPORT",
    "88.59, KEY_OBJECTS",
    "104.1, REPORT",
    "104.2, REPORT",
    "104.3, MODEL",
    "104.99, REPORT",
    "11.1, PRESENTATION",
    "11.12, PRESENTATION",
    "9.1.1, ECG",
    "9.1.2, ECG",
    "9.2.1, WAVEFORM",
    "9.4.1, AUDIO",
    "481.2, DOSE",
    "481.3, STRUCTURES",
    "481.5, PLAN",
    "481.8, PLAN",
    "481.9, TREATMENT",
    "66, RAW",
    "66.1, REGISTRATION",
    "66.4, SEGMENTATION",
    "78.7, MEASUREMENTS",
    "2, OTHER"
  })
  void aClassIsSaidInPlainWords(String name, DocumentKind kind) {
    assertThat(DocumentKind.of("1.2.840.10008.5.1.4.1.1." + name)).isEqualTo(kind);
  }

  @Test
  void aClassOfSomebodysOwnIsOther() {
    assertThat(DocumentKind.of("1.3.12.2.1107.5.9.1")).isEqualTo(DocumentKind.OTHER);
    assertThat(DocumentKind.of("")).isEqualTo(DocumentKind.OTHER);
  }

  @Test
  void theContractKnowsEachKindAndNoOther() throws IOException {
    var all =
        Arrays.stream(DocumentKind.values())
            .map(DocumentKind::toString)
            .collect(Collectors.joining(", "));
    assertThat(Files.readString(Path.of("../docs/openapi.yaml"))).contains("enum: [" + all + "]");
  }
}
