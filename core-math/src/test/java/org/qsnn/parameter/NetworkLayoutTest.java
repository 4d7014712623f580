package org.qsnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.ParameterLayout.Window;

class NetworkLayoutTest {
  @Test
  void fullNetworksHaveThePublishedNumberOfParameters() {
    assertThat(resnet(128, 2, 10, 8).parameters().size()).isEqualTo(12_569_226);
    assertThat(resnet(128, 2, 100, 8).parameters().size()).isEqualTo(12_615_396);
    assertThat(vgg(64, 10, 10).parameters().size()).isEqualTo(9_271_498);
    assertThat(vgg(64, 10, 11).parameters().size()).isEqualTo(9_276_107);
  }

  @Test
  void parametersLieInOrderOfExecution() {
    assertThat(names(vgg(4, 2, 10).parameters()))
        .startsWith(
            "convs.0.conv.weight",
            "convs.0.conv.bias",
            "convs.0.bn.weight",
            "convs.0.bn.bias",
            "convs.1.conv.weight")
        .endsWith("fc.weight", "fc.bias");
    assertThat(names(resnet(4, 2, 10, 8).parameters()))
        .startsWith(
            "stem.conv.weight", "stem.bn.weight", "stem.bn.bias", "blocks.0.first.conv.weight")
        .containsSubsequence(
            "blocks.3.first.conv.weight",
            "blocks.3.second.conv.weight",
            "blocks.3.shortcut.conv.weight",
            "blocks.4.first.conv.weight");
  }

  @Test
  void everySpikingLayerHasAMembraneScaleForEachTimestepButTheLast() {
    NetworkLayout layout = resnet(4, 3, 10, 4);
    assertThat(layout.membraneScales()).hasSize(17);
    assertThat(layout.spec().layers())
        .hasSize(17)
        .allSatisfy(
            layer ->
                assertThat(layout.statistics().window(NetworkLayout.membraneScale(layer)).shape())
                    .containsExactly(2));
  }

  @Test
  void aMembraneThatIsFloatOrCarriedNowhereHasNoScale() {
    assertThat(names(resnet(4, 1, 10, 8).statistics()))
        .noneMatch(name -> name.contains("membrane"))
        .hasSize(2 * resnet(4, 1, 10, 8).spec().convolutions().size());
    assertThat(resnet(4, 2, 10, 32).membraneScales()).isEmpty();
  }

  @Test
  void onlyLayersWhoseMembraneIsQuantizedHaveAScale() {
    NetworkLayout layout =
        NetworkLayout.of(
            vgg(4, 2, 10)
                .spec()
                .withMembraneBits(new MembraneBits(List.of(2, 32, 4, 8, 32, 8, 8, 8))));
    assertThat(layout.membraneScales())
        .extracting(Window::name)
        .startsWith("lifs.0.membrane_scale", "lifs.2.membrane_scale", "lifs.3.membrane_scale")
        .hasSize(6);
  }

  @Test
  void othersAreTheVectorsButConvolutionBiases() {
    NetworkLayout layout = vgg(4, 2, 10);
    assertThat(names(layout.others()))
        .containsExactlyElementsOf(
            layout.parameters().windows().stream()
                .filter(window -> !window.isWeight())
                .map(Window::name)
                .filter(name -> !name.endsWith(".conv.bias"))
                .toList());
  }

  @Test
  void synapsesAreTheConvolutionsThenTheReadout() {
    NetworkLayout layout = resnet(4, 2, 10, 8);
    List<String> synapses = layout.synapses().stream().map(Window::name).toList();
    assertThat(synapses).hasSize(layout.spec().convolutions().size() + 1).endsWith("fc.weight");
    assertThat(synapses.subList(0, synapses.size() - 1))
        .containsExactlyElementsOf(
            layout.spec().convolutions().stream().map(NetworkLayout::weight).toList());
  }

  private static List<String> names(ParameterLayout layout) {
    return layout.windows().stream().map(Window::name).toList();
  }

  private static NetworkLayout resnet(int width, int timesteps, int classes, int membraneBits) {
    return NetworkLayout.of(
        Architectures.RESNET19.spec(
            width, timesteps, 3, 32, classes, WeightScheme.REGULATED, membraneBits));
  }

  private static NetworkLayout vgg(int width, int timesteps, int classes) {
    return NetworkLayout.of(
        Architectures.VGGSNN.spec(width, timesteps, 2, 48, classes, WeightScheme.REGULATED, 8));
  }
}
