package org.qsnn.neuron;

import org.qsnn.model.LifNeuron;
import org.qsnn.model.Surrogate;
import org.qsnn.tensor.BlockGrid;

/**
 * A LIF layer fused with the affine part of batch normalization and the shortcut's addition, so
 * that each timestep is one pass over its activations (METHOD: Neuron).
 *
 * <pre>
 *   x[t] = Σ scale·y[t] + offset          u[t] = decay · m[t−1] + x[t]
 *   s[t] = u[t] &gt; threshold            h[t] = reset(u[t])
 *   v[t] = tanh(h[t])                     α[t] = max |v[t]|
 *   m[t] = quantize(v[t], α[t])           computed while t+1 reads v[t]
 * </pre>
 *
 * Backward, with g = ds, from the last timestep to the first (the reset is differentiated, here the
 * hard one, h = (1 − s) · u, and then the soft one, h = u − threshold · s):
 *
 * <pre>
 *   dh[t] = dm[t] · (1 − v[t]²)           straight through the rounding
 *   du[t] = (g[t] − dh[t] · u[t]) · surrogate(u[t]) + dh[t] · (1 − s[t])
 *   du[t] = (g[t] − dh[t] · threshold) · surrogate(u[t]) + dh[t]
 *   dx[t] = du[t]                         dm[t−1] = decay · du[t]
 * </pre>
 *
 * <p>Chunks of whole planes are copied to the heap, go through {@link LifEquations} and are copied
 * back. The planes of a chunk stay in the first-level cache in between. Only spikes outlive the
 * forward pass: u and v of a chunk are cheaper to compute again than to write to memory and read.
 */
public final class LifKernel {
  /** Elements of a chunk, unless one plane has more. */
  private static final int CHUNK = 1024;

  private final LifEquations equations;
  private final SurrogateGradient surrogate;

  /** With the published code's neurons. */
  public LifKernel() {
    this(LifNeuron.PUBLISHED, Surrogate.PUBLISHED);
  }

  public LifKernel(LifNeuron neuron, Surrogate surrogate) {
    this(
        LifEquations.best(LifConstants.of(neuron)),
        SurrogateGradient.best(surrogate, neuron.threshold()));
  }

  LifKernel(LifEquations equations, SurrogateGradient surrogate) {
    this.equations = equations;
    this.surrogate = surrogate;
  }

  /**
   * What a timestep tells about itself.
   *
   * @param largest α[t]; 0 for the last timestep and for a float membrane; NaN if a membrane
   *     potential is not finite
   * @param spikes number of spikes
   */
  public record LifStep(float largest, long spikes) {}

  /**
   * Computes one timestep.
   *
   * @param carried how {@code stored} of the previous timestep is read; {@link MembraneScale#NONE}
   *     for the first
   */
  public LifStep forward(LifLayer layer, int timestep, MembraneScale carried) {
    int planes = layer.planes();
    int perChunk = planesPerChunk(layer);
    ForwardChunk chunk = new ForwardChunk(equations, layer, timestep, carried, perChunk);
    for (int plane = 0; plane < planes; plane += perChunk) {
      chunk.compute(plane, Math.min(perChunk, planes - plane));
    }
    return chunk.result();
  }

  /**
   * Computes all timesteps' gradients. What the forward pass did not keep is computed again, from
   * the currents and α.
   *
   * @param scales α of each timestep but the last, as {@link #forward} found them
   */
  public ChannelSums backward(LifLayer layer, float[] scales, LifGradient gradient) {
    BackwardRule rule = new AfterResetBackward(equations, layer, scales);
    return BackwardChunk.backward(equations, surrogate, rule, layer, gradient);
  }

  /**
   * The same equations for the blocks of a layer.
   *
   * @param scales α of each timestep but the last, unless the membrane is a float
   */
  BlockForward.Rule blocks(LifBlocks layer, float[] scales) {
    int levels = layer.levels();
    int n = BlockGrid.neurons();
    return (timestep, memory, u, carried, words) -> {
      if (timestep > 0) {
        float alpha = levels > 0 ? scales[timestep - 1] : 0f;
        MembraneScale former = new MembraneScale(alpha, levels);
        if (!former.isZero()) {
          equations.leak(memory, carried, former, memory, u, n);
        }
      }
      boolean isFinite = equations.fire(memory, u, words);
      if (layer.carries(timestep)) {
        equations.store(memory, u, levels, memory, carried, n);
      }
      return isFinite;
    };
  }

  static int planesPerChunk(LifLayer layer) {
    return Math.max(1, CHUNK / layer.plane());
  }
}
