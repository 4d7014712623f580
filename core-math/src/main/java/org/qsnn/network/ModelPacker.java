package org.qsnn.network;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.layer.BatchNormalization;
import org.qsnn.layer.BatchNormalization.Affine;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.PackedModel;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.SynapticWeights;

/** Turns what training knows into the packed model. */
public final class ModelPacker {
  private ModelPacker() {}

  /**
   * @param latent for what is not quantized: batch normalization, biases
   * @param statistics running statistics and membrane scales
   */
  public static PackedModel pack(
      NetworkLayout layout,
      SynapticWeights weights,
      Parameters latent,
      Parameters statistics,
      ModelDescription description) {
    NetworkSpec spec = layout.spec();
    List<FoldedBatchNorm> norms = new ArrayList<>();
    for (Convolution convolution : spec.convolutions()) {
      norms.add(fold(convolution, latent, statistics));
    }
    List<float[]> biases =
        spec.readout().layers().stream()
            .map(linear -> latent.get(NetworkLayout.bias(linear)))
            .toList();
    List<float[]> scales = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      scales.add(
          spec.membraneScales(i) > 0
              ? statistics.get(NetworkLayout.membraneScale(spec.layers().get(i)))
              : new float[0]);
    }
    return new PackedModel(spec, weights.tensors(), norms, biases, scales, description);
  }

  /** A convolution's bias moves into the offset. */
  private static FoldedBatchNorm fold(
      Convolution convolution, Parameters latent, Parameters statistics) {
    double[] mean = doubles(statistics.get(NetworkLayout.runningMean(convolution)));
    if (convolution.hasBias()) {
      float[] bias = latent.get(NetworkLayout.bias(convolution));
      for (int c = 0; c < mean.length; c++) {
        mean[c] -= bias[c];
      }
    }
    Affine affine =
        BatchNormalization.fold(
            mean,
            doubles(statistics.get(NetworkLayout.runningVariance(convolution))),
            latent.get(NetworkLayout.normWeight(convolution)),
            latent.get(NetworkLayout.normBias(convolution)));
    return new FoldedBatchNorm(affine.scale(), affine.offset());
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
