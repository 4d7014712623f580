package org.qsnn.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.DataException;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunFolder;
import org.qsnn.run.RunReport;
import org.qsnn.run.StoredRun;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.FlakyFileSystem;
import org.qsnn.storage.Lease;
import org.qsnn.storage.Takeover;

/**
 * A training with its whole storage (lease, checkpoints, models, metrics, retention) on a file
 * system whose n-th operation goes wrong, for every n: create, write, sync, close, rename, list,
 * delete, open, read, status. Whatever happens, the run ends with the files of one that was left
 * alone.
 */
class FailingStorageIT {
  /** A prime: over the runs of a short form all kinds of operations are met. */
  private static final int SOME = 37;

  private static final RunConfig CONFIG =
      RunConfig.load(
          new ConfigText(
              "toy",
              """
              dataset {
                kind = synthetic
                synthetic { train = 10, test = 10 }
                validation-fraction = 0.2
              }
              network { width-factor = 1/128, timesteps = 1 }
              train { epochs = 2, shards = 2, batch-size = 4 }
              """),
          List.of(),
          Instant.EPOCH);

  private static final Duration EVERY_STEP = Duration.ofNanos(1);

  private final FileStore files = FileStore.of(FlakyFileSystem.in(new Configuration()));
  @TempDir private Path root;
  private int operations;
  private SortedMap<String, Integer> calm;

  /** What goes wrong. */
  enum Kind {
    /** The driver ends with one line; the same command resumes it. */
    REFUSED {
      @Override
      void happen(String operation) throws IOException {
        throw new AccessControlException("user=x, access=WRITE");
      }
    },
    /** Nobody notices. */
    AWAY {
      @Override
      void happen(String operation) throws IOException {
        throw new ConnectException("Connection refused");
      }
    },
    /** The machine loses power, and all that was not synced. */
    POWER {
      @Override
      void happen(String operation) {
        throw new PowerLoss();
      }
    };

    abstract void happen(String operation) throws IOException;
  }

  private static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void trainUndisturbed() throws IOException {
    FlakyFileSystem.let((number, operation, path) -> {});
    train("calm", files);
    operations = FlakyFileSystem.calm();
    calm = contents("calm");
    assertThat(operations).isGreaterThan(200);
  }

  @AfterEach
  void calm() {
    FlakyFileSystem.calm();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void someOperationGoesWrong(Kind kind) throws IOException {
    for (int number = 1; number <= operations; number += SOME) {
      goWrong(kind, number);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Tag("chaos")
  void anyOperationGoesWrong(Kind kind) throws IOException {
    for (int number = 1; number <= operations; number++) {
      goWrong(kind, number);
    }
  }

  private void goWrong(Kind kind, int number) throws IOException {
    String run = kind + "-" + number;
    boolean[] isDead = new boolean[1];
    FlakyFileSystem.let(
        (count, operation, path) -> {
          // Without power nothing is done any more; what is away is so for two tries.
          boolean isNow = count == number || (kind == Kind.AWAY && count == number + 1);
          isDead[0] |= isNow && kind == Kind.POWER;
          if (isNow || isDead[0]) {
            kind.happen(operation);
          }
        });
    switch (kind) {
      case AWAY -> train(run, files.patient(Duration.ofSeconds(30), () -> false));
      case REFUSED -> trainToFailure(run);
      case POWER -> assertThatThrownBy(() -> train(run, files)).isInstanceOf(PowerLoss.class);
    }
    FlakyFileSystem.calm();
    if (kind == Kind.POWER) {
      FlakyFileSystem.losePower();
    }
    if (kind != Kind.AWAY) {
      Takeover.of(files, folder(run));
      train(run, files);
    }
    assertThat(contents(run)).as("%s at operation %d", kind, number).isEqualTo(calm);
  }

  /** Some refusals are of no consequence: of a clearing up that was not necessary. */
  private void trainToFailure(String run) {
    try {
      train(run, files);
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith("flaky:").contains("no permission").hasLineCount(1);
    }
  }

  private void train(String run, FileStore store) {
    TrainingWithoutSpark training = new TrainingWithoutSpark(CONFIG);
    try (Lease lease = Lease.acquire(store, folder(run))) {
      RunFolder folder = new RunFolder(store, folder(run), lease);
      RunReport report = new RunReport(folder);
      report.configuration(CONFIG.render());
      StoredRun stored = new StoredRun(folder, training.check(), Map.of(), 2);
      TrainingState last = training.run(stored, EVERY_STEP);
      stored.model(last.bestEpoch());
      String hash = Checkpoint.parametersSha256(last.parameters(), last.statistics());
      folder.write(RunDirectory.SUMMARY, hash.getBytes(UTF_8));
    }
  }

  private String folder(String run) {
    return "flaky:" + root.resolve(run);
  }

  /** Of all files but leases; nothing half-written is among them. */
  private SortedMap<String, Integer> contents(String run) throws IOException {
    SortedMap<String, Integer> contents = new TreeMap<>();
    Path folder = root.resolve(run);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith(RunDirectory.LEASE)) {
          contents.put(name, content(name, Files.readAllBytes(file)));
        }
      }
    }
    return contents;
  }

  private static int content(String name, byte[] bytes) throws IOException {
    if (name.contains("-step-0000000") && !name.contains("-step-00000000")) {
      return 0; // in the middle of an epoch a state has its times
    }
    return name.startsWith(RunDirectory.METRICS)
        ? ((ObjectNode) new ObjectMapper().readTree(bytes))
            .remove(List.of("samples_per_s", "seconds"))
            .hashCode()
        : Arrays.hashCode(bytes);
  }
}
