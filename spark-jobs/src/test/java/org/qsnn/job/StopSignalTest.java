package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final StringWriter err = new StringWriter();
  private final List<Integer> halts = new ArrayList<>();

  @Test
  void firstSignalAsksAndTheSecondEndsAtOnce() {
    try (StopSignal stop = StopSignal.uncaught(new PrintWriter(err), halts::add)) {
      assertThat(stop.isReceived()).isFalse();

      stop.received("INT", 2);
      assertThat(stop.isReceived()).isTrue();
      assertThat(stop.exitCode()).isEqualTo(130);
      assertThat(halts).isEmpty();
      assertThat(err.toString()).startsWith("qsnn: SIGINT: ending after this step").hasLineCount(1);

      stop.received("INT", 2);
      assertThat(halts).containsExactly(130);
    }
  }

  @Test
  void exitCodeIsThatOfTheSignal() {
    try (StopSignal stop = StopSignal.uncaught(new PrintWriter(err), halts::add)) {
      stop.received("TERM", 15);
      assertThat(stop.exitCode()).isEqualTo(143);
    }
  }
}
