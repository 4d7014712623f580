package org.qsnn.neuron;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;
import org.qsnn.model.Surrogate;
import org.qsnn.tensor.FloatTanh;

/** With the Vector API, a loop for each form, within the limits of {@link VectorLifEquations}. */
final class VectorSurrogateGradient implements SurrogateGradient {
  private final PlainSurrogateGradient plain;
  private final Surrogate.Form form;
  private final float threshold;

  VectorSurrogateGradient(Surrogate surrogate, float threshold) {
    this.plain = new PlainSurrogateGradient(surrogate, threshold);
    this.form = surrogate.form();
    this.threshold = threshold;
  }

  @Override
  public void compute(float[] u, float[] slopes, int n) {
    int whole = FLOATS.loopBound(n);
    switch (form) {
      case TRIANGLE -> triangle(u, slopes, whole);
      case RECTANGLE -> rectangle(u, slopes, whole);
      case ARCTANGENT -> arctangent(u, slopes, whole);
      case SIGMOID -> sigmoid(u, slopes, whole);
    }
    plain.compute(u, slopes, whole, n);
  }

  private void triangle(float[] u, float[] slopes, int n) {
    FloatVector slope = FloatVector.broadcast(FLOATS, plain.slope());
    FloatVector height = FloatVector.broadcast(FLOATS, plain.height());
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, u, i).sub(threshold).lanewise(ABS);
      FloatVector y = x.fma(slope, height);
      y.blend(0f, y.compare(LT, 0f)).intoArray(slopes, i);
    }
  }

  private void rectangle(float[] u, float[] slopes, int n) {
    FloatVector zero = FloatVector.zero(FLOATS);
    float half = plain.half();
    float height = plain.height();
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, u, i).sub(threshold).lanewise(ABS);
      zero.blend(height, x.compare(LT, half)).intoArray(slopes, i);
    }
  }

  private void arctangent(float[] u, float[] slopes, int n) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector height = FloatVector.broadcast(FLOATS, plain.height());
    float factor = plain.perRadian();
    for (int i = 0; i < n; i += LANES) {
      FloatVector y = FloatVector.fromArray(FLOATS, u, i).sub(threshold).mul(factor);
      height.div(y.fma(y, one)).intoArray(slopes, i);
    }
  }

  private void sigmoid(float[] u, float[] slopes, int n) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    float factor = plain.perTanh();
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, u, i).sub(threshold).mul(factor);
      x = x.blend(FloatTanh.BOUND, x.compare(GT, FloatTanh.BOUND));
      x = x.blend(-FloatTanh.BOUND, x.compare(LT, -FloatTanh.BOUND));
      FloatVector square = x.mul(x);
      FloatVector p = square.fma(FloatTanh.ALPHA_13, FloatTanh.ALPHA_11);
      p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_9));
      p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_7));
      p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_5));
      p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_3));
      p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_1));
      FloatVector q = square.fma(FloatTanh.BETA_6, FloatTanh.BETA_4);
      q = q.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.BETA_2));
      q = q.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.BETA_0));
      FloatVector y = x.mul(p).div(q);
      y.neg().fma(y, one).mul(plain.height()).intoArray(slopes, i);
    }
  }
}
