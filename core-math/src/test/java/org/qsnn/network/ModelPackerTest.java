package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.Parameters;

class ModelPackerTest {
  private final SmallNetwork network =
      new SmallNetwork(Architectures.VGGSNN.spec(1, 3, 2, 16, 3, WeightScheme.REGULATED, 8));
  private final Parameters statistics = ParameterInitializer.statistics(network.layout);

  @Test
  void foldsBatchNormalizationAndTheBiasInFrontOfIt() {
    network.latent.setInPlace("convs.0.conv.bias", new float[] {0.75f});
    network.latent.setInPlace("convs.0.bn.weight", new float[] {2f});
    network.latent.setInPlace("convs.0.bn.bias", new float[] {0.5f});
    statistics.setInPlace("convs.0.bn.running_mean", new float[] {1f});
    statistics.setInPlace("convs.0.bn.running_var", new float[] {4f - 1e-5f});
    PackedModel model = pack();
    // 2 · (y + 0.75 − 1) / √4 + 0.5
    assertThat(model.batchNorms().get(0).scale()).containsExactly(1f);
    assertThat(model.batchNorms().get(0).offset()).containsExactly(0.25f);
  }

  @Test
  void carriesScalesBiasAndProvenance() {
    statistics.setInPlace("lifs.7.membrane_scale", new float[] {0.5f, 0.25f});
    network.latent.setInPlace("fc.bias", new float[] {1, 2, 3});
    PackedModel model = pack();
    assertThat(model.membraneScales()).hasSize(8);
    assertThat(model.membraneScales().get(7)).containsExactly(0.5f, 0.25f);
    assertThat(model.biases().get(0)).containsExactly(1, 2, 3);
    assertThat(model.provenance()).isEqualTo(Map.of("dataset", "toy"));
    assertThat(model.spec()).isEqualTo(network.spec);
  }

  @Test
  void laterStepsDoNotChangeAPackedModel() {
    PackedModel model = pack();
    float[] bias = model.biases().get(0).clone();
    float[] weights = model.weights().get(0).dequantize();
    Arrays.fill(network.latent.values(), 9f);
    Arrays.fill(statistics.values(), 9f);
    assertThat(model.biases().get(0)).isEqualTo(bias);
    assertThat(model.weights().get(0).dequantize()).isEqualTo(weights);
    assertThat(model.membraneScales().get(0)).containsOnly(0f);
  }

  private PackedModel pack() {
    return ModelPacker.pack(
        network.layout, network.weights(), network.latent, statistics, Map.of("dataset", "toy"));
  }
}
