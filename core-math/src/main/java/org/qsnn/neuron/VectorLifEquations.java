package org.qsnn.neuron;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.OR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.qsnn.tensor.FloatTanh;

/**
 * With the Vector API, for quantized membranes. Each method is large enough not to be inlined into
 * a large caller, where the compiler would make an object of every vector.
 */
final class VectorLifEquations implements LifEquations {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;

  /** All bits of a float but its sign: larger magnitudes are larger integers, NaN the largest. */
  private static final int MAGNITUDE = 0x7fffffff;

  /** 1f. */
  private static final int ONE = Float.floatToRawIntBits(1f);

  /** Floats with one bit each, the first of a byte: eight lanes shift it to a byte of spikes. */
  private static final float BYTE_0 = Float.intBitsToFloat(1);

  private static final float BYTE_1 = Float.intBitsToFloat(1 << 8);
  private static final float BYTE_2 = Float.intBitsToFloat(1 << 16);
  private static final float BYTE_3 = Float.intBitsToFloat(1 << 24);

  private final PlainLifEquations plain = new PlainLifEquations();

  @Override
  public void addSpikes(int[] bits, int word, float scale, float[] u, int from, int n) {
    IntVector lanes = IntVector.zero(INTS).addIndex(1);
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    int words = n / Integer.SIZE;
    for (int w = 0; w < words; w++) {
      int i = from + w * Integer.SIZE;
      FloatVector a = FloatVector.fromArray(FLOATS, u, i);
      FloatVector b = FloatVector.fromArray(FLOATS, u, i + 8);
      FloatVector c = FloatVector.fromArray(FLOATS, u, i + 16);
      FloatVector d = FloatVector.fromArray(FLOATS, u, i + 24);
      // The lowest bit of lane k's bytes is that of the elements k, k + 8, k + 16 and k + 24.
      IntVector set = IntVector.broadcast(INTS, bits[word + w]).lanewise(LSHR, lanes);
      IntVector first = set.lanewise(LSHL, 31).lanewise(ASHR, 31).and(ONE);
      IntVector second = set.lanewise(LSHL, 23).lanewise(ASHR, 31).and(ONE);
      IntVector third = set.lanewise(LSHL, 15).lanewise(ASHR, 31).and(ONE);
      IntVector fourth = set.lanewise(LSHL, 7).lanewise(ASHR, 31).and(ONE);
      first.reinterpretAsFloats().fma(factor, a).intoArray(u, i);
      second.reinterpretAsFloats().fma(factor, b).intoArray(u, i + 8);
      third.reinterpretAsFloats().fma(factor, c).intoArray(u, i + 16);
      fourth.reinterpretAsFloats().fma(factor, d).intoArray(u, i + 24);
    }
    int rest = words * Integer.SIZE;
    if (rest < n) {
      plain.addSpikes(bits, word + words, scale, u, from + rest, n - rest);
    }
  }

  @Override
  public void leak(float[] v, int vFrom, MembraneScale former, float[] u, int n) {
    if (former.isFloat()) {
      plain.leak(v, vFrom, former, u, n);
      return;
    }
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector decay = FloatVector.broadcast(FLOATS, LifConstants.DECAY);
    float alpha = former.alpha();
    float scale = former.levels();
    float step = former.step();
    int whole = FLOATS.loopBound(n);
    int pairs = whole - whole % 16;
    for (int i = 0; i < pairs; i += 16) {
      FloatVector a = FloatVector.fromArray(FLOATS, v, vFrom + i).div(alpha);
      FloatVector b = FloatVector.fromArray(FLOATS, v, vFrom + i + 8).div(alpha);
      a = a.blend(one, a.compare(GT, 1f)).blend(-1f, a.compare(LT, -1f)).mul(scale);
      b = b.blend(one, b.compare(GT, 1f)).blend(-1f, b.compare(LT, -1f)).mul(scale);
      a = a.add(MembraneScale.ROUND).sub(MembraneScale.ROUND).mul(step);
      b = b.add(MembraneScale.ROUND).sub(MembraneScale.ROUND).mul(step);
      a.fma(decay, FloatVector.fromArray(FLOATS, u, i)).intoArray(u, i);
      b.fma(decay, FloatVector.fromArray(FLOATS, u, i + 8)).intoArray(u, i + 8);
    }
    for (int i = pairs; i < whole; i += 8) {
      FloatVector m = FloatVector.fromArray(FLOATS, v, vFrom + i).div(alpha);
      m = m.blend(one, m.compare(GT, 1f)).blend(-1f, m.compare(LT, -1f)).mul(scale);
      m = m.add(MembraneScale.ROUND).sub(MembraneScale.ROUND).mul(step);
      m.fma(decay, FloatVector.fromArray(FLOATS, u, i)).intoArray(u, i);
    }
    plain.leak(v, vFrom, former, u, whole, n);
  }

