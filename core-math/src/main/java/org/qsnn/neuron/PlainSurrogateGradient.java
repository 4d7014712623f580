package org.qsnn.neuron;

import org.qsnn.model.Surrogate;
import org.qsnn.tensor.FloatTanh;

/** Element by element; also finishes what does not fill whole vectors. */
final class PlainSurrogateGradient implements SurrogateGradient {
  private final Surrogate surrogate;
  private final float threshold;
  private final float height;
  private final float slope;
  private final float half;
  private final float perRadian;
  private final float perTanh;

  PlainSurrogateGradient(Surrogate surrogate, float threshold) {
    this.surrogate = surrogate;
    this.threshold = threshold;
    this.height = surrogate.height();
    this.slope = -height * height;
    this.half = surrogate.width() / 2;
    this.perRadian = (float) (Math.PI / surrogate.width());
    this.perTanh = 2 / surrogate.width();
  }

  float height() {
    return height;
  }

  /** Of the triangle's right side: −h². */
  float slope() {
    return slope;
  }

  /** width / 2. */
  float half() {
    return half;
  }

  /** π / width. */
  float perRadian() {
    return perRadian;
  }

  /** 2 / width. */
  float perTanh() {
    return perTanh;
  }

  @Override
  public void compute(float[] u, float[] slopes, int n) {
    compute(u, slopes, 0, n);
  }

  /** The elements {@code from … to − 1}. */
  void compute(float[] u, float[] slopes, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = u[i] - threshold;
      slopes[i] =
          switch (surrogate.form()) {
            case TRIANGLE -> Math.max(0f, Math.fma(Math.abs(x), slope, height));
            case RECTANGLE -> Math.abs(x) < half ? height : 0f;
            case ARCTANGENT -> arctangent(x * perRadian);
            case SIGMOID -> sigmoid(FloatTanh.tanh(x * perTanh));
          };
    }
  }

  private float arctangent(float y) {
    return height / Math.fma(y, y, 1f);
  }

  private float sigmoid(float y) {
    return height * Math.fma(-y, y, 1f);
  }
}
