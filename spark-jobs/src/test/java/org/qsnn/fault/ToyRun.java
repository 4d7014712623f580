package org.qsnn.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The run of a training of seconds, in a folder with what the test learns of it.
 *
 * @param root of all runs of a test class; they share their data
 */
record ToyRun(Path root, String name) {
  static final int SHARDS = 4;
  static final int EPOCHS = 2;
  static final int STEPS = 4;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** ResNet-19 with one channel in its first layer on rendered images. */
  private static final String CONFIGURATION =
      String.format(
          Locale.ROOT,
          """
      dataset {
        kind = synthetic
        synthetic { train = 40, test = 12 }
        validation-fraction = 0.2
      }
      network { width-factor = 1/128, timesteps = 1 }
      train { epochs = %d, shards = %d, batch-size = 8 }
      """,
          EPOCHS,
          SHARDS);

  ToyRun {
    try {
      Files.createDirectories(root.resolve(name));
      Files.writeString(root.resolve("toy.conf"), CONFIGURATION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path configuration() {
    return root.resolve("toy.conf");
  }

  /** Of the product's run; its parent holds what the test keeps. */
  Path folder() {
    return file("run");
  }

  Path file(String file) {
    return root.resolve(name).resolve(file);
  }

  List<String> arguments() {
    return List.of(
        configuration().toString(),
        "--set",
        "dataset.cache-dir=" + root.resolve("cache"),
        "--set",
        "run.dir=" + folder());
  }

  /** What the run computed in each epoch: everything but times. */
  List<JsonNode> metrics() throws IOException {
    List<JsonNode> metrics = new ArrayList<>();
    for (Path file : sorted(folder().resolve("metrics"))) {
      metrics.add(json(file).remove(List.of("samples_per_s", "seconds")));
    }
    return metrics;
  }

  /** What the run came to: everything but times. */
  JsonNode summary() throws IOException {
    return json(folder().resolve("summary.json"))
        .remove(List.of("samples_per_s", "seconds", "model_file"));
  }

  String output() throws IOException {
    return Files.readString(file("output"));
  }

  /** Events that begin with these words, as {@link EventRecorder} saw them. */
  List<Event> events(String words) throws IOException {
    return Struck.lines(file("events")).stream()
        .map(Event::parse)
        .filter(event -> event.text().startsWith(words))
        .toList();
  }

  record Event(long time, String text) {
    static Event parse(String line) {
      String[] parts = line.split(" ", 2);
      return new Event(Long.parseLong(parts[0]), parts[1]);
    }
  }

  /** Lines that a counting fault wrote. */
  int count(Place place) throws IOException {
    return Struck.lines(file("evidence").resolve(place + "-" + Act.COUNT)).size();
  }

  /** Evidence of the first time that a fault struck. */
  Path evidence(Fault fault) {
    return file("evidence").resolve(fault.fileName() + "-1");
  }

  private static ObjectNode json(Path file) throws IOException {
    return (ObjectNode) MAPPER.readTree(file.toFile());
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
