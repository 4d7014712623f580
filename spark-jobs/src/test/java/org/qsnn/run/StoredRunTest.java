package org.qsnn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochSums;
import org.qsnn.metric.SignFlips;
import org.qsnn.model.Architectures;
import org.qsnn.model.WeightScheme;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.tensor.RandomStream;
import org.qsnn.train.StateCheck;
import org.qsnn.train.TrainingOptions;

/** Checkpoints in a run's folder: which are kept, and what of a damaged one is ever read. */
class StoredRunTest {
  private static final NetworkLayout LAYOUT =
      NetworkLayout.of(Architectures.VGGSNN.spec(1, 1, 1, 16, 2, WeightScheme.REGULATED, 8));
  private static final StateCheck CHECK =
      new StateCheck(
          LAYOUT,
          new TrainingOptions(
              1, 2, 100, 1, 2, Descent.of(new Sgd(0.9f, 0), 0.1), Duration.ofMinutes(10)));
  private static final Map<String, String> IDENTITY = Map.of("seed", "1", "data-sha256", "ab");

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;
  private Lease lease;

  @BeforeEach
  void acquire() {
    lease = Lease.acquire(files, root.toString());
  }

  @AfterEach
  void release() {
    lease.close();
  }

  @Test
  void ofAThousandDamagesNoneIsRead() throws IOException {
    StoredRun run = run(3);
    run.writeState(state(4, TrainingState.NONE));
    Path file = file("epoch-000004-step-00000000.safetensors");
    Path checksum = file("epoch-000004-step-00000000.safetensors.sha256");
    byte[] intact = Files.readAllBytes(file);
    byte[] intactChecksum = Files.readAllBytes(checksum);
    RandomStream random = RandomStream.of(4);

    for (int i = 0; i < 1000; i++) {
      Files.write(file, i % 4 == 3 ? intact : damaged(intact, random, i % 2 == 0));
      Files.write(
          checksum, i % 4 == 3 ? damaged(intactChecksum, random, i % 8 == 3) : intactChecksum);
      assertThatThrownBy(run::newestState, "damage %d", i)
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll("found none", file.toString());
    }
    Files.write(file, intact);
    Files.write(checksum, intactChecksum);
    assertThat(run.newestState()).get().satisfies(state -> assertEqual(state, 4));
  }

  /** One byte flipped: in the header as often as behind it; or the end cut off. */
  private static byte[] damaged(byte[] intact, RandomStream random, boolean isFlipped) {
    if (!isFlipped) {
      return Arrays.copyOf(intact, random.nextInt(intact.length));
    }
    byte[] damaged = intact.clone();
    int range = random.nextInt(2) == 0 ? Math.min(intact.length, 4096) : intact.length;
    damaged[random.nextInt(range)] ^= (byte) (1 + random.nextInt(255));
    return damaged;
  }

  @Test
  void stateBeforeADamagedOneIsRead() throws IOException {
    StoredRun run = run(3);
    run.writeState(state(1, TrainingState.NONE));
    run.writeState(state(2, TrainingState.NONE));
    Files.write(file("epoch-000002-step-00000000.safetensors"), new byte[9]);

    assertThat(run.newestState()).get().satisfies(state -> assertEqual(state, 1));
  }

  /** So it is after a kill between the first checkpoint and its checksum. */
  @Test
  void runWhoseFirstStateIsIncompleteStartsOver() throws IOException {
    StoredRun run = run(1);
    run.writeState(state(1, TrainingState.NONE));
    Files.delete(file("epoch-000001-step-00000000.safetensors.sha256"));

    assertThat(run.newestState()).isEmpty();
  }

  @Test
  void runThatHasMoreToLoseDoesNotStartOver() throws IOException {
    StoredRun run = run(1);
    run.writeState(state(2, TrainingState.NONE));
    Files.delete(file("epoch-000002-step-00000000.safetensors.sha256"));
    Path metrics = Files.createDirectories(root.resolve("metrics"));
    Files.createFile(metrics.resolve("epoch-000000.json"));
    Files.createFile(metrics.resolve("epoch-000001.json"));

    assertThatThrownBy(run::newestState)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("found none", "incomplete");
  }

