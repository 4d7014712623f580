package org.qsnn.neuron;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;

/** With the Vector API, within the limits that {@link VectorLifEquations} names. */
final class VectorBeforeFiringEquations implements BeforeFiringEquations {
  private final PlainBeforeFiringEquations plain;

  private final LifConstants neuron;

  VectorBeforeFiringEquations(LifConstants neuron) {
    this.plain = new PlainBeforeFiringEquations(neuron);
    this.neuron = neuron;
  }

  @Override
  public void quantize(float[] u, int from, MembraneScale scale, float[] q, float[] m, int n) {
    if (scale.isZero()) {
      plain.quantize(u, from, scale, q, m, n);
      return;
    }
    float bound = neuron.bound();
    float zeroedAbove = neuron.zeroedAbove();
    float subtracted = neuron.subtracted();
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector minusOne = FloatVector.broadcast(FLOATS, -1f);
    FloatVector round = FloatVector.broadcast(FLOATS, MembraneScale.ROUND);
    FloatVector alpha = FloatVector.broadcast(FLOATS, scale.alpha());
    FloatVector levels = FloatVector.broadcast(FLOATS, scale.levels());
    FloatVector step = FloatVector.broadcast(FLOATS, scale.step());
    int whole = n - n % (2 * LANES);
    for (int i = 0; i < whole; i += 2 * LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, u, from + i).div(alpha);
      FloatVector b = FloatVector.fromArray(FLOATS, u, from + i + LANES).div(alpha);
      a = a.blend(one, a.compare(GT, one)).blend(minusOne, a.compare(LT, minusOne)).mul(levels);
      b = b.blend(one, b.compare(GT, one)).blend(minusOne, b.compare(LT, minusOne)).mul(levels);
      a = a.add(round).sub(round).mul(step);
      b = b.add(round).sub(round).mul(step);
      a.intoArray(q, i);
      b.intoArray(q, i + LANES);
      FloatVector keptA = a.blend(0f, a.compare(GT, zeroedAbove));
      FloatVector keptB = b.blend(0f, b.compare(GT, zeroedAbove));
      keptA.sub(zero.blend(subtracted, a.compare(GT, bound))).intoArray(m, from + i);
      keptB.sub(zero.blend(subtracted, b.compare(GT, bound))).intoArray(m, from + i + LANES);
    }
    plain.quantize(u, from, scale, q, m, whole, n);
  }

  @Override
  public void backward(
      float[] g, float constant, float[] dm, float[] q, float[] slopes, boolean isCarried, int n) {
    float decay = neuron.decay();
    float zeroedAbove = neuron.zeroedAbove();
    FloatVector jumpFactor = FloatVector.broadcast(FLOATS, neuron.jumpFactor());
    FloatVector jumpOffset = FloatVector.broadcast(FLOATS, neuron.jumpOffset());
    int whole = FLOATS.loopBound(n);
    if (isCarried) {
      for (int i = 0; i < whole; i += LANES) {
        FloatVector x = FloatVector.fromArray(FLOATS, q, i);
        FloatVector dh = FloatVector.fromArray(FLOATS, dm, i);
        FloatVector ds = FloatVector.fromArray(FLOATS, g, i).add(constant);
        FloatVector kept = dh.blend(0f, x.compare(GT, zeroedAbove));
        FloatVector jump = x.fma(jumpFactor, jumpOffset);
        FloatVector slope = FloatVector.fromArray(FLOATS, slopes, i);
        FloatVector du = ds.sub(dh.mul(jump)).mul(slope).add(kept);
        du.intoArray(g, i);
        du.mul(decay).intoArray(dm, i);
      }
    } else {
      for (int i = 0; i < whole; i += LANES) {
        FloatVector ds = FloatVector.fromArray(FLOATS, g, i).add(constant);
        FloatVector du = ds.mul(FloatVector.fromArray(FLOATS, slopes, i));
        du.intoArray(g, i);
        du.mul(decay).intoArray(dm, i);
      }
    }
    plain.backward(g, constant, dm, q, slopes, isCarried, whole, n);
  }
}
