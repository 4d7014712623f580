package org.qsnn.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.config.SweepConfig;
import org.qsnn.search.Point;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.training.Stop;

class SweepLoopTest {
  private static final TrialEnd DONE = TrialEnd.of(true);

  @TempDir private Path root;

  /** What a sweep left. */
  private record Left(List<ObjectNode> rows, List<Integer> ranked, PretendedRunner runner) {
    /** All but times. */
    List<String> decisions() {
      return rows.stream().map(row -> row.toString().replaceFirst(",\"folder.*", "")).toList();
    }
  }

  @Test
  void decidesTheSameForAnyNumberOfSlots() throws Exception {
    Left one = sweep("one", "", 1, 0, step -> DONE);

    for (int slots : new int[] {2, 7}) {
      for (int seed = 0; seed < 5; seed++) {
        Left more = sweep("slots-" + slots + "-" + seed, "", slots, seed, step -> DONE);
        assertThat(more.decisions()).isEqualTo(one.decisions());
        assertThat(more.ranked()).isEqualTo(one.ranked());
        assertThat(more.runner().mostAtATime()).isLessThanOrEqualTo(slots);
      }
    }
  }

  @Test
  void parzenEstimatorDecidesTheSameForAnyNumberOfSlots() throws Exception {
    String tpe = "search = tpe, lag = 4";
    Left one = sweep("one", tpe, 1, 0, step -> DONE);

    assertThat(sweep("seven", tpe, 7, 3, step -> DONE).decisions()).isEqualTo(one.decisions());
  }

  @Test
  void halvingFindsAGoodPointForAThirdOfTheEpochs() throws Exception {
    Left halved = sweep("halved", "", 2, 0, step -> DONE);
    Left whole = sweep("whole", "halving = off", 2, 0, step -> DONE);

    assertThat(halved.runner().epochs()).isLessThan(whole.runner().epochs() * 45 / 100);
    assertThat(best(halved)).isGreaterThan(best(whole) - 0.02);
  }

  @Test
  void aSweepThatWasEndedAnywhereDecidesTheSameInTheEnd() throws Exception {
    Left expected = sweep("expected", "", 2, 0, step -> DONE);

    for (int steps = 1; steps < expected.runner().steps(); steps += 4) {
      String name = "ended-" + steps;
      EndedAfter ended = new EndedAfter(steps);
      sweep(name, "", 2, 0, step -> ended.isReceived() ? TrialEnd.of(false) : DONE, ended);
      Left resumed = sweep(name, "", 7, 1, step -> DONE);

      assertThat(resumed.decisions()).isEqualTo(expected.decisions());
      assertThat(resumed.runner().epochs()).isLessThanOrEqualTo(expected.runner().epochs());
    }
  }

  @Test
  void aFinishedSweepIsNotTrainedAgain() throws Exception {
    Left first = sweep("same", "", 2, 0, step -> DONE);
    Left again = sweep("same", "", 2, 0, step -> DONE);

    assertThat(again.runner().steps()).isZero();
    assertThat(again.decisions()).isEqualTo(first.decisions());
  }

  @Test
  void moreTrialsContinueASweep() throws Exception {
    sweep("more", "trials = 9", 2, 0, step -> DONE);
    Left more = sweep("more", "trials = 27", 2, 0, step -> DONE);

    assertThat(more.decisions()).isEqualTo(sweep("at-once", "", 2, 0, step -> DONE).decisions());
  }

  @Test
  void aTrialThatDivergesOrFailsIsLastAndNotTriedAgain() throws Exception {
    Function<TrialStep, TrialEnd> end =
        step ->
            switch (step.trial().number()) {
              case 3 -> TrialEnd.of(TrialEnd.Kind.DIVERGED, "the loss is NaN");
              case 4 -> TrialEnd.of(TrialEnd.Kind.FAILED, "no memory");
              default -> DONE;
            };
    Left left = sweep("failing", "", 2, 0, end);

    assertThat(left.rows().get(3).path("state").asText()).isEqualTo("diverged");
    assertThat(left.rows().get(3).path("reason").asText()).isEqualTo("the loss is NaN");
    assertThat(left.rows().get(4).path("state").asText()).isEqualTo("failed");
    assertThat(left.ranked()).doesNotContain(3, 4).isNotEmpty();
    Left again = sweep("failing", "", 7, 0, step -> DONE);
    assertThat(again.runner().steps()).isZero();
    assertThat(again.decisions()).isEqualTo(left.decisions());
  }

