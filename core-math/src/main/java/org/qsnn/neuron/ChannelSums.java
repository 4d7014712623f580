package org.qsnn.neuron;

/**
 * Sums over the gradient of a layer's input current, for batch normalization's backward pass; one
 * entry a channel.
 *
 * @param gradient Σ dx
 * @param first Σ dx · (y₁ − mean₁)
 * @param second Σ dx · (y₂ − mean₂); zeros without a second current
 */
public record ChannelSums(double[] gradient, double[] first, double[] second) {
  ChannelSums(int channels) {
    this(new double[channels], new double[channels], new double[channels]);
  }

  /** Σ dx · (y − mean) of the first branch, 0, or of the second, 1. */
  public double[] centered(int branch) {
    return branch == 0 ? first : second;
  }
}
