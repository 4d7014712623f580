package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.qsnn.metric.WeightDistribution;
import org.qsnn.model.Architectures;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

class WeightQuantizerTest {
  private static final Annealing ANNEALING = new Annealing(2, 0.5f);

  @Test
  void endsAreEightBitsAndTheRestHasExponents() {
    SynapticWeights weights = quantize(layout(WeightScheme.REGULATED));
    assertThat(weights.tensors()).hasSize(9);
    assertThat(weights.tensors().get(0).form()).isEqualTo(Form.INT8);
    assertThat(weights.tensors().get(0).name()).isEqualTo("convs.0.conv.weight");
    assertThat(weights.tensors().get(1).form()).isEqualTo(Form.BINARY_EXPONENT);
    assertThat(weights.tensors().get(7).form()).isEqualTo(Form.BINARY_EXPONENT);
    assertThat(weights.tensors().get(8).form()).isEqualTo(Form.INT8);
    assertThat(weights.tensors().get(8).name()).isEqualTo("fc.weight");
    assertThatThrownBy(() -> weights.tensors().get(9))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void plainWeightsHaveScales() {
    SynapticWeights weights = quantize(layout(WeightScheme.PLAIN));
    assertThat(weights.tensors().get(0).form()).isEqualTo(Form.INT8);
    assertThat(weights.tensors().get(3).form()).isEqualTo(Form.BINARY_SCALE);
    assertThat(weights.tensors().get(8).form()).isEqualTo(Form.INT8);
  }

  @Test
  void floatWeightsAreTheLatentOnesEndsIncluded() {
    NetworkLayout layout = layout(WeightScheme.FLOAT);
    Parameters latent = ParameterInitializer.parameters(layout, 1);
    SynapticWeights weights = new WeightQuantizer(layout).quantize(latent);
    assertThat(weights.tensors().get(0).dequantize()).isEqualTo(latent.get("convs.0.conv.weight"));
    assertThat(weights.tensors().get(5).dequantize()).isEqualTo(latent.get("convs.5.conv.weight"));
    assertThat(weights.tensors().get(8).dequantize()).isEqualTo(latent.get("fc.weight"));
  }

  @Test
  void signsInADistributionAreThoseThatAreQuantized() {
    for (WeightScheme scheme : WeightScheme.values()) {
      NetworkLayout layout = layout(scheme);
      Parameters latent = ParameterInitializer.parameters(layout, 1);
      List<QuantizedTensor> tensors = new WeightQuantizer(layout).quantize(latent).tensors();
      List<WeightDistribution> found = new WeightQuantizer(layout).distributions(latent);

      assertThat(found).hasSameSizeAs(tensors);
      for (int i = 0; i < tensors.size(); i++) {
        QuantizedTensor tensor = tensors.get(i);
        assertThat(found.get(i).name()).isEqualTo(tensor.name());
        assertThat(found.get(i).bits()).isEqualTo(tensor.form().bits());
        long elements = tensor.elements();
        assertThat(found.get(i).negative() + found.get(i).positive()).isEqualTo(elements);
        assertThat(found.get(i).histogram().stream().mapToLong(n -> n).sum()).isEqualTo(elements);
        if (tensor.isBinary()) {
          long positive = BitSet.valueOf(tensor.codes()).cardinality();
          assertThat(found.get(i).positive()).as(tensor.name()).isEqualTo(positive);
        }
      }
    }
  }

  @Test
  void regulatedWeightsAreSpreadLikeTheUnitNormal() {
    NetworkLayout layout = layout(WeightScheme.REGULATED);
    Parameters latent = ParameterInitializer.parameters(layout, 1);

    WeightDistribution binary = new WeightQuantizer(layout).distributions(latent).get(5);

    assertThat(binary.bits()).isEqualTo(1);
    assertThat(binary.largest()).isBetween(1.5, 6.0);
    assertThat((double) binary.negative() / binary.positive()).isBetween(0.9, 1.1);
  }

  @Test
  void othersTravelInTheirOwnLayout() {
    NetworkLayout layout = layout(WeightScheme.REGULATED);
    Parameters latent = Parameters.zeros(layout.parameters());
    for (int i = 0; i < latent.values().length; i++) {
      latent.values()[i] = i;
    }
    Parameters others =
        new Parameters(layout.others(), new WeightQuantizer(layout).quantize(latent).others());
    for (Window window : layout.others().windows()) {
      assertThat(others.get(window.name())).as(window.name()).isEqualTo(latent.get(window.name()));
    }
  }

  @Test
  void backwardTouchesBinaryWeightsAndConvolutionBiasesOnly() {
    NetworkLayout layout = layout(WeightScheme.REGULATED);
    Parameters latent = ParameterInitializer.parameters(layout, 1);
    Parameters gradient = gradient(layout);
    Parameters before = gradient.copy();
    new WeightQuantizer(layout).backwardInPlace(latent, gradient.values(), ANNEALING);

    for (Window window : layout.parameters().windows()) {
      String name = window.name();
      if (name.endsWith(".conv.bias")) {
        assertThat(gradient.get(name)).as(name).containsOnly(0f);
      } else if (name.endsWith(".conv.weight") && !name.startsWith("convs.0.")) {
        float[] expected = before.values().clone();
        new WeightBinarizer(WeightScheme.REGULATED)
            .backwardInPlace(latent.values(), window, ANNEALING, expected);
        assertThat(gradient.get(name))
            .as(name)
            .isEqualTo(new Parameters(layout.parameters(), expected).get(name))
            .isNotEqualTo(before.get(name));
      } else {
        assertThat(gradient.get(name)).as(name).isEqualTo(before.get(name));
      }
    }
  }

  @Test
  void bitsDoNotDependOnTheNumberOfThreads() throws Exception {
    NetworkLayout layout = layout(WeightScheme.REGULATED);
    ForkJoinPool alone = new ForkJoinPool(1);
    ForkJoinPool four = new ForkJoinPool(4);
    try {
      float[] one = alone.submit(() -> both(layout)).get();
      assertThat(four.submit(() -> both(layout)).get()).isEqualTo(one);
    } finally {
      alone.shutdown();
      four.shutdown();
    }
  }

  @Test
  void synapticWeightsSurviveTheWire() throws Exception {
    SynapticWeights weights = quantize(layout(WeightScheme.REGULATED));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(weights);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      SynapticWeights read = (SynapticWeights) in.readObject();
      assertThat(read.others()).isEqualTo(weights.others());
      assertThat(read.packedBytes()).isEqualTo(weights.packedBytes());
      for (int i = 0; i < weights.tensors().size(); i++) {
        QuantizedTensor expected = weights.tensors().get(i);
        assertThat(read.tensors().get(i).dequantize()).isEqualTo(expected.dequantize());
      }
    }
  }

