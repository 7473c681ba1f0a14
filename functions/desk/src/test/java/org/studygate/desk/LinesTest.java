package org.studygate.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.studygate.http.TestEvents;

/// The answer is the lines; where the next page begins is told by a header.
final class LinesTest {
  @Test
  void theNextPageIsALinkOfTheSameDepartment() {
    var asked =
        TestEvents.path(TestEvents.read("desk", "orders"), "/api/desk/orders", "department=noord");
    var answer = new Lines<>(List.of("one"), Optional.of("2026#a b")).answer(asked);
    assertThat(answer.body()).isEqualTo("[\"one\"]");
    assertThat(answer.headers())
        .containsEntry("link", "<?department=noord&before=2026%23a+b>; rel=\"next\"");
  }

  @Test
  void theLastPageHasNone() {
    var asked = TestEvents.read("desk", "orders");
    var answer = new Lines<>(List.of(), Optional.empty()).answer(asked);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(answer.headers()).doesNotContainKey("link");
  }
}
