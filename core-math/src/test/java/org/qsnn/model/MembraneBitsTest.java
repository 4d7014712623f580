package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

class MembraneBitsTest {
  @Test
  void theSameForEachLayerIsOneNumberForAll() {
    assertThat(new MembraneBits(List.of(4, 4, 4))).isEqualTo(MembraneBits.of(4));
    assertThat(MembraneBits.parse("4,4").toString()).isEqualTo("4");
    assertThat(MembraneBits.of(4).at(16)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "32", "2,4,8,32"})
  void areReadAsTheyAreWritten(String text) {
    assertThat(MembraneBits.parse(text).toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "2,3", "4,", ",", "4;2", "99999999999", "four"})
  void whatIsNoNumberOfBitsIsRefused(String text) {
    assertThatThrownBy(() -> MembraneBits.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("network.membrane-bits: must be 2, 4, 8 or 32");
  }

  @Test
  void areThoseOfEachLayerInOrder() {
    MembraneBits bits = MembraneBits.parse("2,8,32");
    assertThat(bits.at(1)).isEqualTo(8);
    assertThat(bits.hasFloats()).isTrue();
    assertThat(bits.shown()).isEqualTo("2-32");
    assertThat(MembraneBits.of(2).shown()).isEqualTo("2");
  }

  @Test
  void thoseOfAnotherNumberOfLayersAreRefusedWithTheLayersThatThereAre() {
    MembraneBits.of(4).requireFits(List.of("a", "b", "c"));
    assertThatThrownBy(() -> MembraneBits.parse("2,4").requireFits(List.of("a", "b", "c")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "network.membrane-bits: must be one number, or one for each of the 3 spiking layers"
                + " a, b, c; found 2 numbers");
  }

  @Test
  void aLayerIsListedUnderTheNameOfItsFirstConvolution() {
    assertThat(Architectures.RESNET19.layerNames())
        .startsWith("stem", "blocks.0.first", "blocks.0.second", "blocks.1.first")
        .endsWith("blocks.7.second")
        .hasSize(17);
    assertThat(
            Architecture.custom(
                    "conv 4 padding 0 named eye, max-pool 3 stride 2, residual-block 6, linear 5 times 2, readout")
                .layerNames())
        .containsExactly("eye", "blocks.0.first", "blocks.0.second", "linears.0", "linears.1");
    for (String key : Architectures.keys()) {
      Architecture architecture = Architectures.named(key);
      NetworkSpec spec =
          architecture.spec(architecture.width(1), 2, 2, 64, 3, WeightScheme.REGULATED, 8);
      assertThat(architecture.layerNames())
          .isEqualTo(spec.layers().stream().map(NetworkSpec.Layer::listedName).toList());
    }
  }
}
