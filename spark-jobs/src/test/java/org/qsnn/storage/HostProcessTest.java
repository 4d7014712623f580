package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process is gone only if it would be seen if it lived. */
class HostProcessTest {
  private Process sleep;
  private HostProcess process;

  @BeforeEach
  void start() throws IOException {
    sleep = new ProcessBuilder("sleep", "600").start();
    process = HostProcess.of(sleep.pid());
  }

  @AfterEach
  void end() throws InterruptedException {
    sleep.destroyForcibly().waitFor();
  }

  @Test
  void processOfOnesOwnIsGoneWhenItHasEnded() throws InterruptedException {
    assertThat(process.isGone()).isFalse();
    assertThat(process.runsHere()).isTrue();

    end();

    assertThat(process.isGone()).isTrue();
    assertThat(process.runsHere()).isFalse();
  }

  @Test
  void processThatOneMightNotSeeIsNeverKnownToBeGone() throws InterruptedException {
    end();
    String rights = process.rights();

    assertThat(with("elsewhere", process.machine(), rights).isGone()).as("a clone").isFalse();
    assertThat(with(process.host(), "another", rights).isGone()).as("a container").isFalse();
    assertThat(with(process.host(), "", rights).isGone()).as("no /proc").isFalse();
    assertThat(with(process.host(), process.machine(), "").isGone()).as("unknown").isFalse();
    String another = rights.replaceFirst("Uid: \\d+", "Uid: 54321");
    assertThat(another).isNotEqualTo(rights);
    assertThat(with(process.host(), process.machine(), another).isGone()).as("a user").isFalse();
  }

  @Test
  void recordWithoutPidOrStartIsNotGone() {
    HostProcess here = HostProcess.current();

    assertThat(new HostProcess(here.host(), here.machine(), here.rights(), 0, 1).isGone())
        .isFalse();
    assertThat(new HostProcess(here.host(), here.machine(), here.rights(), 1, 0).isGone())
        .isFalse();
    assertThat(new HostProcess(null, null, null, 1, 1).isGone()).isFalse();
    assertThat(new HostProcess(null, null, null, 1, 1).runsHere()).isFalse();
  }

  private HostProcess with(String host, String machine, String rights) {
    return new HostProcess(host, machine, rights, process.pid(), process.start());
  }
}
