package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.ShardGradient;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

class MissingTimestepsTest {
  private final NetworkLayout few = layout(2);
  private final NetworkLayout all = layout(4);

  @Test
  void timestepsThatDidNotRunHaveTheNumbersOfTheLastThatDid() {
    float[] statistics = new float[few.statistics().size()];
    double[] rates = new double[2 * few.spec().layers().size()];
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = i + 1;
    }
    Arrays.setAll(rates, i -> 0.01 * i);
    float[] gradient = {1, 2};
    ShardGradient found =
        ShardGradient.of(
            gradient, statistics, new ShardGradient.Batch(3, 0.5, rates, 4, 8), "a problem");

    ShardGradient filled = new MissingTimesteps(few, all).fill(found);

    Parameters ofAll = new Parameters(all.statistics(), filled.statistics());
    Parameters ofFew = new Parameters(few.statistics(), statistics);
    for (Window window : few.statistics().windows()) {
      float[] expected = ofFew.get(window.name());
      if (window.name().endsWith("membrane_scale")) {
        float last = expected[0];
        expected = new float[] {last, last, last};
      }
      assertThat(ofAll.get(window.name())).isEqualTo(expected);
    }
    assertThat(Arrays.copyOf(filled.rates(), 8))
        .containsExactly(0, 0.01, 0.01, 0.01, 0.02, 0.03, 0.03, 0.03);
    assertThat(filled.gradient()).isSameAs(gradient);
    assertThat(filled.crossEntropy()).isEqualTo(3);
    assertThat(filled.correct()).isEqualTo(4);
    assertThat(filled.shards()).isEqualTo(1);
    assertThat(filled.problem()).contains("a problem");
  }

  private static NetworkLayout layout(int timesteps) {
    NetworkSpec spec = Architectures.VGGSNN.spec(1, timesteps, 1, 16, 3, WeightScheme.REGULATED, 8);
    return NetworkLayout.of(spec);
  }
}