  @Test
  void aTrialWhoseExecutorsAreLostAgainAndAgainFailsAlone() throws Exception {
    Left left =
        sweep(
            "lost",
            "",
            2,
            0,
            step -> {
              if (step.trial().number() == 5) {
                throw new IllegalStateException("its executor was lost");
              }
              return DONE;
            });

    assertThat(left.rows()).hasSize(27);
    assertThat(left.rows().get(5).path("state").asText()).isEqualTo("failed");
    assertThat(left.rows().get(5).path("reason").asText()).contains("its executor was lost");
    assertThat(left.ranked()).doesNotContain(5).isNotEmpty();
  }

  @Test
  void jobsThatAreCancelledEndASweepAndTheTrialIsNoFailure() throws Exception {
    assertThatThrownBy(
            () ->
                sweep(
                    "cancelled",
                    "",
                    2,
                    0,
                    step -> {
                      throw new CancellationException("no executor has computed anything");
                    }))
        .isInstanceOf(CancellationException.class);

    assertThat(sweep("cancelled", "", 2, 0, step -> DONE).decisions())
        .isEqualTo(sweep("undisturbed", "", 2, 0, step -> DONE).decisions());
  }

  @Test
  void tooManyFailuresEndASweepWithWhatItHas() throws Exception {
    Left left =
        sweep(
            "many",
            "max-failures = 2",
            2,
            0,
            step ->
                step.trial().number() % 2 == 1
                    ? TrialEnd.of(TrialEnd.Kind.FAILED, "no memory")
                    : DONE);

    assertThat(left.rows()).hasSizeLessThan(10);
    assertThat(left.rows().get(0).path("validation_accuracy").isNumber()).isTrue();
  }

  @Test
  void damagedMetricsAreComputedAgainAndDecideTheSame() throws Exception {
    Left expected = sweep("damaged", "", 2, 0, step -> DONE);
    int best = expected.ranked().get(0);
    Path metrics =
        root.resolve("damaged/trials/" + Trial.name(best) + "/metrics/epoch-000002.json");
    Files.writeString(metrics, "{\"epoch\":");

    Left again = sweep("damaged", "", 2, 0, step -> DONE);
    assertThat(again.runner().steps()).isPositive();
    assertThat(again.decisions()).isEqualTo(expected.decisions());
  }

  @Test
  void whatExceedsALimitCostsNoEpoch() throws Exception {
    Left left =
        sweep(
            "limited",
            "space { network.width-factor = [1/16, 1/4], train.learning-rate = [0.1] }, search = grid, trials = all,"
                + " limits { model-bytes = 20 kB }",
            2,
            0,
            step -> DONE);

    assertThat(left.rows()).hasSize(2);
    assertThat(left.rows().get(1).path("state").asText()).isEqualTo("over-limit");
    assertThat(left.rows().get(1).path("epochs").asInt()).isZero();
    assertThat(left.ranked()).containsExactly(0);
  }

  @Test
  void repeatsArePromotedTogetherByTheirMean() throws Exception {
    Left left = sweep("repeated", "repeat = 3", 2, 0, step -> DONE);

    assertThat(left.rows()).hasSize(27);
    assertThat(left.rows()).extracting(row -> row.path("seed").asInt() % 3).contains(0, 1, 2);
    for (int point = 0; point < 9; point++) {
      assertThat(left.rows().subList(3 * point, 3 * point + 3))
          .extracting(row -> row.path("rung").asInt())
          .containsOnly(left.rows().get(3 * point).path("rung").asInt());
    }
  }

