package org.qsnn.parameter;

import java.util.List;
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
    float[] seen = withBiases(layout, latent, batch);
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

  /**
   * The plain mean over batches, for parameters that were not trained with these statistics.
   *
   * @param batches at least one, each as in {@link #updateInPlace}
   */
  public static Parameters mean(NetworkLayout layout, Parameters latent, List<float[]> batches) {
    double[] sums = new double[layout.statistics().size()];
    for (float[] batch : batches) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += batch[i];
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / batches.size());
    }
    return new Parameters(layout.statistics(), withBiases(layout, latent, means));
  }

  private static float[] withBiases(NetworkLayout layout, Parameters latent, float[] batch) {
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
    return seen;
  }
}
