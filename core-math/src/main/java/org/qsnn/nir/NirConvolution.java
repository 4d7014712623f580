package org.qsnn.nir;

import org.qsnn.layer.Convolution2d;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.FloatTensor;

/** {@code y = weight ∗ x + bias}, padded with zeros. */
final class NirConvolution implements NirOperator {
  private final Convolution convolution;
  private final int[] shape;
  private final float[] bias;
  private final FloatTensor weight;
  private final FloatTensor x;
  private final FloatTensor y;

  NirConvolution(NirNode node, int[] input, int batch) {
    int[] weightShape = node.field("weight").shape();
    int kernel = weightShape[2];
    int stride = node.ints("stride")[0];
    int padding = node.ints("padding")[0];
    int size = (input[1] + 2 * padding - kernel) / stride + 1;
    this.convolution =
        new Convolution(
            node.type(), weightShape[1], weightShape[0], kernel, stride, padding, true, false);
    this.shape = new int[] {weightShape[0], size, size};
    this.bias = node.floats("bias");
    this.weight = FloatTensor.of(node.floats("weight"), weightShape);
    this.x = FloatTensor.allocate(batch, input[0], input[1], input[2]);
    this.y = FloatTensor.allocate(batch, weightShape[0], size, size);
  }

  @Override
  public int[] shape() {
    return shape;
  }

  @Override
  public float[] apply(float[] values) {
    x.write(values);
    Convolution2d.forward(convolution, x, weight, y);
    float[] sums = new float[y.size()];
    y.read(0, sums, 0, sums.length);
    int plane = shape[1] * shape[2];
    for (int i = 0; i < sums.length; i++) {
      sums[i] += bias[i / plane % bias.length];
    }
    return sums;
  }

  @Override
  public void close() {
    weight.close();
    x.close();
    y.close();
  }
}
