package org.qsnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.ParameterLayout.Window;

class NetworkLayoutGoldenTest {
  @TestFactory
  Stream<DynamicTest> namesAndShapesAreThoseOfTheReference() {
    return GoldenCase.tests("network", this::check);
  }

  private void check(GoldenCase golden) {
    int[] input = golden.shape("input");
    Architecture architecture = Architectures.named(golden.parameter("architecture").asText());
    NetworkSpec spec =
        architecture.spec(
            golden.parameter("width").intValue(),
            golden.parameter("timesteps").intValue(),
            input[input.length - 3],
            golden.parameter("input_size").intValue(),
            golden.parameter("classes").intValue(),
            WeightScheme.REGULATED,
            MembraneBits.of(golden.parameter("bits").intValue()),
            LifNeuron.PUBLISHED,
            golden.isAsWritten() ? Head.AVERAGED : architecture.usualHead());
    NetworkLayout layout = NetworkLayout.of(spec);

    assertThat(names(layout.parameters()))
        .containsExactlyInAnyOrderElementsOf(golden.tensors("grad."));
    List<String> state = golden.tensors("param.");
    assertThat(state).containsAll(names(layout.parameters()));
    List<Window> windows =
        Stream.of(layout.parameters(), layout.statistics())
            .flatMap(part -> part.windows().stream())
            .filter(window -> !window.name().endsWith(".membrane_scale"))
            .toList();
    assertThat(windows.stream().map(Window::name)).containsExactlyInAnyOrderElementsOf(state);
    for (Window window : windows) {
      assertThat(window.shape())
          .as(window.name())
          .isEqualTo(golden.shape("param." + window.name()));
    }
  }

  private static List<String> names(ParameterLayout layout) {
    return layout.windows().stream().map(Window::name).toList();
  }
}
