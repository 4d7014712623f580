package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Layer;

class ArchitecturesTest {
  @ParameterizedTest
  @CsvSource({
    "resnet19, 33, input size of resnet19: must be a multiple of 4; found 33",
    "resnet19, 0, input size of resnet19: must be a multiple of 4; found 0",
    "resnet19, 30, input size of resnet19: must be a multiple of 4; found 30",
    "vggsnn, 8, input size of vggsnn: must be a multiple of 16; found 8",
    "vggsnn, 40, input size of vggsnn: must be a multiple of 16; found 40",
  })
  void refusesInputsThatItCannotHalve(String architecture, int size, String message) {
    assertRefused(() -> spec(architecture, 1, 2, 3, size, 10, 8), message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 3, 10, 8, network.width: must be at least 1; found 0",
    "1, 0, 3, 10, 8, network.timesteps: must be at least 1; found 0",
    "1, 2, 0, 10, 8, input channels: must be at least 1; found 0",
    "1, 2, 3, 1, 8, number of classes: must be at least 2; found 1",
    "1, 2, 3, 10, 3, 'network.membrane-bits: must be 2, 4, 8 or 32; found 3'",
    "1, 2, 3, 10, 16, 'network.membrane-bits: must be 2, 4, 8 or 32; found 16'",
  })
  void namesTheSizeThatIsOutOfRange(
      int width, int timesteps, int channels, int classes, int bits, String message) {
    assertRefused(() -> spec("resnet19", width, timesteps, channels, 32, classes, bits), message);
  }

  private static NetworkSpec spec(
      String architecture,
      int width,
      int timesteps,
      int channels,
      int size,
      int classes,
      int bits) {
    return Architectures.named(architecture)
        .spec(width, timesteps, channels, size, classes, WeightScheme.REGULATED, bits);
  }

  private static void assertRefused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(ConfigurationException.class).hasMessage(message);
  }

  @Test
  void listsTheNamesThatThereAre() {
    assertThatThrownBy(() -> Architectures.named("resnet-19"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "network.architecture: must be one of resnet19, vggsnn, vgg16, vgg16-imagenet, resnet18,"
                + " resnet18-tiny-imagenet, resnet18-imagenet, custom; found resnet-19");
  }

  @ParameterizedTest
  @CsvSource({"1, 128", "0.125, 16", "0.0078125, 1", "0.005, 1"})
  void widthFactorScalesTheFirstLayer(double factor, int width) {
    assertThat(Architectures.RESNET19.width(factor)).isEqualTo(width);
  }

  @Test
  void aWidthFactorThatLeavesNoChannelIsRefused() {
    assertThatThrownBy(() -> Architectures.VGGSNN.width(0.005))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("network.width-factor: 0.005 leaves no channel of 64")
        .hasMessageEndingWith("the smallest is 1/64");
  }

  @Test
  void resnetHas17LayersAndAShortcutInEveryBlock() {
    NetworkSpec spec = spec("resnet19", 128, 2, 3, 32, 10, 8);
    List<Layer> layers = spec.layers();
    assertThat(layers).hasSize(17);
    assertThat(layers.stream().map(Layer::size).distinct()).containsExactly(32, 16, 8);
    assertThat(layers.stream().map(Layer::channels).distinct()).containsExactly(128, 256, 512);
    long identities =
        layers.stream()
            .flatMap(layer -> layer.branches().stream())
            .filter(NetworkSpec.Identity.class::isInstance)
            .count();
    assertThat(identities).isEqualTo(6);
    assertThat(spec.convolutions().stream().filter(c -> c.kernel() == 1)).hasSize(2);
    assertThat(spec.readout().features()).isEqualTo(512);
  }

  @Test
  void everyLayerReadsWhatItsSourcesYield() {
    for (NetworkSpec spec :
        List.of(
            spec("resnet19", 4, 2, 3, 32, 10, 8),
            spec("vggsnn", 4, 10, 2, 48, 11, 4),
            spec("vgg16", 4, 4, 3, 64, 200, 8),
            spec("resnet18", 4, 2, 3, 32, 10, 8),
            spec("resnet18-tiny-imagenet", 4, 2, 3, 64, 200, 8))) {
      for (int i = 0; i < spec.layers().size(); i++) {
        Layer layer = spec.layers().get(i);
        for (Branch branch : layer.branches()) {
          boolean isInput = branch.source() == NetworkSpec.INPUT;
          assertThat(branch.source()).isLessThan(i);
          Layer source = isInput ? null : spec.layers().get(branch.source());
          int channels = isInput ? spec.inputChannels() : source.channels();
          int size = isInput ? spec.inputSize() : source.outputSize();
          if (branch instanceof NetworkSpec.Convolved convolved) {
            assertThat(channels).isEqualTo(convolved.convolution().inChannels());
            assertThat(size).isEqualTo(layer.size() * convolved.convolution().stride());
          } else {
            assertThat(channels).isEqualTo(layer.channels());
            assertThat(size).isEqualTo(layer.size());
          }
        }
      }
    }
  }
}
