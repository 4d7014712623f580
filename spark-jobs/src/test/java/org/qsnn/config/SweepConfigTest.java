package org.qsnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;
import org.qsnn.search.Choice;
import org.qsnn.search.Point;
import org.qsnn.search.Range;

class SweepConfigTest {
  private static final String SPACE = "space { train.learning-rate = [0.1, 0.2] }, search = grid";

  @Test
  void readsASpaceOverAnyKey() {
    SweepConfig sweep =
        load(
            """
            space {
              train.learning-rate = { from = 0.01, to = 0.5, scale = log }
              network { membrane-bits = [2, 4, 8], width-factor = [1/16, 1/8] }
              network.timesteps = { from = 1, to = 4, step = 1 }
              ws-dr.weight-regulation = [on, off]
            }
            trials = 27
            """);

    assertThat(sweep.search().space().space().dimensions())
        .containsExactly(
            new Choice("network.membrane-bits", List.of("2", "4", "8"), true),
            new Choice("network.timesteps", List.of("1", "2", "3", "4"), true),
            new Choice("network.width-factor", List.of("1/16", "1/8"), true),
            new Range("train.learning-rate", 0.01, 0.5, Range.Scale.LOG),
            new Choice("ws-dr.weight-regulation", List.of("on", "off"), false));
    assertThat(sweep.search().points()).isEqualTo(27);
    assertThat(sweep.base()).isEqualTo("conf/base.conf");
    assertThat(sweep.dir()).isEqualTo("sweeps/bits-19700101T000000Z");
  }

  @Test
  void membraneBitsByLayerAreOneValueOfMany() {
    SweepConfig sweep =
        load(
            """
            search = grid
            cases = [
              { name = mixed, network.membrane-bits { default = 8, convs.0 = 2 } }
              { name = list, network.membrane-bits = [8, 4] }
            ]
            space { network.membrane-bits = [4, [4, 2], "2, 8"] }
            """);

    assertThat(sweep.search().space().space().dimensions().get(1))
        .isEqualTo(new Choice("network.membrane-bits", List.of("4", "[4,2]", "2, 8"), false));
    assertThat(sweep.search().space().overrides(new Point(List.of("list", "[4,2]"))))
        .containsExactly("network.membrane-bits=[8,4]", "network.membrane-bits=[4,2]");
    assertThat(sweep.search().space().overrides(new Point(List.of("mixed", "4"))).get(0))
        .isEqualTo("network.membrane-bits={\"convs\":{\"0\":2},\"default\":8}");
  }

  @Test
  void casesSetSeveralKeysAtATime() {
    SweepConfig sweep =
        load(
            """
            search = grid
            cases = [
              { name = "full precision", network { weight-bits = 32, membrane-bits = 32 } }
              { name = binary }
            ]
            repeat = 3
            """);

    assertThat(sweep.search().points()).isEqualTo(2);
    assertThat(sweep.search().space().overrides(new Point(List.of("full precision"))))
        .containsExactly("network.membrane-bits=32", "network.weight-bits=32");
    assertThat(sweep.search().space().overrides(new Point(List.of("binary")))).isEmpty();
  }

  @Test
  void overridesOfOtherKeysAreTheBases() {
    assertThat(SweepConfig.ofTheBase(List.of("sweep.trials=3", "train.epochs=2")))
        .containsExactly("train.epochs=2");
    assertThat(load(SPACE, "sweep.max-failures=7", "train.epochs=2").placement().maxFailures())
        .isEqualTo(7);
  }

  @Test
  void whatIsRenderedIsTheSameSweep() {
    SweepConfig sweep = load(SPACE + ", limits { model-bytes = 100 kB }, repeat = 2");
    SweepConfig again =
        SweepConfig.load(
            new ConfigText("x/sweep.conf", sweep.render("base.conf")), List.of(), Instant.EPOCH);

    assertThat(again.differencesFrom(sweep)).isEmpty();
    assertThat(again.goal().limits()).containsEntry(Objective.MODEL_BYTES, 100_000L);
    assertThat(again.search().repeat()).isEqualTo(2);
  }

