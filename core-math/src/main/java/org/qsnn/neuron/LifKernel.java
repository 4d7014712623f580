package org.qsnn.neuron;

/**
 * A LIF layer fused with the affine part of batch normalization and the shortcut's addition, so
 * that each timestep is one pass over its activations (METHOD: Neuron).
 *
 * <pre>
 *   x[t] = Σ scale·y[t] + offset          u[t] = DECAY · m[t−1] + x[t]
 *   s[t] = u[t] &gt; THRESHOLD            h[t] = (1 − s[t]) · u[t]
 *   v[t] = tanh(h[t])                     α[t] = max |v[t]|
 *   m[t] = quantize(v[t], α[t])           computed while t+1 reads v[t]
 * </pre>
 *
 * Backward, with g = ds, from the last timestep to the first (the reset is differentiated):
 *
 * <pre>
 *   dh[t] = dm[t] · (1 − v[t]²)           straight through the rounding
 *   du[t] = (g[t] − dh[t] · u[t]) · surrogate(u[t]) + dh[t] · (1 − s[t])
 *   dx[t] = du[t]                         dm[t−1] = DECAY · du[t]
 * </pre>
 *
 * All implementations give the same bits: sums run in {@link #LANES} interleaved lanes that are
 * added in order, and no operation depends on how wide the machine's vectors are.
 */
public interface LifKernel {
  /** Element i of a plane belongs to partial sum {@code i % LANES}. */
  int LANES = 8;

  /**
   * Computes one timestep.
   *
   * @param carried how {@code stored} of the previous timestep is read; {@link MembraneScale#NONE}
   *     for the first
   */
  LifStep forward(LifLayer layer, int timestep, MembraneScale carried);

  /** Computes all timesteps' gradients. */
  ChannelSums backward(LifLayer layer, LifGradient gradient);

  /**
   * What a timestep tells about itself.
   *
   * @param largest α[t]; 0 for the last timestep and for a float membrane
   * @param spikes number of spikes
   */
  record LifStep(float largest, long spikes) {}

  /** The fastest implementation on this JVM: vectors where the Vector API's module is present. */
  static LifKernel best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? new VectorLifKernel() : new PlainLifKernel();
  }
}