  @Test
  void theFullNetworkTravelsInAThirtiethOfItsSize() {
    NetworkLayout layout =
        NetworkLayout.of(Architectures.RESNET19.spec(128, 2, 3, 32, 10, WeightScheme.REGULATED, 8));
    SynapticWeights weights =
        new WeightQuantizer(layout).quantize(Parameters.zeros(layout.parameters()));
    assertThat(weights.packedBytes()).isBetween(1_600_000, 1_640_000);
  }

  @Test
  void refusesAVectorOfAnotherNetwork() {
    NetworkLayout layout = layout(WeightScheme.REGULATED);
    Parameters latent = Parameters.zeros(layout.parameters());
    assertThatThrownBy(
            () -> new WeightQuantizer(layout).backwardInPlace(latent, new float[3], ANNEALING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradient: expected " + latent.values().length + " values, found 3");
  }

  /** Effective weights, then gradient. */
  private static float[] both(NetworkLayout layout) {
    Parameters latent = ParameterInitializer.parameters(layout, 1);
    WeightQuantizer quantizer = new WeightQuantizer(layout);
    Parameters result = Parameters.zeros(layout.parameters());
    SynapticWeights weights = quantizer.quantize(latent);
    for (int i = 0; i < weights.tensors().size(); i++) {
      QuantizedTensor tensor = weights.tensors().get(i);
      result.setInPlace(tensor.name(), tensor.dequantize());
    }
    float[] gradient = gradient(layout).values();
    quantizer.backwardInPlace(latent, gradient, ANNEALING);
    float[] all = new float[2 * gradient.length];
    System.arraycopy(result.values(), 0, all, 0, gradient.length);
    System.arraycopy(gradient, 0, all, gradient.length, gradient.length);
    return all;
  }

  private static Parameters gradient(NetworkLayout layout) {
    int size = layout.parameters().size();
    return new Parameters(layout.parameters(), DirectionalDerivative.normal(size, 1, 41));
  }

  private static SynapticWeights quantize(NetworkLayout layout) {
    return new WeightQuantizer(layout).quantize(ParameterInitializer.parameters(layout, 1));
  }

  private static NetworkLayout layout(WeightScheme scheme) {
    return NetworkLayout.of(Architectures.VGGSNN.spec(3, 2, 2, 16, 10, scheme, 8));
  }
}