  @Test
  void anotherSweepDiffersInItsKeys() {
    SweepConfig sweep = load(SPACE);

    assertThat(load(SPACE + ", repeat = 2").differencesFrom(sweep))
        .containsExactly("sweep.repeat: 2, there 1");
    assertThat(load(SPACE + ", max-failures = 9, trials = 50").differencesFrom(sweep)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spase {}                                     | did you mean sweep.space",
        "space { train.learningrate = [1, 2] }        | did you mean train.learning-rate",
        "space { run.dir = [a, b] }                   | must have a part in the result",
        "space { train.epochs = 4 }, trials = 1       | must be a list of values, or a range",
        "space { train.epochs = [] }                  | must be a list of different values",
        "space { train.epochs = [1, 1] }              | must be a list of different values",
        "space { train.epochs = {from = 1} }          | must be a range with a to",
        "space { train.epochs = {from = 2, to = 1} }  | must be a range whose from is less",
        "space { train.epochs = {from = 0, to = 1, scale = log} } | above 0 on a logarithmic",
        "space { train.epochs = {from = 0, to = 1, skale = log} } | and not skale",
        "space { train.epochs = {from = 0, to = 1, count = 1} }   | a whole count",
        "space { train.epochs = {from = a, to = 1} }  | whose from is a number",
        "space { train.epochs = [1, 2] }              | sweep.trials: must be a number where",
        "space { train.epochs = [1, 2] }, trials = 3  | must be at most 2",
        "space { train.epochs = [1, 2] }, search = grid, trials = 1 | must be at least 2",
        "space { train.momentum = {from = 0, to = 0.9} }, search = grid | a count or a step",
        "space { train.epochs = [1, 2] }, trials = 2, halving {} | must not have train.epochs",
        "space { run.seed = [1, 2] }, trials = 4, repeat = 2 | must not have run.seed",
        "space { train.momentum = [0, 0.5] }, trials = 3, repeat = 2 | must be a multiple of",
        "space {}, trials = 1                         | a key that is varied",
        "cases = [ { name = a }, { name = a } ]        | must be different names",
        "cases = [ { train.epochs = 3 } ]             | each with a name",
        "cases = [ { name = a, train.epoch = 3 } ]    | did you mean train.epochs",
        "space { train.momentum = [0, 0.5] }, halving = on | off, or { eta",
        "space { train.momentum = [0, 0.5] }, halving { eta = 1 } | from 2 to 100",
        "space { train.momentum = [0, 0.5] }, halving { eat = 3 } | the keys are eta",
        "space { train.momentum = [0, 0.5] }, objectives = []     | must be a list of",
        "space { train.momentum = [0, 0.5] }, objectives = [seconds] | seconds are none",
        "space { train.momentum = [0, 0.5] }, limits { firing-rate = 1 } | known before training",
        "space { train.momentum = [0, 0.5] }, limits { model-bytes = big } | a size, as",
        "space { train.momentum = [0, 0.5] }, search = gird | did you mean grid",
        "space { train.momentum = [0, 0.5] }, test = all | front, best, none",
      })
  void mistakesAreToldInOneLine(String text, String expected) {
    Throwable thrown = catchThrowable(() -> load(text));

    assertThat(thrown).isInstanceOf(ConfigurationException.class).hasMessageContaining(expected);
    assertThat(thrown.getMessage()).hasLineCount(1);
  }

  @Test
  void aSweepWithoutABaseIsRefused() {
    Throwable thrown =
        catchThrowable(
            () ->
                SweepConfig.load(
                    new ConfigText("a.conf", "sweep { " + SPACE + " }"), List.of(), Instant.EPOCH));

    assertThat(thrown).hasMessageContaining("sweep.base: must be");
  }

  private static SweepConfig load(String text, String... overrides) {
    return SweepConfig.load(
        new ConfigText("conf/bits.conf", "sweep {\n base = base.conf\n " + text + "\n}"),
        List.of(overrides),
        Instant.EPOCH);
  }
}