  @Override
  public boolean fire(float[] u, int from, int n, int[] bits, int word) {
    FloatVector zero = FloatVector.zero(FLOATS);
    IntVector lanes = IntVector.zero(INTS).addIndex(1);
    FloatVector finite = zero;
    int words = n / Integer.SIZE;
    for (int w = 0; w < words; w++) {
      int i = from + w * Integer.SIZE;
      FloatVector a = FloatVector.fromArray(FLOATS, u, i);
      FloatVector b = FloatVector.fromArray(FLOATS, u, i + 8);
      FloatVector c = FloatVector.fromArray(FLOATS, u, i + 16);
      FloatVector d = FloatVector.fromArray(FLOATS, u, i + 24);
      // Infinity times zero is NaN, and stays.
      finite = d.fma(zero, c.fma(zero, b.fma(zero, a.fma(zero, finite))));
      IntVector low =
          zero.blend(BYTE_0, a.compare(GT, LifConstants.THRESHOLD))
              .reinterpretAsInts()
              .or(zero.blend(BYTE_1, b.compare(GT, LifConstants.THRESHOLD)).reinterpretAsInts());
      IntVector high =
          zero.blend(BYTE_2, c.compare(GT, LifConstants.THRESHOLD))
              .reinterpretAsInts()
              .or(zero.blend(BYTE_3, d.compare(GT, LifConstants.THRESHOLD)).reinterpretAsInts());
      bits[word + w] = low.or(high).lanewise(LSHL, lanes).reduceLanes(OR);
    }
    int rest = words * Integer.SIZE;
    boolean restIsFinite = rest == n || plain.fire(u, from + rest, n - rest, bits, word + words);
    return restIsFinite && finite.reinterpretAsInts().and(MAGNITUDE).reduceLanes(OR) == 0;
  }

  @Override
  public float store(float[] u, int levels, float[] v, int vFrom, int n) {
    if (levels == 0) {
      return plain.store(u, levels, v, vFrom, n);
    }
    IntVector largest = IntVector.zero(INTS);
    int whole = FLOATS.loopBound(n);
    for (int i = 0; i < whole; i += 8) {
      FloatVector h = FloatVector.fromArray(FLOATS, u, i);
      h = h.blend(0f, h.compare(GT, LifConstants.THRESHOLD));
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
      FloatVector y = h.mul(p).div(q);
      y.intoArray(v, vFrom + i);
      largest = largest.max(y.reinterpretAsInts().and(MAGNITUDE));
    }
    float rest = plain.store(u, levels, v, vFrom, whole, n);
    return Math.max(rest, Float.intBitsToFloat(largest.reduceLanes(MAX)));
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
      int n) {
    if (levels == 0) {
      plain.backward(g, constant, dm, u, v, levels, isCarried, n);
      return;
    }
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    int whole = FLOATS.loopBound(n);
    if (isCarried) {
      for (int i = 0; i < whole; i += 8) {
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
      for (int i = 0; i < whole; i += 8) {
        FloatVector x = FloatVector.fromArray(FLOATS, u, i);
        FloatVector surrogate = one.sub(x.sub(LifConstants.THRESHOLD).lanewise(ABS));
        surrogate = surrogate.blend(0f, surrogate.compare(LT, 0f));
        FloatVector du = FloatVector.fromArray(FLOATS, g, i).add(constant).mul(surrogate);
        du.intoArray(g, i);
        du.mul(LifConstants.DECAY).intoArray(dm, i);
      }
    }
    plain.backward(g, constant, dm, u, v, levels, isCarried, whole, n);
  }
}
