package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestSecrets;

class SealTest {
  private final Seal seal = new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom());

  @Test
  void opensWhatItClosedAndShowsNothingOfIt() {
    var sealed = seal.close("m1", "your code is 123456");
    assertThat(sealed).doesNotContain("123456");
    assertThat(seal.open("m1", sealed)).isEqualTo("your code is 123456");
  }

  @Test
  void aMessageCannotBePutUnderAnotherId() {
    var sealed = seal.close("m1", "text");
    assertThatThrownBy(() -> seal.open("m2", sealed)).isInstanceOf(IllegalStateException.class);
  }
}
