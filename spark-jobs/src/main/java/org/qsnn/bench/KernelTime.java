package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** How long one kernel of one layer takes in a step, and how good that is. */
interface KernelTime {
  /** Name of the layer or of the convolution. */
  String layer();

  String kernel();

  double seconds();

  /** What it achieves, for people. */
  String achieved();

  void putAchieved(ObjectNode json);

  /**
   * A convolution's pass.
   *
   * @param operations float operations that the same pass takes in float32
   * @param rooflineSeconds of that float32 pass through ND4J
   */
  record Synaptic(
      String layer, String kernel, double seconds, double operations, double rooflineSeconds)
      implements KernelTime {
    @Override
    public String achieved() {
      return String.format(
          Locale.ROOT,
          "%7.1f GFLOP/s, %4.0f %% of %.1f",
          gflops(seconds),
          100 * rooflineSeconds / seconds,
          gflops(rooflineSeconds));
    }

    @Override
    public void putAchieved(ObjectNode json) {
      json.put("gflops", BenchmarkResult.rounded(gflops(seconds)));
      json.put("roofline_gflops", BenchmarkResult.rounded(gflops(rooflineSeconds)));
    }

    private double gflops(double time) {
      return operations / time / 1e9;
    }
  }

  /**
   * A pass over activations.
   *
   * @param elements of all timesteps that it goes over
   */
  record Elementwise(String layer, String kernel, double seconds, double elements)
      implements KernelTime {
    @Override
    public String achieved() {
      return String.format(Locale.ROOT, "%7.2f ns per element", nanos());
    }

    @Override
    public void putAchieved(ObjectNode json) {
      json.put("ns_per_element", BenchmarkResult.rounded(nanos()));
    }

    private double nanos() {
      return seconds * 1e9 / elements;
    }
  }
}
