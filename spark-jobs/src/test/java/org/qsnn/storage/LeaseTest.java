package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

class LeaseTest {
  private static final Sleeper INSTANT = time -> {};

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

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
  void holderOfThisMachineThatIsGoneIsReplacedAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    write(HostProcess.of(process.pid()));
    process.destroyForcibly().waitFor();

    Lease.acquire(files, run(), LeaseTest::mustNotWait).close();

    assertThat(names("lease")).containsExactly("000002-released.json");
  }

  @Test
  void pidThatAnotherProcessHasByNowIsNotTheHolder() throws IOException {
    HostProcess here = HostProcess.current();
    write(
        new HostProcess(here.host(), here.machine(), here.rights(), here.pid(), here.start() - 1));

    Lease.acquire(files, run(), LeaseTest::mustNotWait).close();
  }

  private static void mustNotWait(Duration time) {
    throw new AssertionError("waits " + time);
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
  void leaseOfALaterVersionStillTellsItsHolder() throws IOException {
    HostProcess here = HostProcess.current();
    String text = new String(new LeaseHolder(here, "noon", "t", 3).bytes(), UTF_8);

    String later = text.replaceFirst("\\{", "{\"new\":{\"a\":[1]},");

    assertThat(LeaseHolder.of(later.getBytes(UTF_8)))
        .hasToString("Optional[host " + here.host() + ", pid " + here.pid() + ", since noon]");
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
  void whatAForeignLeaseSaysDoesNotMoveTheCursor() {
    HostProcess process = new HostProcess("\u001b[2Jhost", "m", "r", 1, 1);

    assertThat(new LeaseHolder(process, "x".repeat(1000), "t", 0).toString())
        .hasSizeLessThan(200)
        .startsWith("host ?[2Jhost, pid 1, since xxx");
  }

  @Test
  void ofTwoHoldersInOneProcessTheSecondIsRefusedAtOnce() {
    try (Lease held = Lease.acquire(files, run())) {
      assertThatThrownBy(() -> Lease.acquire(files, run(), LeaseTest::mustNotWait))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll("another driver works here (host ", "part of this process");
      assertThat(held.isLost()).isFalse();
    }
  }

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
  void heartbeatOfADriverThatLostItsLeaseFindsThatOut() {
    Lease stopped = acquire();
    acquire().close();

    stopped.beat();

    assertThat(stopped.isLost()).isTrue();
    assertThat(names("lease")).containsExactly("000002-released.json");
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

  /** A lease that does not beat by itself, from whoever has it and gives no heartbeat. */
  private Lease acquire() {
    return Lease.acquire(files, run(), INSTANT);
  }

  /** How long it takes to get a lease while something happens with each pause. */
  private Duration waitedFor(Sleeper happening) {
    AtomicReference<Duration> waited = new AtomicReference<>(Duration.ZERO);
    Lease.acquire(
            files,
            run(),
            time -> {
              waited.accumulateAndGet(time, Duration::plus);
              happening.of(time);
            })
        .close();
    return waited.get();
  }

  private void write(HostProcess process) throws IOException {
    Files.createDirectories(file("lease"));
    Files.write(
        file("lease/000001.json"),
        new LeaseHolder(process, "2026-01-01T00:00:00Z", "t", 0).bytes());
  }

  private LeaseHolder holder(String name) throws IOException {
    return LeaseHolder.of(Files.readAllBytes(file(name))).orElseThrow();
  }

  private void setDate(String name, FileTime date) {
    try {
      Files.setLastModifiedTime(file(name), date);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(String name, String text) {
    try {
      Files.writeString(file(name), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Lease lease, String name, String text) {
    lease.replace(run() + "/" + name, out -> out.write(text.getBytes(UTF_8)));
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
