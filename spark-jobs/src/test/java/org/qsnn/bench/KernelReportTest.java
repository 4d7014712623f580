package org.qsnn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;

class KernelReportTest {
  private static final KernelReport REPORT =
      new KernelReport(
          new BenchmarkOptions(Architectures.RESNET19, 1, 2, 16, 2, 32),
          0.1,
          List.of(
              new KernelTime.Synaptic("blocks.0.first", "binary forward", 0.02, 4e9, 0.04),
              new KernelTime.Elementwise("blocks.0.lif1", "lif forward", 0.003, 2e6),
              new KernelTime.Synaptic("blocks.0.second", "binary forward", 0.04, 4e9, 0.02)));

  @Test
  void tableShowsKernelsSumsAndTheRest() {
    assertThat(REPORT.text())
        .containsExactly(
            "resnet19 × 1.0, T = 2, a task of 8 samples on one thread: 100.0 ms a step",
            "layer              kernel                  ms   share  achieved, of ND4J's",
            "blocks.0.first     binary forward       20.00  20.0 %    200.0 GFLOP/s,  200 % of 100.0",
            "blocks.0.lif1      lif forward           3.00   3.0 %     1.50 ns per element",
            "blocks.0.second    binary forward       40.00  40.0 %    100.0 GFLOP/s,   50 % of 200.0",
            "all layers         binary forward       60.00  60.0 %",
            "all layers         lif forward           3.00   3.0 %",
            "everything else                         37.00  37.0 %");
  }

  @Test
  void jsonHasOneObjectALine() throws IOException {
    List<String> lines = REPORT.json();
    JsonNode synaptic = new ObjectMapper().readTree(lines.get(0));
    JsonNode elementwise = new ObjectMapper().readTree(lines.get(1));
    JsonNode step = new ObjectMapper().readTree(lines.get(lines.size() - 1));

    assertThat(synaptic.get("share").doubleValue()).isEqualTo(0.2);
    assertThat(synaptic.get("gflops").doubleValue()).isEqualTo(200);
    assertThat(synaptic.get("roofline_gflops").doubleValue()).isEqualTo(100);
    assertThat(elementwise.get("ns_per_element").doubleValue()).isEqualTo(1.5);
    assertThat(lines.subList(3, 6))
        .extracting(line -> new ObjectMapper().readTree(line).get("ms").doubleValue())
        .containsExactly(60.0, 3.0, 37.0);
    assertThat(step.get("what").textValue()).isEqualTo("step");
    assertThat(step.get("network").textValue()).isEqualTo("resnet19");
  }
}
