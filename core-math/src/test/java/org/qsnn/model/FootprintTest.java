package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FootprintTest {
  /** The method's table, printed to 0.1 %; megabytes of 10⁶ bytes. */
  @ParameterizedTest
  @CsvSource({
    "resnet19, 128, 2, 3, 32, 10, 12569226, 50.28, 1.62, 94.5, 95.8, 96.5",
    "resnet19, 128, 2, 3, 32, 100, 12615396, 50.46, 1.67, 94.5, 95.8, 96.4",
    "vggsnn, 64, 10, 2, 48, 10, 9271498, 37.09, 1.23, 94.7, 95.8, 96.4",
    "vggsnn, 64, 10, 2, 48, 11, 9276107, 37.10, 1.24, 94.7, 95.8, 96.4"
  })
  void reproducesThePublishedSizes(
      String architecture,
      int width,
      int timesteps,
      int channels,
      int size,
      int classes,
      long parameters,
      double floatMegabytes,
      double packedMegabytes,
      double saving8,
      double saving4,
      double saving2) {
    Footprint footprint =
        Footprint.of(
            Architectures.named(architecture)
                .spec(width, timesteps, channels, size, classes, WeightScheme.REGULATED, 8));

    assertThat(footprint.parameters()).isEqualTo(parameters);
    assertThat(footprint.floatBytes() / 1e6).isCloseTo(floatMegabytes, within(0.005));
    assertThat(footprint.packedBytes() / 1e6)
        .isCloseTo(packedMegabytes, Percentage.withPercentage(1));
    assertThat(100 * footprint.withMembraneBits(8).saving()).isCloseTo(saving8, within(0.1));
    assertThat(100 * footprint.withMembraneBits(4).saving()).isCloseTo(saving4, within(0.1));
    assertThat(100 * footprint.withMembraneBits(2).saving()).isCloseTo(saving2, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "REGULATED, 8, 3",
    "REGULATED, 8, 1",
    "REGULATED, 32, 3",
    "PLAIN, 2, 2",
    "FLOAT, 32, 2"
  })
  void countsTheBytesOfTheFilesTensors(WeightScheme scheme, int membraneBits, int timesteps) {
    for (PackedModel model : TinyModels.both(scheme, membraneBits, timesteps)) {
      assertThat(Footprint.of(model.spec()).packedBytes()).isEqualTo(TinyModels.tensorBytes(model));
    }
  }

  @Test
  void countsEachLayersMembranesWithItsOwnBits() {
    NetworkSpec spec =
        Architectures.VGGSNN
            .spec(1, 3, 2, 16, 3, WeightScheme.REGULATED, 8)
            .withMembraneBits(new MembraneBits(List.of(2, 2, 4, 8, 32, 8, 4, 8)));
    Footprint footprint = Footprint.of(spec);
    // Neurons: 16² · 1, 16² · 2, 8² · 4, 8² · 4, 4² · 8, 4² · 8, 2² · 8, 2² · 8
    assertThat(footprint.membraneBytes())
        .isEqualTo(
            (256 * 2 + 512 * 2 + 256 * 4 + 256 * 8 + 128 * 32 + 128 * 8 + 32 * 4 + 32 * 8) / 8);
    // The largest buffer is that of the fifth layer, whose membranes are floats.
    assertThat(footprint.tableBytes(1000, 3)).isEqualTo(1000 + 3 * 128 * 32 / 8);
    assertThat(footprint.packedBytes())
        .isEqualTo(TinyModels.tensorBytes(TinyModels.model(spec)))
        .isEqualTo(Footprint.of(spec.withMembraneBits(MembraneBits.of(8))).packedBytes() - 2 * 4);
    assertThat(footprint.membraneBytes(8)).isEqualTo(1600);
  }

  @Test
  void countsNeuronsOnceWhateverTheTimesteps() {
    NetworkSpec spec = Architectures.VGGSNN.spec(1, 10, 2, 16, 3, WeightScheme.REGULATED, 2);
    // 16² · (1 + 2) + 8² · (4 + 4) + 4² · (8 + 8) + 2² · (8 + 8)
    assertThat(Footprint.of(spec).neurons()).isEqualTo(768 + 512 + 256 + 64);
    assertThat(Footprint.of(spec).membraneBytes(2)).isEqualTo(1600 / 4);
  }
}
