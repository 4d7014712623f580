package org.qsnn.layer;

import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.FloatTensor;

/** ND4J's convolution without bias, into tensors that exist already. */
public final class Convolution2d {
  private Convolution2d() {}

  /**
   * y = x ∗ w.
   *
   * @param x {@code [N, in, H, W]}
   * @param w {@code [out, in, k, k]}
   * @param y {@code [N, out, H', W']}
   */
  public static void forward(Convolution shape, FloatTensor x, FloatTensor w, FloatTensor y) {
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(x.array(), w.array())
            .addOutputs(y.array())
            .addIntegerArguments(arguments(shape))
            .build());
  }

  /** The gradients with respect to x and w, given the one with respect to y. */
  public static void backward(
      Convolution shape,
      FloatTensor x,
      FloatTensor w,
      FloatTensor yGradient,
      FloatTensor xGradient,
      FloatTensor wGradient) {
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d_bp")
            .addInputs(x.array(), w.array(), yGradient.array())
            .addOutputs(xGradient.array(), wGradient.array())
            .addIntegerArguments(arguments(shape))
            .build());
  }

  /** Kernel, stride, padding, dilation; explicit padding, NCHW, weights OIHW. */
  private static int[] arguments(Convolution c) {
    int k = c.kernel();
    int s = c.stride();
    int p = c.padding();
    return new int[] {k, k, s, s, p, p, 1, 1, 0, 0, 1};
  }
}
