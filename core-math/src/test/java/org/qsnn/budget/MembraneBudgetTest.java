package org.qsnn.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.budget.MembraneBudget.Candidate;
import org.qsnn.budget.MembraneBudget.Plan;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.Architectures;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.ModelPacker;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.train.Evaluator;

class MembraneBudgetTest {
  /** Neurons of its layers, of a 1×16×16 image: 256, 512, 256, 256, 128, 128, 32, 32. */
  private static final PackedModel MODEL = model(2, 8);

  private final List<MembraneBits> asked = new ArrayList<>();

  @Test
  void theLayerThatNeedsItsBitsKeepsThem() {
    MembraneBudget budget = budget(bits -> (bits.at(1) < 8 ? 1 : 0) + (bits.at(4) < 4 ? 0.5 : 0));
    long neurons = 256 + 512 + 256 + 256 + 128 + 128 + 32 + 32;
    assertThat(budget.leastBytes()).isEqualTo(neurons / 4);

    long most = neurons / 4 + 512 * 6 / 8 + 128 * 2 / 8;
    Plan plan = budget.plan(most, done -> {});

    assertThat(plan.chosen().bits()).isEqualTo(new MembraneBits(List.of(2, 8, 2, 2, 4, 2, 2, 2)));
    assertThat(plan.chosen().membraneBytes()).isEqualTo(most);
    assertThat(plan.candidates().stream().map(Candidate::bits))
        .containsExactly(
            MembraneBits.of(8), MembraneBits.of(2), MembraneBits.of(4), plan.chosen().bits());
    assertThat(plan.layers().get(1).losses()).containsEntry(2, 1.0).containsEntry(8, 0.0);
    assertThat(plan.layers().get(1).name()).isEqualTo("convs.1");
  }

  @Test
  void theSameBitsEverywhereWinWhereLossesDoNotAddUp() {
    // Alone no layer loses anything with 2 bits; together all do, and so does any mixture.
    MembraneBudget budget = budget(bits -> bits.isUniform() ? 0.1 : sum(bits) < 60 ? 1 : 0);
    Plan plan = budget.plan(budget.leastBytes() * 2, done -> {});
    assertThat(plan.chosen().bits().isUniform()).isTrue();
    assertThat(plan.chosen().membraneBytes()).isLessThanOrEqualTo(budget.leastBytes() * 2);
  }

  @Test
  void everyLayerIsTriedWithTheBitsThatItWasNotTrainedWith() {
    List<Integer> heard = new ArrayList<>();
    MembraneBudget budget = budget(bits -> 0);
    budget.plan(budget.leastBytes(), heard::add);
    assertThat(asked).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(17);
    assertThat(heard).hasSizeLessThanOrEqualTo(budget.evaluations()).isSorted();
    assertThat(heard.get(heard.size() - 1)).isEqualTo(asked.size());
  }

  @Test
  void aBudgetWithoutBoundsIsOne() {
    MembraneBudget budget = budget(bits -> 64 - sum(bits));
    assertThat(budget.plan(Long.MAX_VALUE, done -> {}).chosen().bits())
        .isEqualTo(MembraneBits.of(8));
  }

  @Test
  void membranesThatCannotHaveOtherBitsAreRefused() {
    Evaluator never = model -> evaluation(model, 0);
    assertThatThrownBy(() -> new MembraneBudget(model(2, MembraneBits.FLOAT), never))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("must be 2, 4 or 8 in every layer", "found 32");
    assertThatThrownBy(() -> new MembraneBudget(model(1, 8), never))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("network.timesteps: must be at least 2", "found 1");
  }

  private MembraneBudget budget(ToDoubleFunction<MembraneBits> loss) {
    return new MembraneBudget(
        MODEL,
        model -> {
          MembraneBits bits = model.spec().membraneBits();
          asked.add(bits);
          return evaluation(model, loss.applyAsDouble(bits));
        });
  }

  private static int sum(MembraneBits bits) {
    int sum = 0;
    for (int i = 0; i < MODEL.spec().layers().size(); i++) {
      sum += bits.at(i);
    }
    return sum;
  }

  private static Evaluation evaluation(PackedModel model, double loss) {
    Evaluation evaluation = Evaluation.none(model.spec());
    evaluation.add(0, 0, loss);
    return evaluation;
  }

  private static PackedModel model(int timesteps, int bits) {
    NetworkSpec spec =
        Architectures.VGGSNN.spec(1, timesteps, 1, 16, 2, WeightScheme.REGULATED, bits);
    NetworkLayout layout = NetworkLayout.of(spec);
    Parameters parameters = ParameterInitializer.parameters(layout, 1);
    return ModelPacker.pack(
        layout,
        new WeightQuantizer(layout).quantize(parameters),
        parameters,
        ParameterInitializer.statistics(layout),
        ModelDescription.of(Map.of()));
  }
}
