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
  private final List<String> told = new ArrayList<>();
  private final StopSignal stop =
      StopSignal.uncaught(new PrintWriter(err), halts::add, Thread.currentThread());

  @Test
  void firstSignalAsksAGentleCommandAndTheSecondEndsItAtOnce() {
    try (StopSignal.Gentle gentle = stop.gently()) {
      assertThat(stop.isReceived()).isFalse();

      stop.received("INT", 2);
      assertThat(stop.isReceived()).isTrue();
      assertThat(stop.wasGentle()).isTrue();
      assertThat(stop.exitCode()).isEqualTo(130);
      assertThat(halts).isEmpty();
      assertThat(Thread.interrupted()).isFalse();
      assertThat(err.toString()).startsWith("qsnn: SIGINT: ending after this step").hasLineCount(1);

      stop.received("INT", 2);
      assertThat(halts).containsExactly(130);
    }
  }

  @Test
  void signalAfterTheClusterHasAskedIsTheSameAndTheNextEndsTheCommandAtOnce() {
    try (StopSignal.Gentle gentle = stop.gently()) {
      assertThat(stop.asked()).isTrue();
      assertThat(stop.exitCode()).isEqualTo(143);
      stop.received("TERM", 15);
      assertThat(halts).isEmpty();

      stop.received("TERM", 15);
      assertThat(halts).containsExactly(143);
    }
  }

  @Test
  void clusterThatAsksAfterItsSignalEndsNothingSooner() {
    try (StopSignal.Gentle gentle = stop.gently()) {
      stop.received("TERM", 15);

      assertThat(stop.asked()).isFalse();
      assertThat(halts).isEmpty();
    }
  }

  @Test
  void commandThatWritesNoStateIsInterrupted() {
    stop.received("TERM", 15);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stop.wasGentle()).isFalse();
    assertThat(err.toString()).startsWith("qsnn: SIGTERM: ending; a second signal").hasLineCount(1);
  }

  @Test
  void commandThatIsNoLongerGentleIsInterrupted() {
    stop.gently().close();
    stop.received("TERM", 15);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void exitCodeIsThatOfTheSignal() {
    try (StopSignal.Gentle gentle = stop.gently()) {
      stop.received("HUP", 1);
      assertThat(stop.exitCode()).isEqualTo(129);
    }
  }

  @Test
  void listenersAreToldAlsoIfTheyComeLate() {
    stop.whenReceived(told::add);
    try (StopSignal.Gentle gentle = stop.gently()) {
      stop.received("TERM", 15);
    }
    stop.whenReceived(told::add);

    assertThat(told).containsExactly("SIGTERM", "SIGTERM");
  }
}
