package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class LeaseHeartbeatTest extends LeasedFolder {
  private static final long DEADLINE_MILLIS = 60_000;

  @Test
  void heartbeatRenewsTheLease() throws IOException {
    try (Lease held = acquire()) {
      LeaseHolder before = holder("lease/000001.json");

      held.beat();

      LeaseHolder after = holder("lease/000001.json");
      assertThat(after).isNotEqualTo(before).isEqualTo(before.afterHeartbeat());
      held.replace(run() + "/x", out -> out.write(1));
      assertThat(held.isLost()).isFalse();
    }
  }

  @Test
  void heartbeatOfADriverThatLostItsLeaseFindsThatOut() {
    Lease stopped = acquire();
    acquire().close();

    stopped.beat();

    assertThat(stopped.isLost()).isTrue();
    assertThat(names("lease")).containsExactly("000002-released.json");
  }

  /**
   * File systems that cannot replace a file in one step, as viewfs, delete the old one first: for a
   * moment there is no lease.
   */
  @Test
  void writerDoesNotSeeTheMomentInWhichAHeartbeatReplacesTheLease() throws Exception {
    String run = "flaky:" + root;
    FileStore flaky = FileStore.of(FlakyFileSystem.in(new Configuration()));
    Lease held = Lease.acquire(flaky, run, INSTANT);
    Thread writer = new Thread(() -> held.replace(run + "/x", out -> out.write(1)));
    FlakyFileSystem.let(
        (number, operation, path) -> {
          if (operation.equals("rename") && path.getName().equals("000001.json")) {
            Files.delete(file("lease/000001.json"));
            writer.start();
            awaitBlocked(writer);
          }
        });
    try {
      held.beat();
      writer.join(DEADLINE_MILLIS);
    } finally {
      FlakyFileSystem.calm();
    }

    assertThat(held.isLost()).isFalse();
    assertThat(names(".")).containsExactly("lease", "x");
    held.close();
  }

  /** Until it waits for the heartbeat, or has not waited and come to its end. */
  private static void awaitBlocked(Thread thread) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
    while (thread.getState() != Thread.State.BLOCKED && thread.isAlive()) {
      assertThat(System.nanoTime()).as("%s waits or ends", thread).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
