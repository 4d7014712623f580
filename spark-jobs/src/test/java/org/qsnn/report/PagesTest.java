package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.config.Objective;
import org.qsnn.json.Json;

class PagesTest {
  private static final int MEGABYTE = 1_000_000;

  @Test
  void pageOfALongRunIsBelowAMegabyte() {
    byte[] page = RunPage.of(LongRuns.run("/runs/long", 300, 17)).html().getBytes(UTF_8);

    assertThat(page.length).isBetween(100_000, MEGABYTE);
  }

  @Test
  void twoHundredRunsAreOnePageWithEachOfThemInItsTables() {
    List<ReportedRun> runs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      runs.add(LongRuns.run("/runs/r" + i, 30, 3, "train.learning-rate=0." + (1 + i % 9)));
    }

    String page = ComparisonPage.of(runs, List.of("/x: is gone")).html();

    assertThat(page).contains("200 runs", "Left out: /x: is gone", ">r199<");
    assertThat(page).contains("In what they differ", ">train.learning-rate<");
    assertThat(page.length()).isLessThan(2 * MEGABYTE);
  }

  @Test
  void runsOfOneNameAreToldApartByTheirFolders() {
    List<ReportedRun> runs = List.of(LongRuns.run("/a/run", 2, 1), LongRuns.run("/b/run", 2, 1));

    assertThat(ComparisonPage.of(runs, List.of()).html())
        .contains("/a/run", "/b/run")
        .doesNotContain("In what they differ");
  }

  @Test
  void sweepShowsItsFrontItsRepeatsAndWhatIsMissing() {
    List<ObjectNode> trials =
        List.of(
            trial(0, "a", 1, 0.5, 100),
            trial(1, "a", 2, 0.7, 100),
            trial(2, "b", 1, 0.8, 300),
            trial(3, "<b>\"", 1, null, 200));
    ReportedSweep sweep = sweep(trials, List.of(trials.get(2), trials.get(1)));

    String page = SweepPage.of(sweep).html();

    assertThat(page)
        .contains("sweep of 4 trials; 1 diverged; 3 finished")
        .contains("validation accuracy by model bytes", "Repeats side by side", "+0.3000")
        .contains("missing", "0 of 2", "1 of 2")
        .contains("&lt;b&gt;")
        .doesNotContain("<b>\"");
    assertThat(sweep.ranked())
        .extracting(row -> row.path("trial").asInt())
        .containsExactly(2, 1, 0);
  }

  @Test
  void testAccuracyThatOnlyTheFrontHasIsShownOfItsTrialEverywhere() {
    ObjectNode onFront = trial(0, "a", 1, 0.5, 100).put("test_accuracy", 0.4321);

    String page = SweepPage.of(sweep(List.of(trial(0, "a", 1, 0.5, 100)), List.of(onFront))).html();

    assertThat(page.split("43\\.21 %", -1)).as("highlight, front, every trial").hasSize(4);
  }

  @Test
  void sweepInWhichNothingHasEndedIsShownAsSuch() {
    assertThat(SweepPage.of(sweep(List.of(), List.of())).html())
        .contains("sweep of 4 trials; not finished")
        .doesNotContain("Front", "What the keys did");
  }

  private static ReportedSweep sweep(List<ObjectNode> trials, List<ObjectNode> front) {
    return new ReportedSweep(
        "/sweeps/s",
        trials,
        front,
        List.of(Objective.VALIDATION_ACCURACY, Objective.MODEL_BYTES),
        4,
        2,
        true,
        !front.isEmpty(),
        Map.of("sweep.repeat", "2"),
        "run {}",
        List.of());
  }

  private static ObjectNode trial(int number, String value, int seed, Double accuracy, int bytes) {
    ObjectNode row = Json.object();
    row.put("trial", number).put("state", accuracy == null ? "diverged" : "finished");
    row.putObject("point").put("case", value);
    row.put("seed", seed).put("epochs", 4).put("rung", 0);
    row.put("validation_accuracy", accuracy).put("model_bytes", bytes);
    return row;
  }
}
