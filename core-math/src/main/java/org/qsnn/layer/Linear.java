package org.qsnn.layer;

import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.qsnn.tensor.FloatTensor;

/** The readout's matrix products, in ND4J: y = x · wᵀ + b. */
public final class Linear {
  private Linear() {}

  /**
   * @param x {@code [N, features]}
   * @param w {@code [outputs, features]}
   * @param bias one an output
   * @return y {@code [N, outputs]} in C order
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

  /**
   * As {@link #forward}, each output a sum in double in the order of the features: a row has the
   * same bits in every batch, which no blocked matrix product promises.
   *
   * @param x {@code [N, features]} in C order
   * @param w {@code [outputs, features]} in C order
   */
  static float[] infer(float[] x, float[] w, float[] bias) {
    int outputs = bias.length;
    int features = w.length / outputs;
    float[] y = new float[x.length / features * outputs];
    for (int i = 0; i < y.length; i++) {
      int row = i / outputs;
      int k = i % outputs;
      double sum = bias[k];
      for (int j = 0; j < features; j++) {
        sum += (double) w[k * features + j] * x[row * features + j];
      }
      y[i] = (float) sum;
    }
    return y;
  }

  /** The gradients with respect to x and w, given the one with respect to y. */
  public static void backward(
      FloatTensor x,
      FloatTensor w,
      FloatTensor yGradient,
      FloatTensor xGradient,
      FloatTensor wGradient) {
    multiply(yGradient, w, xGradient, 0, 0);
    multiply(yGradient, x, wGradient, 1, 0);
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
