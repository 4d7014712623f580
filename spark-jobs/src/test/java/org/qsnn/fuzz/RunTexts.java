package org.qsnn.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.inspect.Inspection;
import org.qsnn.inspect.RunComparison;
import org.qsnn.model.ModelDescription;
import org.qsnn.run.Examples;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunReport;
import org.qsnn.run.StoredMistake;

/** Readers of configurations, and of the JSON that a run leaves. */
final class RunTexts {
  private static final String FINGERPRINT =
      """
      {"qsnn_version": "0.1", "data_sha256": "d1", "seed": 1, "cpu_cores": 2,
       "cpu_features": ["avx2", "avx512f"], "os": "Linux"}
      """;
  private static final String CONFIGURATION =
      """
      # a comment
      run { dir = "runs/a", seed = 9223372036854775807 }
      dataset { kind = recordings, path = ${run.dir}"/data", limit-train = 10, augment.flip = off }
      dataset.frames { clip = 2.5e0, values = clipped }
      network { width-factor = 1/8, timesteps = 4 }
      ws-dr.spike-regulation = off
      train { epochs = 3, batch-size = 64, learning-rate = 1e-1 // fast
        weight-decay = 0.0001 }
      checkpoint.every-minutes = 0.5
      """;

  private static final String PROVENANCE =
      """
      dataset=synthetic-events
      dataset.frames.size=48
      dataset.frames.split=number
      dataset.frames.clip=10.0
      dataset.recordings.length=4000
      """;

  private RunTexts() {}

  static Stream<FuzzedReader> readers() {
    List<byte[]> configurations =
        List.of(CONFIGURATION.getBytes(UTF_8), load(CONFIGURATION).render().getBytes(UTF_8));
    Map<String, byte[]> run = run();
    List<byte[]> overrides =
        Stream.of("train.epochs=3", "run.dir=hdfs://h/a b", "dataset.augment.drop=-0", "run.seed=1")
            .map(text -> text.getBytes(UTF_8))
            .toList();
    return Stream.concat(
        Stream.of(
            FuzzedReader.of("configuration", configurations, RunTexts::loadTwice),
            FuzzedReader.of("--set", overrides, RunTexts::override),
            FuzzedReader.of(
                "mistakes", List.of(mistakes()), bytes -> StoredMistake.of(bytes, "fuzz")),
            FuzzedReader.of("provenance", List.of(PROVENANCE.getBytes(UTF_8)), RunTexts::ofModel)),
        run.keySet().stream().map(name -> runFile(name, run)));
  }

  /** What was loaded once is written to run.conf and must load as the same. */
  private static void loadTwice(byte[] text) {
    RunConfig config = load(new String(text, UTF_8));
    RunConfig again = load(config.render());
    if (!again.hash().equals(config.hash()) || !config.differencesFrom(again).isEmpty()) {
      throw new IllegalStateException("another when loaded again: " + config.render());
    }
  }

  private static void override(byte[] text) {
    RunConfig.load(ConfigText.none("fuzz"), List.of(new String(text, UTF_8)), Instant.EPOCH);
  }

  /** A key and its value on each line. */
  private static void ofModel(byte[] text) {
    Map<String, String> provenance = new HashMap<>();
    new String(text, UTF_8)
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(pair -> provenance.put(pair[0], pair[pair.length - 1]));
    RunConfig.ofModel("model fuzz", ModelDescription.of(provenance), List.of());
  }

  private static RunConfig load(String text) {
    return RunConfig.load(new ConfigText("fuzz.conf", text), List.of(), Instant.EPOCH);
  }

  private static Map<String, byte[]> run() {
    Map<String, byte[]> files = new HashMap<>();
    RunReport report = new RunReport(files::put);
    report.epoch(Examples.epoch(0.5, 0.25));
    report.summary(Examples.summary(null, 0.5));
    files.put("fingerprint.json", FINGERPRINT.getBytes(UTF_8));
    return files;
  }

  private static byte[] mistakes() {
    Map<String, byte[]> files = new HashMap<>();
    new RunReport(files::put).mistakes(Examples.mistakes(), List.of("cat", "dog"));
    return files.get(RunDirectory.MISTAKES);
  }

  /** One file of a run that is inspected, and compared with the intact one. */
  private static FuzzedReader runFile(String name, Map<String, byte[]> run) {
    return FuzzedReader.of(
        name,
        List.of(run.get(name)),
        bytes -> {
          Map<String, byte[]> both = new HashMap<>();
          run.forEach((file, intact) -> both.put("intact/" + file, intact));
          run.forEach((file, intact) -> both.put("damaged/" + file, intact));
          both.put("damaged/" + name, bytes);
          MemoryFiles files = new MemoryFiles(both);
          Inspection inspection = Inspection.of(files, "damaged");
          inspection.json();
          requirePrintable(inspection.text());
          RunComparison comparison = RunComparison.of(files, "intact", "damaged", List.of());
          comparison.json();
          requirePrintable(comparison.text());
        });
  }

  static void requirePrintable(List<String> lines) {
    for (String line : lines) {
      if (line.codePoints().anyMatch(Character::isISOControl)) {
        throw new IllegalStateException(
            "printed what a terminal obeys: " + Arrays.toString(line.getBytes(UTF_8)));
      }
    }
  }
}
