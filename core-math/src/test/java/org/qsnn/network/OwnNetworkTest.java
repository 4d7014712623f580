package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.Architectures;
import org.qsnn.model.Footprint;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Identity;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.NetworkSpec.Readout;
import org.qsnn.model.PackedModel;
import org.qsnn.model.Pool;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.tensor.Workspace;

/** A network that no architecture makes: every kind of pool and branch, two linear layers. */
class OwnNetworkTest {
  private static final int TIMESTEPS = 3;
  private static final int BATCH = 4;

  private static NetworkSpec network(WeightScheme scheme, int bits) {
    return new NetworkSpec(
        Architectures.VGGSNN,
        4,
        TIMESTEPS,
        2,
        16,
        3,
        scheme,
        bits,
        List.of(
            new Layer("a", 4, 16, List.of(conv(NetworkSpec.INPUT, "a", 2, 4)), new Pool.Max(2)),
            new Layer("b", 4, 8, List.of(conv(0, "b", 4, 4), new Identity(0)), Pool.NONE),
            new Layer("c", 6, 8, List.of(conv(1, "c", 4, 6)), new Pool.Average(2)),
            new Layer("d", 8, 4, List.of(conv(2, "d", 6, 8)), new Pool.Max(2)),
            new Layer("e", 8, 2, List.of(conv(3, "e", 8, 8)), new Pool.GlobalAverage())),
        Readout.of(
            new Linear("hidden", 8, 5, Linear.Draw.UNIFORM),
            new Linear("fc", 5, 3, Linear.Draw.UNIFORM)));
  }

  private static Convolved conv(int source, String name, int in, int out) {
    boolean isEnd = source == NetworkSpec.INPUT;
    return new Convolved(source, new Convolution(name, in, out, 3, 1, 1, false, isEnd));
  }

  @ParameterizedTest
  @EnumSource(WeightScheme.class)
  void answersPackedAsItDoesInTraining(WeightScheme scheme) {
    for (String bits : List.of("2", "8", "32", "2,32,4,8,32")) {
      SmallNetwork network =
          new SmallNetwork(network(scheme, 8).withMembraneBits(MembraneBits.parse(bits)));
      Input input = network.frames(BATCH);
      try (Workspace workspace = new Workspace()) {
        float[] trained = network.trainingLogits(input, workspace);
        PackedModel model = network.packed(input);
        float[] inferred = new InferenceNetwork(model, workspace).answer(input).logits();
        assertThat(GoldenCase.distance(inferred, trained)).as("%s bits", bits).isLessThan(1e-5);
      }
    }
  }

  @Test
  void everyParameterHasAGradient() {
    SmallNetwork network = new SmallNetwork(network(WeightScheme.REGULATED, 8));
    try (Workspace workspace = new Workspace()) {
      ShardGradient gradient = network.gradient(network.frames(BATCH), workspace);
      assertThat(gradient.problem()).isEmpty();
      for (Window window : network.layout.parameters().windows()) {
        double sum = 0;
        for (int i = window.offset(); i < window.end(); i++) {
          sum += Math.abs(gradient.gradient()[i]);
        }
        assertThat(sum).as(window.name()).isPositive();
      }
    }
  }

  @Test
  void aConvolutionThatHasNoPlanOfSumsIsComputedAllTheSame() {
    Convolution whole = new Convolution("b", 4, 6, 4, 1, 0, false, false);
    NetworkSpec spec =
        new NetworkSpec(
            Architectures.VGGSNN,
            4,
            TIMESTEPS,
            2,
            4,
            3,
            WeightScheme.REGULATED,
            8,
            List.of(
                new Layer("a", 4, 4, List.of(conv(NetworkSpec.INPUT, "a", 2, 4)), Pool.NONE),
                new Layer("b", 6, 1, List.of(new Convolved(0, whole)), Pool.NONE)),
            Readout.of(new Linear("fc", 6, 3, Linear.Draw.UNIFORM)));
    SmallNetwork network = new SmallNetwork(spec);
    Input input = network.frames(BATCH);
    try (Workspace workspace = new Workspace()) {
      float[] trained = network.trainingLogits(input, workspace);
      float[] inferred =
          new InferenceNetwork(network.packed(input), workspace).answer(input).logits();
      assertThat(GoldenCase.distance(inferred, trained)).isLessThan(1e-5);
    }
  }

  @Test
  void itsHiddenLinearLayerHasTheInnerForm() {
    NetworkSpec spec = network(WeightScheme.REGULATED, 8);
    assertThat(spec.weights().get(5).name()).isEqualTo("hidden.weight");
    assertThat(spec.weights().get(5).form()).isEqualTo(WeightScheme.REGULATED.inner());
    assertThat(spec.weights().get(6).form()).isEqualTo(WeightScheme.REGULATED.end());
    PackedModel model = new SmallNetwork(spec).packed(new SmallNetwork(spec).frames(BATCH));
    long bytes = model.weights().stream().mapToLong(w -> w.packedBytes()).sum();
    long others = 8L * (4 + 4 + 6 + 8 + 8) + 4L * (5 + 3) + 4L * (TIMESTEPS - 1) * 5;
    assertThat(Footprint.of(spec).packedBytes()).isEqualTo(bytes + others);
  }
}
