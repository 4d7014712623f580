package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class YarnContainerTest {
  @Test
  void interruptDoesNotReachTheWorkButAsksItToEnd() {
    CountDownLatch asked = new CountDownLatch(1);
    Thread driver = Thread.currentThread();

    int exitCode =
        YarnContainer.undisturbed(
            () -> {
              driver.interrupt();
              await(asked);
              return Thread.currentThread().isInterrupted() ? 1 : 7;
            },
            asked::countDown);

    assertThat(exitCode).isEqualTo(7);
  }

  @Test
  void whatTheWorkThrowsIsNotWaitedFor() {
    assertThatThrownBy(
            () ->
                YarnContainer.undisturbed(
                    () -> {
                      throw new StackOverflowError("of a test");
                    },
                    () -> {}))
        .hasRootCauseInstanceOf(StackOverflowError.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
