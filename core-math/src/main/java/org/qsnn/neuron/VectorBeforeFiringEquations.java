package org.qsnn.neuron;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;
import org.qsnn.model.LifNeuron.Firing;

/** With the Vector API, within the limits that {@link VectorLifEquations} names. */
final class VectorBeforeFiringEquations implements BeforeFiringEquations {
  private final PlainBeforeFiringEquations plain;

  /** q fires above it. */
  private final float bound;

  VectorBeforeFiringEquations(Firing firing) {
    this.plain = new PlainBeforeFiringEquations(firing);
    this.bound = firing.bound();
  }

  @Override
  public void quantize(float[] u, int from, MembraneScale scale, float[] q, float[] m, int n) {
    if (scale.isZero()) {
      plain.quantize(u, from, scale, q, m, n);
      return;
    }
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
      a.blend(0f, a.compare(GT, bound)).intoArray(m, from + i);
      b.blend(0f, b.compare(GT, bound)).intoArray(m, from + i + LANES);
    }
    plain.quantize(u, from, scale, q, m, whole, n);
  }

  @Override
  public void backward(float[] g, float constant, float[] dm, float[] q, boolean isCarried, int n) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    int whole = FLOATS.loopBound(n);
    if (isCarried) {
      for (int i = 0; i < whole; i += LANES) {
        FloatVector x = FloatVector.fromArray(FLOATS, q, i);
        FloatVector surrogate = one.sub(x.sub(LifConstants.THRESHOLD).lanewise(ABS));
        surrogate = surrogate.blend(0f, surrogate.compare(LT, 0f));
        FloatVector dh = FloatVector.fromArray(FLOATS, dm, i);
        FloatVector ds = FloatVector.fromArray(FLOATS, g, i).add(constant);
        FloatVector kept = dh.blend(0f, x.compare(GT, bound));
        FloatVector du = ds.sub(dh.mul(x)).mul(surrogate).add(kept);
        du.intoArray(g, i);
        du.mul(LifConstants.DECAY).intoArray(dm, i);
      }
    } else {
      for (int i = 0; i < whole; i += LANES) {
        FloatVector x = FloatVector.fromArray(FLOATS, q, i);
        FloatVector surrogate = one.sub(x.sub(LifConstants.THRESHOLD).lanewise(ABS));
        surrogate = surrogate.blend(0f, surrogate.compare(LT, 0f));
        FloatVector du = FloatVector.fromArray(FLOATS, g, i).add(constant).mul(surrogate);
        du.intoArray(g, i);
        du.mul(LifConstants.DECAY).intoArray(dm, i);
      }
    }
    plain.backward(g, constant, dm, q, isCarried, whole, n);
  }
}