  @Test
  void severalObjectivesHalveToAFrontThatStartsWithTheBestAccuracy() throws Exception {
    Left left =
        sweep("several", "objectives = [validation-accuracy, model-bytes]", 2, 0, s -> DONE);

    assertThat(left.ranked()).isNotEmpty();
    double first = accuracy(left, left.ranked().get(0));
    assertThat(left.ranked()).allMatch(number -> accuracy(left, number) <= first);
  }

  /** Is received when it was asked for so often. */
  private static final class EndedAfter implements Stop {
    private final AtomicInteger left;

    EndedAfter(int times) {
      this.left = new AtomicInteger(2 * times);
    }

    @Override
    public boolean isReceived() {
      return left.decrementAndGet() < 0;
    }

    @Override
    public String name() {
      return "a test";
    }

    @Override
    public Gentle gently() {
      return () -> {};
    }
  }

  private static double best(Left left) {
    return left.rows().stream()
        .mapToDouble(row -> row.path("validation_accuracy").asDouble())
        .max()
        .orElseThrow();
  }

  private static double accuracy(Left left, int number) {
    return left.rows().get(number).path("validation_accuracy").asDouble();
  }

  private Left sweep(
      String name, String more, int slots, long seed, Function<TrialStep, TrialEnd> end)
      throws InterruptedException {
    return sweep(name, more, slots, seed, end, Stop.NEVER);
  }

  private Left sweep(
      String name, String more, int slots, long seed, Function<TrialStep, TrialEnd> end, Stop stop)
      throws InterruptedException {
    SweepConfig sweep =
        SweepConfig.load(
            new ConfigText(
                "sweep.conf",
                """
                sweep {
                  base = base.conf
                  space {
                    train.learning-rate = { from = 0.01, to = 0.5, scale = log }
                    network.width-factor = [1/16, 1/8]
                  }
                  trials = 27
                  halving { eta = 3, first-epochs = 1 }
                  %s
                }
                """
                    .formatted(more)),
            List.of(),
            Instant.EPOCH);
    FileStore files = FileStore.of(new Configuration());
    String folder = root.resolve(name).toString();
    List<Trial> trials = new ArrayList<>();
    Board[] board = new Board[1];
    Decisions[] decisions = new Decisions[1];
    decisions[0] =
        new Decisions(
            sweep,
            27,
            (point, values) -> {
              List<Trial> made =
                  decisions[0].trials(point).stream()
                      .map(number -> trial(sweep, folder, number, values))
                      .toList();
              trials.addAll(made);
              boolean isSmall =
                  sweep.goal().limits().isEmpty() || made.get(0).network().width() < 16;
              made.forEach(
                  trial -> {
                    if (isSmall) {
                      board[0].made(trial);
                    } else {
                      board[0].leftOut(trial, "too large");
                    }
                  });
              return isSmall;
            });
    board[0] = new Board(sweep, decisions[0]);
    try (Lease lease = Lease.acquire(files, folder);
        PretendedRunner runner = new PretendedRunner(slots, seed, end)) {
      SweepLoop.Site site =
          new SweepLoop.Site(files, lease, stop, trial -> board[0].progress(Optional.empty()));
      new SweepLoop(site, decisions[0], board[0], runner, sweep.placement().maxFailures()).run();
      return new Left(
          board[0].rows(),
          decisions[0].ranked().stream().flatMap(p -> decisions[0].trials(p).stream()).toList(),
          runner);
    }
  }

  private static Trial trial(SweepConfig sweep, String folder, int number, Point point) {
    List<String> overrides = new ArrayList<>(sweep.search().space().overrides(point));
    overrides.add("run.dir=" + SweepFolder.trial(folder, number));
    overrides.add("run.seed=" + (1 + number % sweep.search().repeat()));
    RunConfig config =
        RunConfig.load(
            new ConfigText("base.conf", "train.epochs = 27\nnetwork.architecture = vggsnn"),
            overrides,
            Instant.EPOCH);
    return new Trial(
        number, sweep.search().space().named(point), config, config.networkSpec(3, 32, 10));
  }
}
