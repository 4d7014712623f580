package org.qsnn.nir;

import org.qsnn.DataException;

/** What a node computes, one timestep after another, of a batch of samples. */
interface NirOperator extends AutoCloseable {
  /** Of one sample of what it returns. */
  int[] shape();

  /**
   * One timestep.
   *
   * @param x {@code [B, input shape]}
   * @return {@code [B, shape]}; x itself where nothing is changed
   */
  float[] apply(float[] x);

  @Override
  default void close() {}

  /**
   * @param input shape of one sample of what the node reads
   */
  static NirOperator of(NirNode node, int[] input, int batch, double dt) {
    return switch (node.type()) {
      case "Conv2d" -> new NirConvolution(node, input, batch);
      case "LIF", "IF" -> new NirNeurons(node, batch, dt);
      case "AvgPool2d" -> new NirPool(node, input, true);
      case "SumPool2d" -> new NirPool(node, input, false);
      case "Threshold" -> new Threshold(node.doubles("threshold"), input);
      case "Affine" -> new Affine(node.floats("weight"), node.floats("bias"));
      case "Flatten" -> new Same(new int[] {elements(input)});
      case "Input", "Output" -> new Same(node.ints("shape"));
      default -> throw new DataException("NIR: no rule for a node of type " + node.type());
    };
  }

  static int elements(int[] shape) {
    int elements = 1;
    for (int extent : shape) {
      elements = Math.multiplyExact(elements, extent);
    }
    return elements;
  }

  /** Hands everything on. */
  record Same(int[] shape) implements NirOperator {
    @Override
    public float[] apply(float[] x) {
      return x;
    }
  }

  /** 1 where x is larger than the threshold, else 0. */
  record Threshold(double[] threshold, int[] shape) implements NirOperator {
    @Override
    public float[] apply(float[] x) {
      float[] y = new float[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = x[i] > threshold[i % threshold.length] ? 1 : 0;
      }
      return y;
    }
  }

  /**
   * {@code y = weight · x + bias}, summed in float64.
   *
   * @param weight {@code [outputs, inputs]}
   */
  record Affine(float[] weight, float[] bias) implements NirOperator {
    @Override
    public int[] shape() {
      return new int[] {bias.length};
    }

    @Override
    public float[] apply(float[] x) {
      int inputs = weight.length / bias.length;
      float[] y = new float[x.length / inputs * bias.length];
      for (int i = 0; i < y.length; i++) {
        int sample = i / bias.length * inputs;
        int row = i % bias.length * inputs;
        double sum = bias[i % bias.length];
        for (int j = 0; j < inputs; j++) {
          sum += (double) weight[row + j] * x[sample + j];
        }
        y[i] = (float) sum;
      }
      return y;
    }
  }
}
