package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qsnn.SparkSessionExtension;

/** What {@code bench} says of the smallest network. */
@ExtendWith(SparkSessionExtension.class)
class BenchCommandIT {
  private static final List<String> TINY =
      List.of("bench", "--timesteps", "1", "--batch", "2", "--cores", "2");

  @BeforeAll
  static void start(SparkSession spark) {
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }

  @Test
  void aStepIsToldWithWhatLiesBesideItsTasks() throws IOException {
    CommandRun run = bench("--json", "--width-factor", "1/32");

    assertThat(run.exitCode()).isZero();
    List<JsonNode> lines = lines(run);
    assertThat(lines)
        .extracting(line -> line.get("what").textValue())
        .containsExactly("step", "train", "infer");
    JsonNode step = lines.get(0);
    assertThat(step.get("seconds").doubleValue()).isPositive();
    assertThat(step.get("share_outside_tasks").doubleValue()).isBetween(0.0, 1.0);
    assertThat(step.get("bytes_down").longValue())
        .isPositive()
        .isLessThan(step.get("float_bytes").longValue());
    assertThat(step.get("bytes_up").longValue()).isPositive();
    assertThat(step.get("task_bytes").longValue())
        .isPositive()
        .isLessThan(step.get("peak_resident_bytes").longValue());
    assertThat(lines.get(1).get("share_of_roofline").doubleValue()).isPositive();
  }

  @Test
  void scaleTellsWhatWasMeasuredAndWhatFollows() throws IOException {
    CommandRun run = bench("--scale", "--json", "--width-factor", "1/128");

    assertThat(run.exitCode()).isZero();
    List<JsonNode> lines = lines(run);
    assertThat(lines)
        .extracting(line -> line.get("what").textValue())
        .startsWith("step", "empty_step", "empty_step")
        .endsWith("projected_efficiency");
    assertThat(lines)
        .filteredOn(line -> line.has("tasks"))
        .allMatch(line -> line.get("seconds").doubleValue() > 0)
        .extracting(line -> line.get("reduce").textValue())
        .contains("driver", "sliced");
    assertThat(lines)
        .filteredOn(line -> line.has("cores") && line.has("sliced"))
        .extracting(line -> line.get("cores").intValue())
        .containsExactly(8, 16, 32, 64, 128, 256, 512, 1024);
  }

  @Test
  void startTellsHowFastTheFirstEpochIsHereAndOnExecutors() throws IOException {
    CommandRun run = bench("--start", "4", "--json", "--width-factor", "1/128");

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonNode> lines = lines(run);
    assertThat(lines).hasSize(2);
    assertThat(lines).extracting(line -> line.get("what").textValue()).containsOnly("start");
    assertThat(lines)
        .allMatch(line -> line.get("first_seconds").doubleValue() > 0)
        .allMatch(line -> line.get("first_to_third").doubleValue() > 0)
        .allMatch(line -> line.get("epoch_samples").intValue() == 4);
  }

  @Test
  void whatExcludesEachOtherIsRefused() {
    CommandRun run = bench("--scale", "--kernels");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--kernels and --scale exclude each other; found both");
  }

  @Test
  void comparisonEndsWithOneLineOfRatios() throws IOException {
    String other = "echo '{\"train_samples_per_s\": 2, \"infer_samples_per_s\": 4}'";
    CommandRun run =
        bench("--compare-with", other, "--pairs", "1", "--json", "--width-factor", "1/128");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    List<JsonNode> lines = lines(run);
    assertThat(lines)
        .extracting(line -> line.get("what").textValue())
        .containsExactly("pair", "compare");
    JsonNode last = lines.get(1);
    assertThat(last.get("train_samples_per_s").doubleValue()).isPositive();
    assertThat(last.get("other_infer_samples_per_s").doubleValue()).isEqualTo(4);
    assertThat(last.get("infer_ratio").doubleValue()).isPositive();
    assertThat(last.get("command").textValue()).isEqualTo(other);
  }

  @Test
  void kernelsOfEveryLayerAreTakenApart() throws IOException {
    CommandRun run = bench("--kernels", "--json", "--network", "vggsnn", "--width-factor", "1/64");

    assertThat(run.exitCode()).isZero();
    List<JsonNode> kernels =
        lines(run).stream().filter(line -> line.get("what").textValue().equals("kernel")).toList();
    assertThat(kernels)
        .extracting(line -> line.get("layer").textValue() + " " + line.get("kernel").textValue())
        .contains(
            "convs.0 dense forward",
            "convs.0 dense backward",
            "lifs.0 lif forward",
            "convs.7 binary forward",
            "convs.7 statistics",
            "convs.7 binary backward",
            "lifs.7 lif backward")
        .hasSize(8 * 5);
    assertThat(kernels)
        .allSatisfy(line -> assertThat(line.has("gflops") || line.has("ns_per_element")).isTrue());
  }

  @Test
  void kernelsAndComparisonExcludeEachOther() {
    bench("--kernels", "--compare-with", "true").assertFailed(2, "--kernels", "--compare-with");
  }

  @Test
  void numberOfPairsIsChecked() {
    bench("--compare-with", "true", "--pairs", "0")
        .assertFailed(2, "--pairs: must be at least 1; found 0");
  }

  private static CommandRun bench(String... more) {
    List<String> arguments = new ArrayList<>(TINY);
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static List<JsonNode> lines(CommandRun run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
