package org.qsnn.nir;

/**
 * {@code tau · dv/dt = v_leak − v + r · x}, or {@code dv/dt = r · x} of a node without leak, under
 * forward Euler; fires where {@code v > v_threshold} and is {@code v_reset} then. The membrane is
 * float32, as simulators have it, starts at 0, and is rounded once a timestep.
 */
final class NirNeurons implements NirOperator {
  private final int[] shape;
  private final boolean isLeaky;
  private final double[] rates;
  private final double[] r;
  private final double[] leaks;
  private final double[] thresholds;
  private final double[] resets;
  private final float[] v;

  NirNeurons(NirNode node, int batch, double dt) {
    this.shape = node.field("r").shape();
    this.isLeaky = node.type().equals("LIF");
    this.r = node.doubles("r");
    this.rates = isLeaky ? node.doubles("tau").clone() : new double[r.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = isLeaky ? dt / rates[i] : dt;
    }
    this.leaks = isLeaky ? node.doubles("v_leak") : new double[r.length];
    this.thresholds = node.doubles("v_threshold");
    this.resets = node.doubles("v_reset");
    this.v = new float[batch * rates.length];
  }

  @Override
  public int[] shape() {
    return shape;
  }

  @Override
  public float[] apply(float[] x) {
    float[] spikes = new float[x.length];
    for (int from = 0; from < x.length; from += rates.length) {
      for (int i = 0; i < rates.length; i++) {
        double former = v[from + i];
        double leak = isLeaky ? leaks[i] - former : 0;
        float next = (float) (former + rates[i] * (leak + r[i] * x[from + i]));
        boolean fires = next > thresholds[i];
        spikes[from + i] = fires ? 1 : 0;
        v[from + i] = fires ? (float) resets[i] : next;
      }
    }
    return spikes;
  }
}
