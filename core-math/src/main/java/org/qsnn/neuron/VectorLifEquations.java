package org.qsnn.neuron;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.qsnn.tensor.FloatTanh;

/**
 * With the Vector API, for quantized membranes. Each method is large enough not to be inlined into
 * a large caller, where the compiler would make an object of every vector.
 */
final class VectorLifEquations implements LifEquations {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private final PlainLifEquations plain = new PlainLifEquations();

  @Override
  public void forward(
      float[] u,
      float[] v,
      MembraneScale former,
      int levels,
      boolean isCarried,
      float[] s,
      int from,
      int to) {
    if (levels == 0) {
      plain.forward(u, v, former, levels, isCarried, s, from, to);
      return;
    }
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector decay = FloatVector.broadcast(FLOATS, LifConstants.DECAY);
    int whole = from + FLOATS.loopBound(to - from);
    if (!former.isZero()) {
      float alpha = former.alpha();
      float scale = former.levels();
      float step = former.step();
      for (int i = from; i < whole; i += 8) {
        FloatVector m = FloatVector.fromArray(FLOATS, v, i).div(alpha);
        m = m.blend(one, m.compare(GT, 1f)).blend(-1f, m.compare(LT, -1f)).mul(scale);
        m = m.add(MembraneScale.ROUND).sub(MembraneScale.ROUND).mul(step);
        FloatVector x = m.fma(decay, FloatVector.fromArray(FLOATS, u, i));
        x.intoArray(u, i);
        x.fma(zero, zero).blend(one, x.compare(GT, LifConstants.THRESHOLD)).intoArray(s, i);
      }
    } else {
      for (int i = from; i < whole; i += 8) {
        FloatVector x = FloatVector.fromArray(FLOATS, u, i);
        x.fma(zero, zero).blend(one, x.compare(GT, LifConstants.THRESHOLD)).intoArray(s, i);
      }
    }
    if (isCarried) {
      for (int i = from; i < whole; i += 8) {
        FloatVector h = FloatVector.fromArray(FLOATS, u, i);
        h = one.sub(FloatVector.fromArray(FLOATS, s, i)).mul(h);
        // No h exceeds the threshold.
        h = h.blend(-FloatTanh.BOUND, h.compare(LT, -FloatTanh.BOUND));
        FloatVector square = h.mul(h);
        FloatVector p = square.fma(FloatTanh.ALPHA_13, FloatTanh.ALPHA_11);
        p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_9));
        p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_7));
        p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_5));
        p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_3));
        p = p.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.ALPHA_1));
        FloatVector q = square.fma(FloatTanh.BETA_6, FloatTanh.BETA_4);
        q = q.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.BETA_2));
        q = q.fma(square, FloatVector.broadcast(FLOATS, FloatTanh.BETA_0));
        h.mul(p).div(q).intoArray(v, i);
      }
    }
    plain.forward(u, v, former, levels, isCarried, s, whole, to);
  }

  @Override
  public void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      int levels,
      boolean isCarried,
      int from,
      int to) {
    if (levels == 0) {
      plain.backward(g, constant, dm, u, v, levels, isCarried, from, to);
      return;
    }
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    int whole = from + FLOATS.loopBound(to - from);
    if (isCarried) {
      for (int i = from; i < whole; i += 8) {
        FloatVector x = FloatVector.fromArray(FLOATS, u, i);
        FloatVector surrogate = one.sub(x.sub(LifConstants.THRESHOLD).lanewise(ABS));
        surrogate = surrogate.blend(0f, surrogate.compare(LT, 0f));
        FloatVector y = FloatVector.fromArray(FLOATS, v, i);
        FloatVector dh = FloatVector.fromArray(FLOATS, dm, i).mul(one.sub(y.mul(y)));
        FloatVector ds = FloatVector.fromArray(FLOATS, g, i).add(constant);
        FloatVector kept = dh.blend(0f, x.compare(GT, LifConstants.THRESHOLD));
        FloatVector du = ds.sub(dh.mul(x)).mul(surrogate).add(kept);
        du.intoArray(g, i);
        du.mul(LifConstants.DECAY).intoArray(dm, i);
      }
    } else {
      for (int i = from; i < whole; i += 8) {
        FloatVector x = FloatVector.fromArray(FLOATS, u, i);
        FloatVector surrogate = one.sub(x.sub(LifConstants.THRESHOLD).lanewise(ABS));
        surrogate = surrogate.blend(0f, surrogate.compare(LT, 0f));
        FloatVector du = FloatVector.fromArray(FLOATS, g, i).add(constant).mul(surrogate);
        du.intoArray(g, i);
        du.mul(LifConstants.DECAY).intoArray(dm, i);
      }
    }
    plain.backward(g, constant, dm, u, v, levels, isCarried, whole, to);
  }
}