  @Test
  void whollyExchangedFileIsNotRead() throws IOException {
    StoredRun run = run(3);
    run.writeState(state(1, TrainingState.NONE));
    run.writeState(state(2, TrainingState.NONE));
    Files.copy(
        file("epoch-000001-step-00000000.safetensors"),
        file("epoch-000002-step-00000000.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(run.newestState()).get().satisfies(state -> assertEqual(state, 1));
  }

  @Test
  void stateOfAnotherTrainingIsRefusedNamingWhatDiffers() {
    run(3).writeState(state(1, TrainingState.NONE));
    StoredRun other = new StoredRun(folder(), CHECK, Map.of("seed", "1", "data-sha256", "cd"), 3);

    assertThatThrownBy(other::newestState)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            root + "/checkpoints: expected an intact file, found none",
            "of another training: expected data-sha256 cd, found ab");
  }

  /** With good checksums: only what they hold is not what this training can have written. */
  @Test
  void statesThatAreIntactButDoNotFitAreSteppedOver() {
    files.createFolder(root + "/model");
    StoredRun run = run(20);
    run.writeState(state(1, TrainingState.NONE));
    TrainingState good = state(2, TrainingState.NONE);
    double[] sums = good.epochSums();
    double[] notFinite = sums.clone();
    notFinite[0] = Double.NaN;
    double[] ofAnotherStep = sums.clone();
    ofAnotherStep[3] = 7;
    byte[] signs = good.epochStartSigns();
    List<TrainingState> bad =
        List.of(
            with(2, 0, new double[sums.length + 1], signs, 2, -1),
            with(3, 0, new double[0], signs, 3, -1),
            with(4, 0, notFinite, signs, 4, -1),
            with(5, 0, ofAnotherStep, signs, 5, -1),
            with(6, 0, sums, new byte[signs.length + 1], 6, -1),
            with(7, 0, sums, signs, 8, -1),
            with(8, 0, sums, signs, 8, 8),
            with(9, 2, sums, signs, 11, -1),
            with(101, 0, sums, signs, 101, -1));
    bad.forEach(run::writeState);

    assertThat(run.newestState()).get().satisfies(state -> assertEqual(state, 1));
  }

  private static TrainingState with(
      int epoch, int step, double[] sums, byte[] signs, long steps, int best) {
    return new TrainingState(
        epoch,
        step,
        Parameters.zeros(LAYOUT.parameters()),
        Parameters.zeros(LAYOUT.statistics()),
        OptimizerState.zeros(List.of("momentum"), LAYOUT.parameters()),
        sums,
        signs,
        best,
        TrainingState.NONE,
        steps,
        IDENTITY);
  }

  @Test
  void fingerprintIsWrittenOnceAndAgainWhenItChanges() throws IOException {
    StoredRun run = run(1);
    Path first = root.resolve("fingerprint.json");

    run.writeFingerprint(Examples.fingerprint());
    run.writeFingerprint(Examples.fingerprint());
    assertThat(fingerprints()).containsExactly("fingerprint.json");

    String earlier = Files.readString(first).replaceAll("onednn-avx2", "onednn-avx512");
    Files.writeString(first, earlier);
    run.writeFingerprint(Examples.fingerprint());
    run.writeFingerprint(Examples.fingerprint());
    assertThat(fingerprints()).containsExactly("fingerprint-0002.json", "fingerprint.json");
    assertThat(first).hasContent(earlier);
  }

  private List<String> fingerprints() {
    return Stream.of(root.toFile().list())
        .filter(name -> name.startsWith("fingerprint"))
        .sorted()
        .toList();
  }

  @Test
  void keepsTheNewestAndTheBest() {
    files.createFolder(root + "/model");
    StoredRun run = run(2);
    for (int epoch = 1; epoch <= 6; epoch++) {
      run.writeState(state(epoch, epoch < 2 ? TrainingState.NONE : 1));
    }

    assertThat(epochs()).containsExactly(2, 5, 6);
  }

  @Test
  void whatItLearnedIsThatOfTheBestEpoch() throws IOException {
    files.createFolder(root + "/model");
    StoredRun run = run(1);
    for (int epoch = 1; epoch <= 4; epoch++) {
      run.writeState(state(epoch, epoch < 2 ? TrainingState.NONE : 1));
    }
    Files.write(root.resolve("model/epoch-000001.safetensors"), new byte[1]);

    LearnedWeights learned = StoredRun.learned(files, root.toString(), LAYOUT);

    assertThat(learned.parameters().values()).containsOnly(2);
    assertThat(run.startingWith(learned).start()).contains(learned);
    assertThat(run.start()).isEmpty();
  }

  @Test
  void aRunThatKeepsNothingToStartWithIsNamed() throws IOException {
    String folder = root.toString();
    assertThatThrownBy(() -> StoredRun.learned(files, folder, LAYOUT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a run with a packed model, found none");
    Files.createDirectories(root.resolve("model"));
    Files.write(root.resolve("model/epoch-000001.safetensors"), new byte[1]);
    assertThatThrownBy(() -> StoredRun.learned(files, folder, LAYOUT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("epoch-000002", "expected the checkpoint of the best epoch");
  }

  @Test
  void whatAPersonPutsThereIsNeitherReadNorDeleted() throws IOException {
    StoredRun run = run(1);
    run.writeState(state(1, TrainingState.NONE));
    Files.write(file("backup.safetensors"), new byte[1]);
    Files.write(file("zzz.safetensors"), new byte[1]);
    Path model = Files.createDirectories(root.resolve("model")).resolve("mine.safetensors");
    Files.write(model, new byte[1]);

    run.writeState(state(2, 1));
    run.writeState(state(3, 1));

    assertThat(file("backup.safetensors")).exists();
    assertThat(file("zzz.safetensors")).exists();
    assertThat(model).exists();
    assertThat(run.newestState()).get().satisfies(state -> assertEqual(state, 3));
  }

  @Test
  void damagedStatesWithLaterNamesDoNotPushOutTheIntactOnes() throws IOException {
    StoredRun run = run(1);
    run.writeState(state(8, TrainingState.NONE));
    Files.write(file("epoch-000008-step-00000000.safetensors"), new byte[9]);

    run.writeState(state(5, TrainingState.NONE));
    run.writeState(state(6, TrainingState.NONE));

    assertThat(epochs()).containsExactly(6, 8);
    assertThat(run.newestState()).get().satisfies(state -> assertEqual(state, 6));
  }

  private StoredRun run(int keep) {
    return new StoredRun(folder(), CHECK, IDENTITY, keep);
  }

  private RunFolder folder() {
    return new RunFolder(files, root.toString(), lease);
  }

  private Path file(String name) {
    return root.resolve("checkpoints").resolve(name);
  }

  private List<Integer> epochs() {
    return Stream.of(root.resolve("checkpoints").toFile().list())
        .filter(name -> name.endsWith(".safetensors"))
        .map(name -> Integer.valueOf(name.substring(6, 12)))
        .sorted()
        .toList();
  }

  private static TrainingState state(int epoch, int best) {
    Parameters parameters = Parameters.zeros(LAYOUT.parameters());
    Arrays.fill(parameters.values(), epoch);
    return new TrainingState(
        epoch,
        0,
        parameters,
        Parameters.zeros(LAYOUT.statistics()),
        OptimizerState.zeros(List.of("momentum"), LAYOUT.parameters()),
        EpochSums.empty(LAYOUT.spec().layers().size(), 1).flatten(),
        new byte[(int) SignFlips.bytes(LAYOUT.spec())],
        best,
        best == TrainingState.NONE ? TrainingState.NONE : 0.5,
        epoch,
        IDENTITY);
  }

  private static void assertEqual(TrainingState found, int epoch) {
    assertThat(found).usingRecursiveComparison().isEqualTo(state(epoch, found.bestEpoch()));
  }
}
