package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;

class PatienceTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final IOException AWAY = new ConnectException("Connection refused");

  private final AtomicBoolean isOver = new AtomicBoolean();
  private final List<Duration> pauses = new ArrayList<>();
  private Duration waited = Duration.ZERO;
  private final FileStore impatient = FileStore.of(FlakyFileSystem.in(new Configuration()));
  private final FileStore files =
      impatient.patient(new Patience(LIMIT, isOver::get, this::pause, () -> waited.toNanos()));

  @TempDir private Path folder;

  private void pause(Duration time) {
    pauses.add(time);
    waited = waited.plus(time);
  }

  @AfterEach
  void calm() {
    FlakyFileSystem.calm();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "open", "read", "list", "create", "write", "sync", "close"})
  void storageThatComesBackCostsTimeAndNothingElse(String operation) {
    write("x", "before");
    awayFor(Duration.ofSeconds(60), operation);

    write("y", "content");

    assertThat(read("x") + read("y")).isEqualTo("beforecontent");
    assertThat(files.list(path("."))).extracting(FileEntry::name).containsExactly("x", "y");
    assertThat(names()).containsExactly("x", "y");
    assertThat(waited).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(71));
  }

  @Test
  void answerToARenameMayBeLost() {
    loseAnswers("rename");

    files.commit(path("new"), out -> out.write("new".getBytes(UTF_8)));
    write("x", "replaced");
    String made = files.temporary(path("folder"));
    files.createFolder(made);
    assertThat(files.publish(made, path("folder"))).isTrue();
    Lease lease = Lease.acquire(files, path("run"), this::pause);
    lease.replace(path("run/y"), out -> out.write(1));
    assertThat(lease.isLost()).isFalse();
    lease.close();

    assertThat(read("new") + read("x")).isEqualTo("newreplaced");
    assertThat(names()).containsExactly("folder", "new", "run", "x");
    assertThat(folder.resolve("run/lease").toFile().list()).containsExactly("000001-released.json");
  }

  @Test
  void somebodyElsesFileIsNotTakenForOnesOwn() {
    FlakyFileSystem.let(
        (number, operation, path) -> {
          if (operation.equals("rename") && waited.isZero()) {
            Files.writeString(folder.resolve("x"), "somebody's");
            throw AWAY;
          }
        });

    assertThatThrownBy(() -> files.commit(path("x"), out -> out.write(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("already exists");
    assertThat(read("x")).isEqualTo("somebody's");
    assertThat(names()).containsExactly("x");
  }

  @Test
  void readerGoesOnInTheMiddleOfAFile() throws IOException {
    byte[] bytes = new byte[40_000];
    bytes[39_999] = 7;
    Files.write(folder.resolve("x"), bytes);
    AtomicInteger decodings = new AtomicInteger();

    byte[] found =
        files.read(
            path("x"),
            in -> {
              decodings.incrementAndGet();
              byte[] start = in.readNBytes(20_000);
              awayFor(Duration.ofSeconds(5), "read");
              return concatenate(start, in);
            });

    assertThat(found).isEqualTo(bytes);
    assertThat(decodings).hasValue(1);
    assertThat(waited).isPositive();
  }

  private static byte[] concatenate(byte[] start, InputStream rest) throws IOException {
    byte[] end = rest.readAllBytes();
    byte[] all = java.util.Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, all, start.length, end.length);
    return all;
  }

  @Test
  void fileThatIsReplacedMeanwhileIsNotMixedWithTheOldOne() throws IOException {
    Files.write(folder.resolve("x"), new byte[20_000]);

    assertThatThrownBy(
            () ->
                files.read(
                    path("x"),
                    in -> {
                      in.readNBytes(10_000);
                      Files.write(folder.resolve("x"), new byte[30_000]);
                      awayFor(Duration.ofSeconds(5), "read");
                      return in.readAllBytes();
                    }))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(path("x"), "it changed while it was being read");
  }

  @Test
  void storageThatStaysAwayIsToldWithTheTimeThatItWasTried() {
    awayFor(Duration.ofDays(1), "status");

    assertThatThrownBy(() -> files.exists(path("x")))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            path("x")
                + ": cannot read it: ConnectException: Connection refused; tried for 10 min"
                + " (storage.patience)");
    assertThat(waited).isEqualTo(LIMIT);
  }

  @Test
  void whatWasWaitedForIsNotWaitedForAgainByWhatItIsAPartOf() {
    awayFor(Duration.ofDays(1), "status");

    assertThatThrownBy(() -> files.patiently("data", () -> files.exists(path("x"))))
        .hasMessageStartingWith(path("x"));
    assertThat(waited).isEqualTo(LIMIT);
  }

  @Test
  void waitingEndsWhenItIsToldTo() {
    awayFor(Duration.ofDays(1), "status");
    FileStore told =
        impatient.patient(
            new Patience(
                LIMIT,
                () -> waited.compareTo(Duration.ofSeconds(3)) >= 0,
                this::pause,
                () -> waited.toNanos()));

    assertThatThrownBy(() -> told.exists(path("x")))
        .hasMessageContaining("until it was told to end");
    assertThat(waited).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    assertThatThrownBy(() -> told.exists(path("x"))).hasMessageEndingWith("Connection refused");
  }

  @Test
  void pausesGrowAndStayShorterThanALeasesPatience() {
    List<Duration> tries = new ArrayList<>();
    FlakyFileSystem.let(
        (number, operation, path) -> {
          tries.add(waited);
          throw AWAY;
        });

    assertThatThrownBy(() -> files.exists(path("x"))).isInstanceOf(DataException.class);

    assertThat(tries.subList(0, 6))
        .extracting(Duration::toMillis)
        .containsExactly(0L, 0L, 250L, 750L, 1750L, 3750L);
    for (int i = 1; i < tries.size(); i++) {
      assertThat(tries.get(i).minus(tries.get(i - 1))).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }
    assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofMillis(100)) <= 0);
  }

  @Test
  void afterTheTimeWasOverNothingIsWaitedForAnyMore() {
    awayFor(Duration.ofDays(1), "status");
    assertThatThrownBy(() -> files.exists(path("x"))).hasMessageContaining("tried for 10 min");
    Duration first = waited;

    assertThatThrownBy(() -> files.exists(path("y"))).hasMessageEndingWith("Connection refused");
    assertThatThrownBy(() -> files.patiently("work", () -> files.exists(path("z"))))
        .hasMessageEndingWith("Connection refused");

    assertThat(waited).isEqualTo(first);
  }

  @Test
  void impatientStoreTriesTwiceAndDoesNotWait() {
    AtomicInteger tries = new AtomicInteger();
    FlakyFileSystem.let(
        (number, operation, path) -> {
          tries.incrementAndGet();
          throw AWAY;
        });

    assertThatThrownBy(() -> impatient.exists(path("x")))
        .hasMessageEndingWith("Connection refused");
    assertThat(tries).hasValue(2);
  }

  static Stream<IOException> weather() {
    return Stream.of(
        AWAY,
        new SocketTimeoutException("60000 millis timeout"),
        new IOException("Failed on local exception", new IOException("Broken pipe")),
        new EOFException(
            "End of File Exception between local host is: \"a\"; destination host is: \"b\":8020"),
        new SafeModeException("Name node is in safe mode"),
        new RetriableException("not yet"),
        new RemoteException("org.apache.hadoop.ipc.StandbyException", "READ is not supported"),
        new BlockMissingException("/x", "Could not obtain block", 0),
        new IOException(
            "All datanodes [DatanodeInfoWithStorage[127.0.0.1:1]] are bad. Aborting..."),
        new IOException(
            "File /x could only be written to 0 of the 1 minReplication nodes. There are 0"
                + " datanode(s) running and 0 node(s) are excluded in this operation."),
        new IOException(
            "File /x could only be written to 0 of the 1 minReplication nodes. There are 1"
                + " datanode(s) running and 1 node(s) are excluded in this operation."));
  }

  @ParameterizedTest
  @MethodSource("weather")
  void weatherIsWaitedFor(IOException failure) {
    failFor(failure, Duration.ofSeconds(20), "create");

    write("x", "content");

    assertThat(read("x")).isEqualTo("content");
  }

  static Stream<IOException> climate() {
    return Stream.of(
        new AccessControlException("user=x, access=WRITE"),
        new IOException("No space left on device"),
        new IOException(
            "File /x could only be written to 0 of the 1 minReplication nodes. There are 2"
                + " datanode(s) running and no node(s) are excluded in this operation."),
        new ChecksumException("/x at 512", 512),
        new EOFException("the file is shorter than it says"),
        new IOException("File name too long"),
        new IOException("Input/output error"));
  }

  @ParameterizedTest
  @MethodSource("climate")
  void whatSomebodyHasToChangeFirstIsNotWaitedFor(IOException failure) {
    failFor(failure, Duration.ofDays(1), "create");

    assertThatThrownBy(() -> write("x", "content")).isInstanceOf(DataException.class);
    assertThat(waited).isZero();
    assertThat(names()).isEmpty();
  }

  @Test
  void missingFileIsNotWaitedFor() {
    assertThatThrownBy(() -> read("missing")).hasMessageContaining("does not exist");
    assertThat(waited).isZero();
  }

  @Test
  void damagedFileIsNotWaitedFor() {
    write("x", "1");

    assertThatThrownBy(
            () ->
                files.read(
                    path("x"),
                    in -> {
                      throw new EOFException("truncated; destination host is");
                    }))
        .isInstanceOf(DataException.class);
    assertThat(waited).isZero();
  }

  /** Spark's tasks fail far away, and their exceptions come wrapped. */
  @Test
  void workThatReadsByOtherMeansIsDoneAgain() {
    AtomicInteger tries = new AtomicInteger();

    String result =
        files.patiently(
            "data of a step",
            () -> {
              if (tries.incrementAndGet() < 5) {
                throw new IllegalStateException("job failed", new IOException("task", AWAY));
              }
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(waited).isPositive();
    IllegalStateException other = new IllegalStateException("a bug");
    assertThatThrownBy(
            () ->
                files.patiently(
                    "data of a step",
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
  }

  @Test
  void leaseIsNotLostWhileItsFileCannotBeRead() {
    Lease lease = Lease.acquire(files, path("run"), this::pause);
    awayFor(Duration.ofDays(1), "open");

    assertThatThrownBy(() -> lease.replace(path("run/x"), out -> out.write(1)))
        .isInstanceOf(StorageException.class);
    assertThat(lease.isLost()).isFalse();

    FlakyFileSystem.calm();
    lease.replace(path("run/x"), out -> out.write(1));
    lease.close();
    assertThat(folder.resolve("run/lease").toFile().list()).containsExactly("000001-released.json");
  }

  @Test
  void checkpointThatCannotBeReachedIsNotSteppedOver() {
    write("step-1", "old");
    write("step-2", "new");
    awayFor(Duration.ofDays(1), "open");

    assertThatThrownBy(
            () -> NewestIntact.find(files, path("."), name -> true, (in, entry) -> entry.name()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("step-2");
  }

  private void awayFor(Duration time, String operation) {
    failFor(AWAY, time, operation);
  }

  private void failFor(IOException failure, Duration time, String what) {
    Duration until = waited.plus(time);
    FlakyFileSystem.let(
        (number, operation, path) -> {
          if (operation.equals(what) && waited.compareTo(until) < 0) {
            throw failure;
          }
        });
  }

  private void loseAnswers(String what) {
    Set<String> lost = new HashSet<>();
    FlakyFileSystem.let(
        new FlakyFileSystem.Happening() {
          @Override
          public void before(int number, String operation, org.apache.hadoop.fs.Path path) {
            // the request comes through
          }

          @Override
          public void after(int number, String operation, org.apache.hadoop.fs.Path path)
              throws IOException {
            if (operation.equals(what) && lost.add(path.toString())) {
              throw new ConnectException("Connection refused");
            }
          }
        });
  }

  private String path(String name) {
    return "flaky:" + folder.resolve(name).normalize();
  }

  private void write(String name, String text) {
    files.own().replace(path(name), out -> out.write(text.getBytes(UTF_8)), () -> {});
  }

  private String read(String name) {
    return new String(files.readBytes(path(name), 1000), UTF_8);
  }

  private List<String> names() {
    return Stream.of(folder.toFile().list()).sorted().toList();
  }
}
