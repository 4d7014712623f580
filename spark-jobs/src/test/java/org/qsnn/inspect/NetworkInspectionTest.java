package org.qsnn.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qsnn.model.Architecture;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

class NetworkInspectionTest {
  /** Small enough to count by hand: 4 × 4 pixels, a pool to 2 × 2. */
  private static final NetworkSpec NETWORK =
      Architecture.custom("conv 2 bias, max-pool 2, residual-block 4, linear 8, readout")
          .spec(2, 3, 1, 4, 10, WeightScheme.REGULATED, 4);

  @Test
  void drawsEveryLayerWithItsSizes() {
    Inspection inspection = NetworkInspection.of(NETWORK, "own.conf", ", assumed");

    assertThat(inspection.text())
        .containsExactly(
            "configuration  own.conf",
            "network        custom of width 2",
            "input          1×4×4, 3 timesteps",
            "classes        10, assumed",
            "weights        regulated",
            "parameters     506",
            "packed         0.0004 MB, 79.3 % less than the 0.0020 MB of float32",
            "membrane       0.0000 MB a sample at 4 bits: 72 neurons",
            "operations     1,872 a sample if every neuron fires always",
            "",
            "layer              kind                       reads  gives  bits  parameters  packed bytes  neurons  synapses",
            "convs.0            conv 3×3, LIF, max-pool 2  1×4×4  2×2×2     8          24            38       32       200",
            "blocks.0.first     conv 3×3, LIF              2×2×2  4×2×2     1          80            45       16       128",
            "blocks.0.second    conv 3×3 + shortcut, LIF   4×2×2  4×2×2     1         152            54       16       256",
            "blocks.0.shortcut  conv 1×1, shortcut         2×2×2  4×2×2     1          16            37                 32",
            "linears.0          conv 2×2, LIF              4×2×2  8×1×1     1         144            88        8       128",
            "fc                 readout                        8     10     8          90           124                 80",
            "membrane scales                                                                         32",
            "all                                                                      506           418       72       824",
            "",
            "memory as in the paper's Table 2  batch 1       64      256",
            "32w32u                            0.00 MB  0.01 MB  0.03 MB",
            "1w4u                              0.00 MB  0.00 MB  0.00 MB");
  }

  @Test
  void namesTheSameForPrograms() {
    assertThat(NetworkInspection.of(NETWORK, "own.conf", "").json())
        .contains(
            "\"what\":\"configuration\"",
            "\"network_layers\":\"conv 2 bias, max-pool 2, residual-block 4, linear 8, readout\"",
            "{\"name\":\"convs.0\",\"kind\":\"conv 3×3, LIF, max-pool 2\",\"reads\":[1,4,4],"
                + "\"gives\":[2,2,2],\"form\":\"int8\",\"parameters\":24,\"packed_bytes\":38,"
                + "\"neurons\":32,\"membrane_bits\":4,\"synapses\":200}");
  }
}
