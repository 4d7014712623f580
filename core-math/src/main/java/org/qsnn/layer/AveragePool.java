package org.qsnn.layer;

import java.util.Arrays;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** Average pooling with square windows that do not overlap. Windows are summed row by row. */
record AveragePool(int extent) implements Pooling {
  private enum Role {
    POOLED
  }

  @Override
  public Activation forward(BitTensor spikes, String name, Workspace workspace) {
    FloatTensor pooled = pooled(spikes, name, workspace);
    if (extent == spikes.dimension(2) && extent == spikes.dimension(3)) {
      rates(spikes, pooled);
    } else {
      forward(spikes, pooled);
    }
    return pooled;
  }

  /** Of whole planes: a count is what ones add up to. */
  private void rates(BitTensor spikes, FloatTensor y) {
    float[] rates = new float[spikes.planes()];
    for (int plane = 0; plane < rates.length; plane++) {
      rates[plane] = spikes.count(plane, 1) * (1f / (extent * extent));
    }
    y.write(0, rates, 0, rates.length);
  }

  /** Memory for the means of a layer's spikes. */
  FloatTensor pooled(BitTensor spikes, String name, Workspace workspace) {
    int size = spikes.dimension(2) / extent;
    return workspace.tensor(
        Role.POOLED, name, spikes.dimension(0), spikes.dimension(1), size, size);
  }

  @Override
  public FloatTensor backward(FloatTensor gradient, BitTensor spikes, Workspace workspace) {
    FloatTensor spikeGradient = workspace.take(spikes.shape());
    backward(gradient, spikeGradient);
    workspace.give(gradient);
    return spikeGradient;
  }

  /**
   * @param x {@code [N, C, H, W]}
   * @param y {@code [N, C, H/extent, W/extent]}
   */
  void forward(Activation x, FloatTensor y) {
    float[] plane = new float[x.dimension(2) * x.dimension(3)];
    float[] means = new float[y.dimension(2) * y.dimension(3)];
    int planes = x.size() / plane.length;
    for (int p = 0; p < planes; p++) {
      x.read(p * plane.length, plane, 0, plane.length);
      means(plane, x.dimension(3), means, y.dimension(3));
      y.write(p * means.length, means, 0, means.length);
    }
  }

  private void means(float[] plane, int width, float[] means, int outWidth) {
    float share = 1f / (extent * extent);
    for (int row = 0; row < means.length / outWidth; row++) {
      int to = row * outWidth;
      Arrays.fill(means, to, to + outWidth, 0f);
      for (int i = 0; i < extent; i++) {
        for (int j = 0; j < extent; j++) {
          int from = (row * extent + i) * width + j;
          for (int column = 0; column < outWidth; column++) {
            means[to + column] += plane[from + column * extent];
          }
        }
      }
      for (int column = 0; column < outWidth; column++) {
        means[to + column] *= share;
      }
    }
  }

  /** The gradient with respect to x: each window's gradient, spread evenly. */
  void backward(FloatTensor yGradient, FloatTensor xGradient) {
    float[] plane = new float[xGradient.dimension(2) * xGradient.dimension(3)];
    float[] gradients = new float[yGradient.dimension(2) * yGradient.dimension(3)];
    int planes = xGradient.size() / plane.length;
    for (int p = 0; p < planes; p++) {
      yGradient.read(p * gradients.length, gradients, 0, gradients.length);
      spread(gradients, yGradient.dimension(3), plane, xGradient.dimension(3));
      xGradient.write(p * plane.length, plane, 0, plane.length);
    }
  }

  private void spread(float[] gradients, int outWidth, float[] plane, int width) {
    float share = 1f / (extent * extent);
    for (int row = 0; row < gradients.length / outWidth; row++) {
      int first = row * extent * width;
      for (int column = 0; column < outWidth; column++) {
        float value = gradients[row * outWidth + column] * share;
        int from = first + column * extent;
        Arrays.fill(plane, from, from + extent, value);
      }
      for (int i = 1; i < extent; i++) {
        System.arraycopy(plane, first, plane, first + i * width, width);
      }
    }
  }
}
