package org.qsnn.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A training of seconds: ResNet-19 with one channel in its first layer on rendered images. */
record TinyTraining(Path root, Path configuration) {

  /**
   * Writes its configuration.
   *
   * @param root of everything that it reads and writes
   */
  static TinyTraining in(Path root) throws IOException {
    Path file = root.resolve("tiny.conf");
    Files.writeString(
        file,
        """
        dataset {
          kind = synthetic
          synthetic { train = 40, test = 12 }
          validation-fraction = 0.2
          cache-dir = "%s"
        }
        network { width-factor = 1/128, timesteps = 1 }
        train { epochs = 2, shards = 2, batch-size = 8 }
        """
            .formatted(root.resolve("cache")));
    return new TinyTraining(root, file);
  }

  Path folder(String run) {
    return root.resolve(run);
  }

  /** Runs {@code qsnn train} into a folder below the root. */
  CommandRun train(String run, String... options) {
    return CommandRun.of(arguments(run, options).toArray(String[]::new));
  }

  /** The command line of {@code qsnn train} into a folder below the root. */
  List<String> arguments(String run, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", configuration.toString()));
    arguments.addAll(List.of("--set", "run.dir=" + folder(run)));
    arguments.addAll(List.of(options));
    return arguments;
  }

  /** Runs {@code qsnn evaluate} on the test set of the configuration. */
  CommandRun evaluate(String model, String... options) {
    return CommandRun.of(evaluation(model, options).toArray(String[]::new));
  }

  /** The command line of {@code qsnn evaluate}. */
  List<String> evaluation(String model, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("evaluate", model));
    arguments.addAll(List.of("--set", "dataset.cache-dir=" + root.resolve("cache")));
    arguments.addAll(List.of("--set", "dataset.synthetic.train=40"));
    arguments.addAll(List.of("--set", "dataset.synthetic.test=12"));
    arguments.addAll(List.of(options));
    return arguments;
  }

  /** What a run computed: hash of its last state, accuracies and confusion of its test. */
  JsonNode bits(String run) throws IOException {
    ObjectNode bits = (ObjectNode) summary(run);
    return bits.remove(List.of("samples_per_s", "seconds", "model_file"));
  }

  /** An epoch's metrics without times. */
  JsonNode metrics(String run, int epoch) throws IOException {
    String name = String.format(Locale.ROOT, "metrics/epoch-%06d.json", epoch);
    ObjectNode metrics = (ObjectNode) json(folder(run).resolve(name));
    return metrics.remove(List.of("samples_per_s", "seconds"));
  }

  JsonNode summary(String run) throws IOException {
    return json(folder(run).resolve("summary.json"));
  }

  /** Files of a run, relative to its folder, sorted; of everything if the run is empty. */
  List<String> files(String run) throws IOException {
    try (Stream<Path> files = Files.walk(folder(run))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder(run).relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  static JsonNode json(Path file) throws IOException {
    return json(Files.readString(file));
  }

  static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
