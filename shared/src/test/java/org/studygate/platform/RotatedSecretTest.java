package org.studygate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RotatedSecretTest {
  /// A store that can be ill.
  private static final class Store implements Secrets {
    private String current = "first";
    private Optional<String> previous = Optional.empty();
    private boolean ill;
    private int calls;

    @Override
    public String current(String arn, String field) {
      return asked(current);
    }

    @Override
    public Optional<String> previous(String arn, String field) {
      return asked(previous);
    }

    private <T> T asked(T answer) {
      calls++;
      if (ill) {
        throw new IllegalStateException("throttled");
      }
      return answer;
    }
  }

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Store store = new Store();
  private final RotatedSecret secret =
      new RotatedSecret(store, "arn", "value", clock, new Log(new PrintStream(told), clock));

  @Test
  void itIsAskedForOnceInFiveMinutes() {
    for (var i = 0; i < 100; i++) {
      assertThat(secret.values()).containsExactly("first");
    }
    assertThat(store.calls).as("the value in force and the one before").isEqualTo(2);
    clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    store.current = "second";
    store.previous = Optional.of("first");
    assertThat(secret.values()).containsExactly("second", "first");
  }

  @Test
  void whatIsKnownIsNotLostWhenTheStoreIsIll() {
    secret.values();
    store.ill = true;
    clock.advance(Duration.ofHours(1));
    store.calls = 0;
    for (var i = 0; i < 100; i++) {
      assertThat(secret.values()).containsExactly("first");
    }
    assertThat(store.calls).as("not asked at every call").isEqualTo(1);
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("secret-not-renewed", "\"Failed\":1")
        .doesNotContain("first");
    store.ill = false;
    store.current = "second";
    clock.advance(Duration.ofSeconds(31));
    assertThat(secret.values()).containsExactly("second");
  }

  @Test
  void withoutAnyKnownValueItIsAFailure() {
    store.ill = true;
    assertThatThrownBy(secret::values).isInstanceOf(IllegalStateException.class);
    store.ill = false;
    secret.values();
    secret.forget();
    store.ill = true;
    assertThatThrownBy(secret::values)
        .as("after a restore")
        .isInstanceOf(IllegalStateException.class);
  }
}
