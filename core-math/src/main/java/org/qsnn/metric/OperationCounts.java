package org.qsnn.metric;

import java.io.Serializable;

/**
 * Synaptic operations that were made for some samples, over all timesteps: one for each weight that
 * is not 0 and meets an input that is not 0. Integers, so merging is exact in any order.
 *
 * @param multiplications with accumulation: of layers whose inputs are numbers
 * @param accumulations of layers whose inputs are spikes
 */
public record OperationCounts(long multiplications, long accumulations) implements Serializable {
  public static final OperationCounts NONE = new OperationCounts(0, 0);

  public OperationCounts plus(OperationCounts other) {
    return new OperationCounts(
        Math.addExact(multiplications, other.multiplications),
        Math.addExact(accumulations, other.accumulations));
  }
}
