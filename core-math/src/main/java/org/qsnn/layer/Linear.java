package org.qsnn.layer;

import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.qsnn.tensor.FloatTensor;

/** The readout's matrix products, in ND4J: logits = x · wᵀ + b. */
public final class Linear {
  private Linear() {}

  /**
   * @param x {@code [N, features]}
   * @param w {@code [classes, features]}
   * @param bias one a class
   * @return logits {@code [N, classes]} in C order
   */
  public static float[] forward(FloatTensor x, FloatTensor w, float[] bias) {
    try (FloatTensor y = FloatTensor.allocate(x.dimension(0), w.dimension(0))) {
      multiply(x, w, y, 0, 1);
      float[] logits = y.toArray();
      for (int i = 0; i < logits.length; i++) {
        logits[i] += bias[i % bias.length];
      }
      return logits;
    }
  }

  /** The gradients with respect to x and w, given the one with respect to the logits. */
  public static void backward(
      FloatTensor x,
      FloatTensor w,
      FloatTensor logitGradient,
      FloatTensor xGradient,
      FloatTensor wGradient) {
    multiply(logitGradient, w, xGradient, 0, 0);
    multiply(logitGradient, x, wGradient, 1, 0);
  }

  private static void multiply(
      FloatTensor a, FloatTensor b, FloatTensor product, int transposeA, int transposeB) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a.array(), b.array())
            .addOutputs(product.array())
            .addIntegerArguments(transposeA, transposeB, 0)
            .build());
  }
}
