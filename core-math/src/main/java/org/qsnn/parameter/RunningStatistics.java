package org.qsnn.parameter;

import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.parameter.ParameterLayout.Window;

/** How running statistics and membrane scales follow those of a step's batches. */
public final class RunningStatistics {
  private static final float MOMENTUM = 0.1f;

  private RunningStatistics() {}

  /**
   * running ← 0.9 · running + 0.1 · batch. Membrane scales start as the first step's. Training
   * leaves out a convolution's bias, so the batch's mean gets it here.
   *
   * @param batch means over the shards in statistics layout
   * @param isFirst whether this is the first step of the training
   */
  public static void updateInPlace(
      NetworkLayout layout, Parameters running, Parameters latent, float[] batch, boolean isFirst) {
    float[] seen = batch.clone();
    for (Convolution convolution : layout.spec().convolutions()) {
      if (convolution.hasBias()) {
        Window mean = layout.statistics().window(NetworkLayout.runningMean(convolution));
        Window bias = layout.parameters().window(NetworkLayout.bias(convolution));
        for (int c = 0; c < mean.length(); c++) {
          seen[mean.offset() + c] += latent.values()[bias.offset() + c];
        }
      }
    }
    float[] values = running.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (1 - MOMENTUM) * values[i] + MOMENTUM * seen[i];
    }
    if (isFirst) {
      for (Window scale : layout.membraneScales()) {
        System.arraycopy(seen, scale.offset(), values, scale.offset(), scale.length());
      }
    }
  }
}
