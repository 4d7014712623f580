package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

/** What is tried again has the effect of one try. */
class SecondTryTest extends FlakyStore {
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
}
