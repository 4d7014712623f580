package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

class LeaseTest extends LeasedFolder {
  @Test
  void secondDriverIsRefusedAndToldWhoIsThere() throws IOException {
    try (Lease held = Lease.acquire(files, run())) {
      assertThat(held.isLost()).isFalse();
      LeaseHolder holder = holder("lease/000001.json");

      assertThatThrownBy(() -> Lease.acquire(files, run()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll(
              run() + ": another driver works here (host ",
              holder.process().host(),
              ", pid " + ProcessHandle.current().pid() + ", since " + holder.since());
      assertThat(names("lease")).containsExactly("000001.json");
    }
  }

  @Test
  void releasedLeaseIsFreeAtOnceAndNumbersGrow() {
    for (int i = 1; i <= 3; i++) {
      Lease.acquire(files, run()).close();
      assertThat(names("lease")).containsExactly("00000" + i + "-released.json");
    }
  }

  @Test
  void nameOfTheRunHasNoPartInItsLeases() {
    String run = file("a.json/b.json").toString();

    Lease.acquire(files, run).close();

    assertThat(names("a.json/b.json/lease")).containsExactly("000001-released.json");
  }

  @Test
  void leaseOfALaterVersionStillTellsItsHolder() throws IOException {
    HostProcess here = HostProcess.current();
    String text = new String(new LeaseHolder(here, "noon", "t", 3).bytes(), UTF_8);

    String later = text.replaceFirst("\\{", "{\"new\":{\"a\":[1]},");

    assertThat(LeaseHolder.of(later.getBytes(UTF_8)))
        .hasToString("Optional[host " + here.host() + ", pid " + here.pid() + ", since noon]");
  }

  @Test
  void whatAForeignLeaseSaysDoesNotMoveTheCursor() {
    HostProcess process = new HostProcess("\u001b[2Jhost", "m", "r", 1, 1);

    assertThat(new LeaseHolder(process, "x".repeat(1000), "t", 0).toString())
        .hasSizeLessThan(200)
        .startsWith("host ?[2Jhost, pid 1, since xxx");
  }

  @Test
  void driverThatLostItsLeaseChangesNothingAndNamesItsSuccessor() {
    Lease stopped = acquire();
    write(stopped, "x", "first");
    try (Lease successor = acquire()) {
      write(successor, "x", "successor's");

      assertThatThrownBy(() -> write(stopped, "x", "late"))
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll(run(), "another driver took over (host ", "it ends here");
      assertThat(stopped.isLost()).isTrue();
      assertThatThrownBy(() -> stopped.delete(List.of(run() + "/x"))).hasMessageContaining("took");
      stopped.close();
      assertThat(files.readBytes(run() + "/x", 100)).asString(UTF_8).isEqualTo("successor's");
      assertThat(names("lease")).containsExactly("000002.json");
    }
  }

  @Test
  void driverStoppedWhileItWritesCommitsNothing() {
    Lease stopped = acquire();

    assertThatThrownBy(
            () ->
                stopped.replace(
                    run() + "/folder/x",
                    out -> {
                      out.write(1);
                      takeOver("successor's");
                      out.write(2);
                    }))
        .hasMessageContaining("another driver took over");
    assertThat(names("folder")).containsExactly("x");
    assertThat(files.readBytes(run() + "/folder/x", 100)).asString(UTF_8).isEqualTo("successor's");
  }

  /** The moment between the check and the rename: the temporary file is gone after it. */
  @Test
  void driverStoppedAfterTheCheckOfItsLeaseCommitsNothing() {
    Lease stopped = acquire();
    Runnable checkAndStop = () -> takeOver("successor's");

    assertThatThrownBy(
            () -> files.own().replace(run() + "/folder/x", out -> out.write(1), checkAndStop))
        .isInstanceOf(DataException.class)
        .satisfies(
            e ->
                assertThat(stopped.explain((DataException) e))
                    .hasMessageContaining("another driver took over"));
    assertThat(names("folder")).containsExactly("x");
    assertThat(files.readBytes(run() + "/folder/x", 100)).asString(UTF_8).isEqualTo("successor's");
  }

  private void takeOver(String text) {
    try (Lease successor = acquire()) {
      write(successor, "folder/x", text);
    }
  }

  @Test
  void deletedLeaseIsLost() throws IOException {
    Lease held = acquire();
    Files.delete(file("lease/000001.json"));

    assertThatThrownBy(() -> write(held, "x", "late"))
        .hasMessageContaining("its lease was deleted");
  }

  @Test
  void failureThatIsNotTheLeasesStaysWhatItIs() {
    IllegalStateException failure = new IllegalStateException("something else");
    try (Lease held = acquire()) {
      assertThat(held.explain(failure)).isSameAs(failure);
    }
  }

  @Test
  void newHolderClearsWhatCrashedWritersLeft() throws IOException {
    for (String folder : List.of(".", "checkpoints", "model", "metrics")) {
      Files.createDirectories(file(folder));
      String temporary = files.temporary(file(folder).toString() + "/x");
      Files.writeString(Path.of(temporary.substring("file:".length())), "half");
      Files.writeString(file(folder + "/kept"), "whole");
    }

    Lease.acquire(files, run()).close();

    assertThat(names(".")).containsExactly("checkpoints", "kept", "lease", "metrics", "model");
    assertThat(names("checkpoints")).containsExactly("kept");
    assertThat(names("model")).containsExactly("kept");
    assertThat(names("metrics")).containsExactly("kept");
  }

  @Test
  void newHolderClearsWhatFormerOnesDidNotFinishOfTheirLeases() throws IOException {
    Lease.acquire(files, run()).close();
    for (String lease : List.of("000001.json", "000002.json", "000003-released.json")) {
      String temporary = files.temporary(file("lease") + "/" + lease);
      Files.writeString(Path.of(temporary.substring("file:".length())), "half");
    }

    Lease.acquire(files, run()).close();

    // Whoever writes a lease of the same number or a later one may live.
    assertThat(names("lease"))
        .hasSize(3)
        .contains("000002-released.json")
        .noneMatch(name -> name.startsWith(".000001"));
  }

  @Test
  void whoSawNoLeaseDoesNotGetTheOneBehindAnothersThatCameMeanwhile() {
    LeaseFiles leases = new LeaseFiles(files, run());
    int seen = new LeaseWatch(run(), leases, INSTANT).awaitFree();
    Lease other = acquire();
    assertThat(leases.create(seen + 1, LeaseHolder.here())).isFalse();
    assertThat(other.isLost()).isFalse();
    assertThat(names("lease")).containsExactly("000001.json");
  }

  @Test
  void ofManyAtOnceOneHoldsTheLease() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> driver = this::acquires;
      int holders = 0;
      for (Future<Boolean> acquired :
          threads.invokeAll(Stream.generate(() -> driver).limit(32).toList())) {
        holders += acquired.get() ? 1 : 0;
      }
      assertThat(holders).isEqualTo(1);
      assertThat(names("lease")).containsExactly("000001.json");
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean acquires() {
    try {
      return !Lease.acquire(files, run()).isLost();
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageContaining("another driver");
      return false;
    }
  }
}
