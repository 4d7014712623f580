package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

class SynapticOperationsTest {
  private static NetworkSpec spec(Architecture architecture, int width, int channels, int size) {
    return architecture.spec(width, 2, channels, size, 10, WeightScheme.REGULATED, 8);
  }

  @Test
  void countsTheSynapsesBehindEachSpike() {
    SynapticOperations operations = new SynapticOperations(spec(Architectures.VGGSNN, 1, 2, 16));

    // lifs.0, 16×16, feeds a 3×3 convolution to 2 channels: 3·16 − 2 taps of 16 neurons an axis
    assertThat(operations.fanOut(0)).isCloseTo(46.0 / 16 * 46 / 16 * 2, within(1e-12));
    // lifs.1 is pooled to 8×8 and feeds 4 channels
    assertThat(operations.fanOut(1)).isCloseTo(22.0 / 8 * 22 / 8 * 4, within(1e-12));
    // lifs.7 is pooled to 1×1 and feeds the ten outputs of the readout
    assertThat(operations.fanOut(7)).isEqualTo(10);
  }

  @Test
  void stridesAndShortcutsCountAndIdentitiesDoNot() {
    SynapticOperations operations = new SynapticOperations(spec(Architectures.RESNET19, 4, 3, 8));

    // the stem feeds blocks.0.first (3×3, 4 channels); its identity shortcut has no synapses
    assertThat(operations.fanOut(0)).isCloseTo(22.0 / 8 * 22 / 8 * 4, within(1e-12));
    // blocks.2.lif2, 8×8, feeds blocks.3.first (3×3, stride 2) and the 1×1 shortcut, 8 channels
    assertThat(operations.fanOut(6))
        .isCloseTo((11.0 / 8 * 11 / 8 + 4.0 / 8 * 4 / 8) * 8, within(1e-12));
  }

  @Test
  void everyNeuronSpikingIsEveryConnectionTwice() {
    NetworkSpec network = spec(Architectures.VGGSNN, 1, 2, 16);
    double[] rates = new double[network.layers().size()];
    Arrays.fill(rates, 1);
    double fanOuts = 0;
    SynapticOperations operations = new SynapticOperations(network);
    for (int i = 0; i < rates.length; i++) {
      fanOuts += operations.fanOut(i) * network.layers().get(i).neurons();
    }

    assertThat(operations.perSample(rates)).isCloseTo(2 * fanOuts, within(1e-6));
    assertThat(operations.perSample(new double[rates.length])).isZero();
    assertThatThrownBy(() -> operations.perSample(new double[3]))
        .hasMessage("firing rates: expected 8 layers, found 3");
  }
}
