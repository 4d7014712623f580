package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;

class PatienceTest extends FlakyStore {
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
}
