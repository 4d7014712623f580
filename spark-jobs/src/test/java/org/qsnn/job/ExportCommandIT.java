package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.Hashes;
import org.qsnn.SparkSessionExtension;
import org.qsnn.nir.NirFile;
import org.qsnn.nir.NirGraph;

/** Integers beside floats, and the program that they become. */
@ExtendWith(SparkSessionExtension.class)
class ExportCommandIT {
  @TempDir static Path root;
  private static TinyTraining training;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    training = TinyTraining.in(root);
    CommandRun run = training.train("a", "--set", "network.timesteps=2");
    assertThat(run.exitCode()).as(run.err()).isZero();
    CommandRun floats = training.train("floats", "--set", "network.membrane-bits=32");
    assertThat(floats.exitCode()).as(floats.err()).isZero();
  }

  @Test
  void theIntegerRunnerAgreesWithTheFloatEvaluation() throws IOException {
    String model = training.folder("a").toString();
    JsonNode floats = TinyTraining.json(training.evaluate(model, "--json").out());
    CommandRun run = training.evaluate(model, "--json", "--runner", "integer");
    assertThat(run.exitCode()).as(run.err()).isZero();

    JsonNode both = TinyTraining.json(run.out());
    JsonNode integer = both.get("integer_runner");
    assertThat(both.get("accuracy")).isEqualTo(floats.get("accuracy"));
    assertThat(both.get("confusion")).isEqualTo(floats.get("confusion"));
    assertThat(integer.get("same_predictions").asInt()).isBetween(11, 12);
    assertThat(integer.get("first_layer_neurons").asInt()).isEqualTo(12 * 2 * 32 * 32);
    assertThat(integer.get("first_layer_spikes_that_differ").asInt()).isLessThan(50);
    assertThat(training.evaluate(model, "--runner", "integer").out())
        .contains("integer runner: accuracy", "same prediction as with floats in");
  }

  @Test
  void aRunIsExportedToANewFolderAndNoOther() throws IOException {
    Path target = root.resolve("c/shapes");
    CommandRun run = export("--to", "c", "--out", target.toString(), "--prefix", "shapes");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("bytes of constants").contains("bytes of arena");
    String sha256 = modelSha256();
    assertThat(target.resolve("shapes.h")).content().contains("SHAPES_ARENA_BYTES", sha256);
    assertThat(TinyTraining.json(target.resolve("shapes.json")).get("model_sha256").asText())
        .isEqualTo(sha256);
    assertThat(target.resolve("shapes.c")).exists();

    export("--to", "c", "--out", target.toString()).assertFailed(3, "new or empty folder");
  }

  @Test
  void aRunIsExportedToAGraphThatNamesItsModel() throws IOException {
    Path target = root.resolve("graphs/shapes.onnx");
    CommandRun run = export("--to", "onnx", "--out", target.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(target.toString(), Files.size(target) + " bytes");
    assertThat(Files.readString(target, StandardCharsets.ISO_8859_1))
        .contains("ConvInteger", "model_sha256", modelSha256());

    export("--to", "onnx", "--out", target.toString()).assertFailed(3, target.toString());
  }

  @Test
  void quantizedMembranesBecomeANirGraphOnlyIfAskedForAndThenItIsMeasured() throws IOException {
    Path target = root.resolve("quantized.nir");
    String[] to = {"--to", "nir", "--out", target.toString()};
    export(to)
        .assertFailed(2, "--to nir: must have float membranes", "found 8 bits", "--approximate");
    assertThat(target).doesNotExist();

    CommandRun run = CommandRun.of(measured("a", to));
    assertThat(run.exitCode()).as(run.err()).isZero();
    NirGraph graph = NirFile.read(Files.readAllBytes(target), "written");
    assertThat(graph.metadata())
        .containsEntry("is_exact", "false")
        .containsEntry("model_sha256", modelSha256());
    JsonNode evaluation =
        TinyTraining.json(training.evaluate(training.folder("a").toString(), "--json").out());
    assertThat(run.out())
        .containsPattern("accuracy of the graph by NIR's rules [01]\\.\\d{4} {2}\\(\\d+ of 12\\)")
        .contains(
            String.format(
                Locale.ROOT, "; of the model %.4f", evaluation.get("accuracy").asDouble()));

    CommandRun.of(measured("a", to)).assertFailed(3, target.toString(), "must be a new file");
  }

  @Test
  void floatMembranesBecomeANirGraphThatAnswersAsTheModelDoes() throws IOException {
    Path plain = root.resolve("floats.nir");
    Path measured = root.resolve("measured.nir");
    String model = training.folder("floats").toString();
    CommandRun run = CommandRun.of("export", model, "--to", "nir", "--out", plain.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(NirFile.read(Files.readAllBytes(plain), "written").metadata())
        .containsEntry("is_exact", "true");

    CommandRun asked =
        CommandRun.of(measured("floats", "--to", "nir", "--out", measured.toString()));
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    assertThat(measured).hasSameBinaryContentAs(plain);
    Matcher accuracies =
        Pattern.compile("rules ([\\d.]+) .* of the model ([\\d.]+)").matcher(asked.out());
    assertThat(accuracies.find()).as(asked.out()).isTrue();
    assertThat(accuracies.group(1)).isEqualTo(accuracies.group(2));
  }

  /** Nothing that a graph's file needs is left out of the jar. */
  @Test
  void thePackagedProgramWritesTheSameGraphs() throws Exception {
    for (String format : List.of("nir", "onnx")) {
      String run = format.equals("nir") ? "floats" : "a";
      String model = training.folder(run).toString();
      Path inside = root.resolve("inside." + format);
      Path packaged = root.resolve("packaged." + format);
      assertThat(
              CommandRun.of("export", model, "--to", format, "--out", inside.toString()).exitCode())
          .isZero();
      Path jar = Path.of("target", "qsnn-without-natives.jar");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getenv("SPARK_HOME") + "/jars/*" + File.pathSeparator + jar,
                  Main.class.getName(),
                  "export",
                  model,
                  "--to",
                  format,
                  "--out",
                  packaged.toString())
              .redirectErrorStream(true)
              .redirectOutput(root.resolve("packaged.log").toFile())
              .start();
      boolean isOver = process.waitFor(120, TimeUnit.SECONDS);
      process.destroyForcibly();
      assertThat(isOver).isTrue();
      assertThat(process.exitValue()).as(Files.readString(root.resolve("packaged.log"))).isZero();
      byte[] bytes = Files.readAllBytes(packaged);
      if (format.equals("onnx")) {
        assertThat(bytes).isEqualTo(Files.readAllBytes(inside));
      } else {
        // The last bytes name the version of the jar that holds the library.
        assertThat(NirFile.read(bytes, "packaged"))
            .usingRecursiveComparison()
            .isEqualTo(NirFile.read(Files.readAllBytes(inside), "inside"));
      }
    }
  }

  @Test
  void optionsOfAnotherFormatAreRefused() {
    Path target = root.resolve("none");
    export("--to", "onnx", "--out", target.toString(), "--approximate")
        .assertFailed(2, "--approximate: must come with --to nir; found --to onnx");
    export("--to", "nir", "--out", target.toString(), "--set", "seed=1")
        .assertFailed(2, "--set: must come with --approximate");
    export("--to", "nir", "--out", target.toString(), "--max-ram", "1")
        .assertFailed(2, "--max-ram: must come with --to c; found --to nir");
    assertThat(target).doesNotExist();
  }

  /** The command line of an export that is measured on the test set. */
  private static String[] measured(String run, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("export", training.folder(run).toString(), "--approximate"));
    arguments.addAll(List.of("--set", "dataset.cache-dir=" + root.resolve("cache")));
    arguments.addAll(List.of("--set", "dataset.synthetic.train=40"));
    arguments.addAll(List.of("--set", "dataset.synthetic.test=12"));
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  private static String modelSha256() throws IOException {
    for (String file : training.files("a")) {
      if (file.startsWith("model/") && file.endsWith(".safetensors")) {
        return Hashes.sha256(Files.readAllBytes(training.folder("a").resolve(file)));
      }
    }
    throw new AssertionError("a run must have a model");
  }

  @Test
  void whatDoesNotFitOrIsNoFormatIsRefusedAndNothingIsWritten() {
    Path target = root.resolve("refused");
    String[] to = {"--out", target.toString()};
    export("--to", "c", to[0], to[1], "--max-flash", "10")
        .assertFailed(2, "--max-flash", "most is for");
    export("--to", "c", to[0], to[1], "--max-ram", "10").assertFailed(2, "--max-ram");
    assertThat(export("--to", "paper", to[0], to[1]).err())
        .contains("'--to': must be c, onnx, nir or safetensors; found paper");
    assertThat(target).doesNotExist();
  }

  private static CommandRun export(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "export";
    arguments[1] = training.folder("a").toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandRun.of(arguments);
  }
}
