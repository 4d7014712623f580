package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerReadout;
import org.qsnn.deploy.IntegerRunner;
import org.qsnn.model.PackedModel;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;

/** The runner's own jar, as it is built: what is left out of it is not missed. */
@ExtendWith(SparkSessionExtension.class)
class RunnerJarIT {
  private static final long MOST_BYTES = 150_000;

  @TempDir private Path root;

  @Test
  void answersAloneAsTheRunnerDoesHere(SparkSession spark) throws Exception {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    TinyTraining training = TinyTraining.in(root);
    CommandRun run = training.train("a", "--set", "network.timesteps=2");
    assertThat(run.exitCode()).as(run.err()).isZero();
    PackedModel model =
        PackedModels.read(FileStore.of(new Configuration()), training.folder("a").toString());
    Path file = root.resolve("model.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      model.write(out);
    }
    byte[] image = new byte[3 * 32 * 32];
    new Random(1).nextBytes(image);
    Path input = Files.write(root.resolve("image.bin"), image);

    Answer answer = start("-Xmx64m", "-jar", jar().toString(), file.toString(), input.toString());

    assertThat(answer.exitCode()).as(answer.text()).isZero();
    assertThat(answer.text()).isEqualTo(expected(model, image));
  }

  @Test
  void saysWhatIsWrongInOneLine() throws Exception {
    Path file = Files.write(root.resolve("no.safetensors"), new byte[100]);
    Answer answer = start("-jar", jar().toString(), file.toString(), file.toString());
    assertThat(answer.exitCode()).isEqualTo(3);
    assertThat(answer.text()).startsWith("qsnn: " + file).hasLineCount(1);
  }

  @Test
  void isSmall() throws IOException {
    assertThat(jar()).satisfies(jar -> assertThat(Files.size(jar)).isLessThan(MOST_BYTES));
  }

  private record Answer(int exitCode, String text) {}

  private Answer start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Path log = root.resolve("answer.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean isOver = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(isOver).isTrue();
    return new Answer(process.exitValue(), Files.readString(log));
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "core-math", "target"))) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** A line of the class, then one a class with its score in integers and as a logit. */
  private static String expected(PackedModel model, byte[] image) {
    IntegerRunner runner = new IntegerRunner(IntegerNetwork.of(model));
    long[] scores = runner.scores(runner.network().input().ofImage(image), runner.arena());
    int predicted = IntegerReadout.prediction(scores);
    StringBuilder text = new StringBuilder();
    text.append(predicted).append(' ').append(model.description().classNames().get(predicted));
    for (int k = 0; k < scores.length; k++) {
      float logit = (float) (scores[k] * runner.network().readout().unit());
      text.append('\n').append(k).append(' ').append(scores[k]).append(' ').append(logit);
    }
    return text.append('\n').toString();
  }
}
