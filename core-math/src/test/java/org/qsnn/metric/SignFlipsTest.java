package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.WeightScheme;

class SignFlipsTest {
  private static final NetworkSpec NETWORK =
      Architectures.RESNET19.spec(1, 1, 3, 8, 10, WeightScheme.REGULATED, 8);

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
    List<QuantizedTensor> before = weights((byte) 0);
    List<QuantizedTensor> after = weights((byte) 1);
    long[] flips = SignFlips.perLayer(NETWORK, before, after);
    long[] weights = SignFlips.binaryWeights(NETWORK, after);

    // stem: int8; blocks.0.lif1: one convolution; blocks.3.lif2: a convolution and a shortcut
    assertThat(flips[0]).isZero();
    assertThat(flips[1]).isEqualTo(1);
    assertThat(flips[8]).isEqualTo(2);
    assertThat(weights[0]).isZero();
    assertThat(weights[1]).isEqualTo(9);
    assertThat(weights[8]).isEqualTo(2 * 2 * 9 + 2);
  }

  @Test
  void floatWeightsHaveNoSigns() {
    List<QuantizedTensor> weights =
        NETWORK.convolutions().stream()
            .map(c -> QuantizedTensor.floats(name(c), new int[] {1, 1}, new float[1]))
            .toList();

    assertThat(SignFlips.binaryWeights(NETWORK, weights)).containsOnly(0);
    assertThat(SignFlips.perLayer(NETWORK, weights, weights)).containsOnly(0);
  }

  private static List<QuantizedTensor> weights(byte firstBits) {
    List<QuantizedTensor> tensors = new ArrayList<>();
    for (Convolution convolution : NETWORK.convolutions()) {
      int[] shape = convolution.weightShape();
      int count = shape[0] * shape[1] * shape[2] * shape[3];
      if (convolution.isEnd()) {
        tensors.add(QuantizedTensor.int8(name(convolution), shape, new byte[count], firstBits));
      } else {
        byte[] bits = new byte[(count + 7) / 8];
        bits[0] = firstBits;
        tensors.add(QuantizedTensor.binary(name(convolution), shape, bits, new byte[shape[0]]));
      }
    }
    return tensors;
  }

  private static String name(Convolution convolution) {
    return convolution.name() + ".conv.weight";
  }
}
