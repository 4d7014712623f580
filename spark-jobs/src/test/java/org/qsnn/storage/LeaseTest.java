package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

class LeaseTest {
  private static final long PATIENCE = Lease.PATIENCE.toMillis();

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

  @Test
  void secondDriverIsRefusedAndToldWhoIsThere() throws IOException {
    try (Lease held = Lease.acquire(files, run())) {
      assertThat(held.isLost()).isFalse();
      LeaseHolder holder = LeaseHolder.of(Files.readAllBytes(file("lease/000001.json"))).get();

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
  void holderOfThisMachineThatIsGoneIsReplacedAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    HostProcess here = HostProcess.current();
    long start = startOf(process.pid());
    write(new HostProcess("h", here.machine(), process.pid(), start));
    assertThatThrownBy(() -> Lease.acquire(files, run())).hasMessageContaining("another driver");

    process.destroyForcibly().waitFor();
    Lease.acquire(files, run()).close();
    assertThat(names("lease")).containsExactly("000002-released.json");
  }

  @Test
  void pidThatAnotherProcessHasByNowIsNotTheHolder() throws IOException {
    HostProcess here = HostProcess.current();
    write(new HostProcess("h", here.machine(), here.pid(), here.start() - 1));

    assertThatCode(() -> Lease.acquire(files, run()).close()).doesNotThrowAnyException();
  }

  @Test
  void holderOfAnotherMachineIsReplacedAfterThirtySecondsWithoutAHeartbeat() throws IOException {
    HostProcess gone = new HostProcess("elsewhere", "another boot", 1, 1);
    write(gone);
    long written = files.entry(run() + "/lease/000001.json").modified();

    assertThatThrownBy(() -> Lease.acquire(files, run(), () -> written + PATIENCE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("host elsewhere, pid 1", "last heartbeat was 30 s ago");
    Lease.acquire(files, run(), () -> written + PATIENCE + 1).close();
  }

  @Test
  void leaseThatSaysNothingIsReplacedAfterThirtySeconds() throws IOException {
    Files.createDirectories(file("lease"));
    Files.createFile(file("lease/000001.json"));
    long written = files.entry(run() + "/lease/000001.json").modified();

    assertThatThrownBy(() -> Lease.acquire(files, run(), () -> written))
        .hasMessageContaining("which has not said its name yet");
    Lease.acquire(files, run(), () -> written + PATIENCE + 1).close();
  }

  @Test
  void heartbeatRenewsTheLease() throws IOException {
    try (Lease held = acquire(0)) {
      Path lease = file("lease/000001.json");
      byte[] bytes = Files.readAllBytes(lease);
      Files.setLastModifiedTime(lease, FileTime.fromMillis(0));

      held.beat();

      long beat = Files.getLastModifiedTime(lease).toMillis();
      assertThat(beat).isPositive();
      assertThat(Files.readAllBytes(lease)).isEqualTo(bytes);
      assertThatThrownBy(() -> acquire(beat + PATIENCE)).hasMessageContaining("another driver");
    }
  }

  @Test
  void ageOfALeaseIsToldByTheClockOfTheFileSystem() throws IOException {
    long before = Files.getLastModifiedTime(Files.createFile(file("a"))).toMillis();
    long now = new LeaseFiles(files, run()).now();
    long after = Files.getLastModifiedTime(Files.createFile(file("b"))).toMillis();

    assertThat(now).isBetween(before, after);
    assertThat(names("lease")).isEmpty();
  }

  @Test
  void driverThatLostItsLeaseChangesNothingAndNamesItsSuccessor() {
    Lease stopped = acquire(0);
    write(stopped, "x", "first");
    try (Lease successor = acquire(Long.MAX_VALUE)) {
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
    Lease stopped = acquire(0);

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
    Lease stopped = acquire(0);
    Runnable checkAndStop = () -> takeOver("successor's");

    assertThatThrownBy(() -> files.replace(run() + "/folder/x", out -> out.write(1), checkAndStop))
        .isInstanceOf(DataException.class)
        .satisfies(
            e ->
                assertThat(stopped.explain((DataException) e))
                    .hasMessageContaining("another driver took over"));
    assertThat(names("folder")).containsExactly("x");
    assertThat(files.readBytes(run() + "/folder/x", 100)).asString(UTF_8).isEqualTo("successor's");
  }

  private void takeOver(String text) {
    try (Lease successor = acquire(Long.MAX_VALUE)) {
      write(successor, "folder/x", text);
    }
  }

  @Test
  void heartbeatOfADriverThatLostItsLeaseFindsThatOut() {
    Lease stopped = acquire(0);
    acquire(Long.MAX_VALUE).close();

    stopped.beat();

    assertThat(stopped.isLost()).isTrue();
    assertThat(names("lease")).containsExactly("000002-released.json");
  }

  @Test
  void deletedLeaseIsLost() throws IOException {
    Lease held = acquire(0);
    Files.delete(file("lease/000001.json"));

    assertThatThrownBy(() -> write(held, "x", "late"))
        .hasMessageContaining("its lease was deleted");
  }

  @Test
  void failureThatIsNotTheLeasesStaysWhatItIs() {
    IllegalStateException failure = new IllegalStateException("something else");
    try (Lease held = acquire(0)) {
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
      return !acquire(0).isLost();
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageContaining("another driver");
      return false;
    }
  }

  /** A lease that does not beat by itself, acquired at a time by the file system's clock. */
  private Lease acquire(long now) {
    return Lease.acquire(files, run(), () -> now);
  }

  private void write(HostProcess process) throws IOException {
    Files.createDirectories(file("lease"));
    Files.write(
        file("lease/000001.json"), new LeaseHolder(process, "2026-01-01T00:00:00Z", "t").bytes());
  }

  private void write(Lease lease, String name, String text) {
    lease.replace(run() + "/" + name, out -> out.write(text.getBytes(UTF_8)));
  }

  private static long startOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
  }

  private String run() {
    return root.toString();
  }

  private Path file(String name) {
    return root.resolve(name);
  }

  private List<String> names(String folder) {
    String[] names = file(folder).toFile().list();
    return names == null ? List.of() : Stream.of(names).sorted().toList();
  }
}
