package org.qsnn.nir;

/**
 * {@code tau · dv/dt = v_leak − v + r · x} under forward Euler; fires where {@code v > v_threshold}
 * and is {@code v_reset} then. The membrane is float32, as simulators have it, starts at 0, and is
 * rounded once a timestep.
 */
final class NirNeurons implements NirOperator {
  private final int[] shape;
  private final double[] rates;
  private final double[] r;
  private final double[] leaks;
  private final double[] thresholds;
  private final double[] resets;
  private final float[] v;

  NirNeurons(NirNode node, int batch, double dt) {
    this.shape = node.field("tau").shape();
    this.rates = node.doubles("tau").clone();
    for (int i = 0; i < rates.length; i++) {
      rates[i] = dt / rates[i];
    }
    this.r = node.doubles("r");
    this.leaks = node.doubles("v_leak");
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
        float next = (float) (former + rates[i] * (leaks[i] - former + r[i] * x[from + i]));
        boolean fires = next > thresholds[i];
        spikes[from + i] = fires ? 1 : 0;
        v[from + i] = fires ? (float) resets[i] : next;
      }
    }
    return spikes;
  }
}
