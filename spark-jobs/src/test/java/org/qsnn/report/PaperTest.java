package org.qsnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.Footprint;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

class PaperTest {
  /** The paper rounds some of its numbers and cuts others off. */
  private static final double MEGABYTES = 0.014;

  private static final int FLOAT_BITS = 32;

  /**
   * Table 2, of images and frames of 32 × 32: so large is the buffer of VGGSNN that it counts,
   * though its frames have 48 × 48. Its weights are those of the averaged head, its scales powers
   * of two.
   */
  @ParameterizedTest
  @CsvSource({
    "resnet19, 2, 32", "resnet19, 2, 8", "resnet19, 2, 4", "resnet19, 2, 2",
    "vgg16, 4, 32", "vgg16, 4, 8", "vgg16, 4, 4", "vgg16, 4, 2",
    "vggsnn, 10, 32", "vggsnn, 10, 8", "vggsnn, 10, 4", "vggsnn, 10, 2"
  })
  void tableTwoComesOutAsPrinted(String name, int timesteps, int bits) {
    Architecture architecture = Architectures.named(name);
    NetworkSpec spec =
        architecture.spec(
            architecture.fullWidth(),
            timesteps,
            architecture.usualInput().channels(),
            32,
            10,
            WeightScheme.REGULATED,
            MembraneBits.of(bits),
            LifNeuron.PUBLISHED,
            Head.AVERAGED);
    Footprint footprint = Footprint.of(spec);
    boolean isFloat = bits == FLOAT_BITS;
    long weights = isFloat ? footprint.floatBytes() : footprint.packedBytes();

    Paper.Memory row =
        Paper.memory(name, isFloat ? FLOAT_BITS : 1, MembraneBits.of(bits)).orElseThrow();

    for (int i = 0; i < Paper.BATCHES.size(); i++) {
      double megabytes = footprint.tableBytes(weights, bits, Paper.BATCHES.get(i)) / 1e6;
      assertThat(megabytes)
          .as("batch of %d", Paper.BATCHES.get(i))
          .isCloseTo(row.megabytes().get(i), within(MEGABYTES));
    }
  }
}
