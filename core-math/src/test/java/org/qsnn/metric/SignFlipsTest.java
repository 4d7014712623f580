package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Weight;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.WeightScheme;

class SignFlipsTest {
  @Test
  void countsTheBitsThatDiffer() {
    byte[] before = {0b0101, (byte) 0xFF, 0};
    byte[] after = {0b0110, 0, 0};

    assertThat(SignFlips.count(before, after)).isEqualTo(10);
    assertThat(SignFlips.count(before, before)).isZero();
    assertThatThrownBy(() -> SignFlips.count(before, new byte[2]))
        .hasMessage("bits: expected 3 bytes, found 2");
  }

  @Test
  void addsUpTheConvolutionsThatFeedALayer() {
    NetworkSpec network = network(WeightScheme.REGULATED);
    long[] flips = SignFlips.perLayer(network, signs(network, (byte) 0), signs(network, (byte) 1));

    // stem: 8 bits; blocks.0.lif1: one convolution; blocks.3.lif2: a convolution and a shortcut;
    // blocks.4.lif2: an identity
    assertThat(flips).hasSize(17);
    assertThat(flips[0]).isZero();
    assertThat(flips[1]).isEqualTo(1);
    assertThat(flips[8]).isEqualTo(2);
    assertThat(flips[10]).isEqualTo(1);
  }

  @Test
  void oneFlippedBitIsCountedInItsLayerAlone() {
    NetworkSpec network = network(WeightScheme.PLAIN);
    byte[] before = signs(network, (byte) 0);
    byte[] after = before.clone();
    after[after.length - 1] = 0x40;

    long[] flips = SignFlips.perLayer(network, before, after);

    assertThat(flips[16]).isEqualTo(1);
    assertThat(flips).endsWith(0, 1).containsOnly(0, 1);
  }

  @Test
  void countsTheBinaryWeightsOfALayer() {
    long[] weights = SignFlips.binaryWeights(network(WeightScheme.REGULATED));

    assertThat(weights[0]).isZero();
    assertThat(weights[1]).isEqualTo(9);
    assertThat(weights[8]).isEqualTo(2 * 2 * 9 + 2);
  }

  @Test
  void floatWeightsHaveNoSigns() {
    NetworkSpec network = network(WeightScheme.FLOAT);
    byte[] signs = signs(network, (byte) 1);

    assertThat(signs).isEmpty();
    assertThat(SignFlips.perLayer(network, signs, signs)).hasSize(17).containsOnly(0);
    assertThat(SignFlips.binaryWeights(network)).containsOnly(0);
  }

  private static NetworkSpec network(WeightScheme scheme) {
    return Architectures.RESNET19.spec(1, 1, 3, 8, 10, scheme, 8);
  }

  private static byte[] signs(NetworkSpec network, byte firstBits) {
    List<QuantizedTensor> weights =
        network.weights().stream().map(weight -> tensor(weight, firstBits)).toList();
    return SignFlips.signs(weights);
  }

  private static QuantizedTensor tensor(Weight weight, byte firstBits) {
    int count = (int) weight.elements();
    byte[] bits = new byte[(count + 7) / 8];
    bits[0] = firstBits;
    int out = weight.shape()[0];
    return switch (weight.form()) {
      case BINARY_EXPONENT ->
          QuantizedTensor.binary(weight.name(), weight.shape(), bits, new byte[out]);
      case BINARY_SCALE ->
          QuantizedTensor.binary(weight.name(), weight.shape(), bits, new float[out]);
      case INT8 -> QuantizedTensor.int8(weight.name(), weight.shape(), new byte[count], firstBits);
      case FLOAT -> QuantizedTensor.floats(weight.name(), weight.shape(), new float[count]);
    };
  }
}
