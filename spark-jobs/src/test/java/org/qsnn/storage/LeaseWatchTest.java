package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

/** Whether a lease may be taken over is seen by watching it. */
class LeaseWatchTest extends LeasedFolder {
  @Test
  void holderOfThisMachineThatIsGoneIsReplacedAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    write(HostProcess.of(process.pid()));
    process.destroyForcibly().waitFor();

    Lease.acquire(files, run(), LeasedFolder::mustNotWait).close();

    assertThat(names("lease")).containsExactly("000002-released.json");
  }

  @Test
  void pidThatAnotherProcessHasByNowIsNotTheHolder() throws IOException {
    HostProcess here = HostProcess.current();
    write(
        new HostProcess(here.host(), here.machine(), here.rights(), here.pid(), here.start() - 1));

    Lease.acquire(files, run(), LeasedFolder::mustNotWait).close();
  }

  @Test
  void holderWithoutAHeartbeatIsReplacedAfterThirtySeconds() throws IOException {
    write(new HostProcess("elsewhere", "another boot", "", 1, 1));

    assertThat(waitedFor(time -> {})).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void heartbeatIsARefusalAtOnce() throws IOException {
    Lease living = acquire();
    AtomicInteger pauses = new AtomicInteger();

    assertThatThrownBy(
            () -> Lease.acquire(files, run(), time -> beatAt(5, pauses.incrementAndGet(), living)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "another driver works here (host ", "it sent a heartbeat just now");
    assertThat(pauses).hasValue(5);
    assertThat(names("lease")).containsExactly("000001.json");
  }

  private static void beatAt(int pause, int now, Lease living) {
    if (now == pause) {
      living.beat();
    }
  }

  /** No two heartbeats look alike, on a file system that knows hours only as on any other. */
  @Test
  void heartbeatIsSeenThoughTheDateOfItsFileStays() throws IOException {
    Lease living = acquire();
    FileTime date = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file("lease/000001.json"), date);

    assertThatThrownBy(
            () ->
                Lease.acquire(
                    files,
                    run(),
                    time -> {
                      living.beat();
                      setDate("lease/000001.json", date);
                    }))
        .hasMessageContaining("another driver works here");
  }

  @Test
  void heartbeatsFromTheFutureMeanNothing() throws IOException {
    write(new HostProcess("elsewhere", "another boot", "", 1, 1));
    setDate("lease/000001.json", FileTime.fromMillis(Long.MAX_VALUE / 1_000_000));

    assertThat(waitedFor(time -> {})).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void holderThatEndsWhileItIsWatchedIsReplacedAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    write(HostProcess.of(process.pid()));

    Duration waited =
        waitedFor(
            time -> {
              process.destroyForcibly().onExit().join();
            });

    assertThat(waited).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void leaseThatIsGivenBackWhileItIsWatchedIsFree() {
    Lease other = acquire();

    assertThat(waitedFor(time -> other.close())).isEqualTo(Duration.ofSeconds(1));
  }

  /** What nobody can tell of is no reason to keep everybody out, nor to take over at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "[]",
        "7",
        "{}",
        "{\"process\":null,\"since\":null,\"token\":null}",
        "{\"process\":{},\"since\":\"s\",\"token\":\"t\"}",
        "{\"process\":{\"host\":null,\"machine\":null,\"pid\":1},\"since\":\"s\",\"token\":\"t\"}",
        "{\"process\":{\"host\":7,\"pid\":1e999},\"since\":{},\"token\":[]}",
        "{\"version\":9,\"holder\":\"somebody\"}"
      })
  void leaseThatDoesNotTellItsHolderIsWatchedLikeAnyOther(String text) throws IOException {
    Files.createDirectories(file("lease"));
    Files.writeString(file("lease/000001.json"), text);

    assertThat(waitedFor(time -> {})).isEqualTo(Duration.ofSeconds(30));

    Files.writeString(file("lease/000009.json"), text);
    assertThatThrownBy(
            () -> Lease.acquire(files, run(), time -> append("lease/000009.json", "beat")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another driver works here (");
  }

  @Test
  void leaseThatIsHugeOrAFolderIsWatchedLikeAnyOther() throws IOException {
    Files.createDirectories(file("lease/000003.json"));
    assertThat(waitedFor(time -> {})).isEqualTo(Duration.ofSeconds(30));

    Files.write(file("lease/000007.json"), new byte[1 << 20]);
    assertThat(waitedFor(time -> {})).isEqualTo(Duration.ofSeconds(30));
    assertThat(names("lease")).contains("000003.json", "000008-released.json");
  }

  @Test
  void ofTwoHoldersInOneProcessTheSecondIsRefusedAtOnce() {
    try (Lease held = Lease.acquire(files, run())) {
      assertThatThrownBy(() -> Lease.acquire(files, run(), LeasedFolder::mustNotWait))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll("another driver works here (host ", "part of this process");
      assertThat(held.isLost()).isFalse();
    }
  }
}
