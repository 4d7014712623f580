package org.qsnn.deploy;

import java.util.List;

/**
 * A layer of neurons. In units of 2^−fraction, with R for {@link Rounding#toFloat}:
 *
 * <pre>
 *   x = R(factor · sum + offset)        then, of a second branch,  x = R(x + factor2 · sum2)
 *   u = R(x + carried[code])            from the second timestep on
 *   spike where u &gt; threshold, and then u = R(u − subtracted)
 *   the next code is that of u; 0 of a neuron that fired, where nothing is subtracted
 * </pre>
 *
 * @param size height and width of the neurons
 * @param threshold u fires above it; a float in units
 * @param subtracted of u that fired, in units; 0 where such a neuron is reset to 0
 * @param offsets one a channel
 * @param membranes of each timestep but the last
 * @param pool behind the neurons
 */
public record IntegerLayer(
    String name,
    int channels,
    int size,
    int fraction,
    long threshold,
    long subtracted,
    List<IntegerBranch> branches,
    long[] offsets,
    List<IntegerMembrane> membranes,
    IntegerPool pool) {
  public IntegerLayer {
    branches = List.copyOf(branches);
    membranes = List.copyOf(membranes);
  }

  /** Height and width of what readers see. */
  public int outputSize() {
    return pool.outputSize(size);
  }

  /** Readers see counts from 0 to this. */
  public int counts() {
    return pool.counts();
  }
}
