package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BellTest {
  private static final long LONG = 600_000;

  @Test
  @Timeout(60)
  void aRingThatCameBeforeWaitingIsNotMissed() throws Exception {
    var bell = new Bell();
    var seen = bell.rings();
    bell.ring();
    bell.await(seen, LONG);
    assertThat(bell.rings()).isEqualTo(seen + 1);
  }

  @Test
  @Timeout(60)
  void oneRingWakesAll() throws Exception {
    var bell = new Bell();
    var seen = bell.rings();
    var woken = new CountDownLatch(3);
    for (var i = 0; i < 3; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  bell.await(seen, LONG);
                  woken.countDown();
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    bell.ring();
    woken.await();
    assertThat(woken.getCount()).isZero();
  }
}
