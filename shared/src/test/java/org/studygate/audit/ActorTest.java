package org.studygate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActorTest {
  /// Trails are kept for years: these texts stay.
  @Test
  void theTextInTheTrailIsReadBack() {
    for (var text :
        List.of(
            "patient:b7",
            "professional:maes",
            "staff:17",
            "hospital:noord",
            "studygate:payment",
            "unknown")) {
      assertThat(Actor.parse(text).text()).isEqualTo(text);
    }
    assertThat(Actor.parse("patient:b7")).isEqualTo(new Actor.Patient("b7"));
    assertThatThrownBy(() -> Actor.parse("b7")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoeverHasAVisitHasATrail() {
    assertThat(new Actor.Patient("b7").trail()).isEqualTo("bucket#b7");
    assertThat(new Actor.Professional("maes").trail()).isEqualTo("account#maes");
  }
}
