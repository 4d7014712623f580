package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whether somebody works in a folder is seen at once where its process is, else by heartbeats. */
class LeaseSurveyTest extends LeasedFolder {
  @Test
  void holderOfThisMachineIsSeenAtOnce() throws IOException {
    write(HostProcess.current());

    assertThat(worked(LeasedFolder::mustNotWait)).containsExactly(run());
  }

  @Test
  void folderWithoutLeaseWithOneGivenBackOrOfAProcessThatIsGoneIsNotWorkedIn() throws Exception {
    assertThat(worked(LeasedFolder::mustNotWait)).isEmpty();

    acquire().close();
    assertThat(worked(LeasedFolder::mustNotWait)).isEmpty();

    Process process = new ProcessBuilder("sleep", "600").start();
    write(HostProcess.of(process.pid()));
    process.destroyForcibly().waitFor();
    files.own().delete(run() + "/lease/000001-released.json");
    assertThat(worked(LeasedFolder::mustNotWait)).isEmpty();
  }

  @Test
  void holderElsewhereIsKnownByAHeartbeatWhateverItsDate() throws IOException {
    write(new HostProcess("elsewhere", "another boot", "", 1, 1));
    AtomicReference<Duration> waited = new AtomicReference<>(Duration.ZERO);

    assertThat(
            worked(
                time -> {
                  if (waited.accumulateAndGet(time, Duration::plus).toSeconds() == 7) {
                    setDate("lease/000001.json", FileTime.fromMillis(1));
                  }
                }))
        .containsExactly(run());
    assertThat(waited.get()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void holderElsewhereWithoutHeartbeatDoesNotWork() throws IOException {
    write(new HostProcess("elsewhere", "another boot", "", 1, 1));
    AtomicReference<Duration> waited = new AtomicReference<>(Duration.ZERO);

    assertThat(worked(time -> waited.accumulateAndGet(time, Duration::plus))).isEmpty();
    assertThat(waited.get()).isEqualTo(Duration.ofSeconds(15));
  }

  private Iterable<String> worked(Sleeper pause) {
    return LeaseSurvey.worked(files, List.of(run()), pause);
  }
}
