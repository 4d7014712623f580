package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear.Draw;

/** Architectures as text: what a line means, and what is said where it means nothing. */
class ArchitectureTest {
  private static NetworkSpec spec(Architecture architecture, int size) {
    return architecture.spec(architecture.fullWidth(), 2, 3, size, 10, WeightScheme.REGULATED, 8);
  }

  private static NetworkSpec spec(String layers, int size) {
    return spec(Architecture.custom(layers), size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conf 8, readout | 1 (conf 8): must be conv CHANNELS [kernel K]",
        "conv, readout | 1 (conv): conv must be followed by its value; found the end",
        "conv eight, readout | 1 (conv eight): conv must be a whole number from 1 to 4096; found eight",
        "conv 0, readout | 1 (conv 0): conv must be a whole number from 1 to 4096; found 0",
        "conv 8 kernel 3.5, readout | 1 (conv 8 kernel 3.5): kernel must be a whole number from 1 to 31; found 3.5",
        "conv 8 strides 2, readout | 1 (conv 8 strides 2): options are kernel, stride, padding, bias, named, times; found strides",
        "conv 8 bias bias, readout | 1 (conv 8 bias bias): bias must be there once; found it twice",
        "conv 8 padding 3, readout | 1 (conv 8 padding 3): padding must be smaller than the kernel, which is 3; found 3",
        "conv 8 named a.b, readout | 1 (conv 8 named a.b): a name must be a letter",
        "conv 8 named a times 2, readout | 1 (conv 8 named a times 2): a layer that is there 2 times must have no name; found a",
        "conv 8, max-pool 1, readout | 2 (max-pool 1): max-pool must be a whole number from 2 to 31; found 1",
        "conv 8, max-pool 2 stride 3, readout | 2 (max-pool 2 stride 3): stride must be a whole number from 1 to 2; found 3",
        "conv 8, global-average-pool 2, readout | 2 (global-average-pool 2): must end there; found 2 behind it",
        "conv 8, readout draw gaussian | 2 (readout draw gaussian): draw must be normal or uniform; found gaussian",
        "linear 8, readout | 1 (linear 8): must be a conv, which reads the input with weights of 8 bits; found another layer at the beginning",
        "conv 8, conv 8 | 2 (conv 8): must be a readout at the end; found none",
        "conv 8, readout, readout | 2 (readout): must be the last line; found layers behind it",
      })
  void namesTheLineThatIsNotAllowed(String layers, String message) {
    assertThatThrownBy(() -> Architecture.custom(layers))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("network.layers, line " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv 8, max-pool 2, max-pool 2, readout | 3 (max-pool 2): must stand behind neurons; found a pool before it",
        "conv 8 kernel 8 padding 0, conv 8 kernel 4 padding 0, readout | 2 (conv 8 kernel 4 padding 0): must read at least 4 × 4; found 1 × 1",
        "conv 8 kernel 8 padding 0, average-pool 2, readout | 2 (average-pool 2): must have windows that fit into what it reads; found 1 × 1",
        "conv 8 named a, conv 8 named a, readout | 2 (conv 8 named a): must have a name of its own; found a again",
        "conv 8, readout named convs | ",
      })
  void namesTheLineThatDoesNotFitTheOthers(String layers, String message) {
    if (message == null) {
      assertThat(spec(layers, 8).readout().layers().get(0).name()).isEqualTo("convs");
      return;
    }
    assertThatThrownBy(() -> spec(layers, 8))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("network.layers, line " + message);
  }

  @Test
  void refusesWhatStridesAndPoolsDoNotDivide() {
    assertThatThrownBy(() -> spec("conv 8 stride 2, max-pool 3, readout", 32))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("input size of custom: must be a multiple of 6; found 32");
  }

  @Test
  void aWidthThatLeavesALaterLayerNoChannelIsRefused() {
    Architecture architecture = Architecture.custom("conv 64, linear 8, readout");
    assertThatThrownBy(() -> architecture.spec(2, 2, 3, 8, 10, WeightScheme.REGULATED, 8))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "network.layers, line 2 (linear 8): must have a channel left; found none of 8 with this"
                + " network.width-factor");
  }

  @Test
  void everyWidthIsScaledWithTheFirst() {
    NetworkSpec spec = Architectures.RESNET19.spec(38, 2, 3, 32, 10, WeightScheme.REGULATED, 8);
    assertThat(spec.layers().stream().map(Layer::channels).distinct()).containsExactly(38, 76, 152);
  }

  @Test
  void itsTextMakesItAgain() {
    for (String key : Architectures.keys()) {
      Architecture architecture = Architectures.named(key);
      assertThat(spec(Architecture.custom(architecture.text()), 224).layers())
          .as(key)
          .isEqualTo(spec(architecture, 224).layers());
    }
  }

  @Test
  void whatFollowsANumberSignIsAComment() {
    assertThat(Architecture.custom("conv  8   bias # first,  , readout").text())
        .isEqualTo("conv 8 bias, readout");
  }

  @Test
  void saysHowTheReadoutIsDrawnAndCalled() {
    NetworkSpec.Linear linear =
        spec("conv 8, readout draw normal named scores", 8).readout().layers().get(0);
    assertThat(linear).isEqualTo(new NetworkSpec.Linear("scores", 512, 10, Draw.NORMAL));
  }

  /** He et al. 2016: 11.7 million parameters, of which 1,000 classes have 513,000. */
  @Test
  void resnet18HasTheShapesOfItsPaper() {
    NetworkSpec spec =
        Architectures.named("resnet18-imagenet")
            .spec(64, 4, 3, 224, 1000, WeightScheme.REGULATED, 8);
    assertThat(Footprint.of(spec).parameters()).isEqualTo(11_689_512);
    assertThat(spec.layers().stream().map(Layer::outputSize).distinct())
        .containsExactly(56, 28, 14, 7, 1);
    assertThat(spec.layers()).hasSize(17);
  }

  /** Simonyan and Zisserman 2015, with two numbers a channel of batch normalization for a bias. */
  @Test
  void vgg16HasTheShapesOfItsPaper() {
    NetworkSpec spec =
        Architectures.named("vgg16-imagenet").spec(64, 4, 3, 224, 1000, WeightScheme.REGULATED, 8);
    int channels = 2 * 64 + 2 * 128 + 3 * 256 + 6 * 512 + 2 * 4096;
    assertThat(Footprint.of(spec).parameters()).isEqualTo(138_357_544 + channels);
    assertThat(spec.convolutions()).hasSize(15);
  }
}
