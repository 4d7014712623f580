package org.qsnn.neuron;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.OR;
import static org.qsnn.tensor.KernelVectors.FLOATS;
import static org.qsnn.tensor.KernelVectors.INTS;
import static org.qsnn.tensor.KernelVectors.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.qsnn.tensor.FloatTanh;

/**
 * With the Vector API, for quantized membranes. No vector leaves its method, and no method has more
 * operations than the compiler inlines at once: it would make objects of vectors (decision 0014).
 */
final class VectorLifEquations implements LifEquations {
  /** All bits of a float but its sign: larger magnitudes are larger integers, NaN the largest. */
  private static final int MAGNITUDE = 0x7fffffff;

  /** 1f. */
  private static final int ONE = Float.floatToRawIntBits(1f);

  /**
   * Floats with one bit each, that of the first element and that of the first of the next vector.
   */
  private static final float FIRST = Float.intBitsToFloat(1);

  private static final float NEXT = Float.intBitsToFloat(1 << LANES);

  private final PlainLifEquations plain;

  private final LifConstants neuron;

  VectorLifEquations(LifConstants neuron) {
    this.plain = new PlainLifEquations(neuron);
    this.neuron = neuron;
  }

  /** Shifts are by constants: not every loop that shifts by its index is compiled to that. */
  @Override
  public void addSpikes(int[] bits, int word, float scale, float[] u, int from, int n) {
    IntVector lanes = IntVector.zero(INTS).addIndex(1);
    IntVector one = IntVector.broadcast(INTS, ONE);
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    int words = n / Integer.SIZE;
    for (int w = 0; w < words; w++) {
      int set = bits[word + w];
      int i = from + w * Integer.SIZE;
      for (int j = 0; j < Integer.SIZE; j += 2 * LANES) {
        // The lowest bit of lane k is that of element j + k.
        IntVector a = IntVector.broadcast(INTS, set >>> j).lanewise(LSHR, lanes);
        a = a.lanewise(LSHL, 31).lanewise(ASHR, 31).and(one);
        FloatVector x = FloatVector.fromArray(FLOATS, u, i + j);
        a.reinterpretAsFloats().fma(factor, x).intoArray(u, i + j);
        IntVector b = IntVector.broadcast(INTS, set >>> (j + LANES)).lanewise(LSHR, lanes);
        b = b.lanewise(LSHL, 31).lanewise(ASHR, 31).and(one);
        FloatVector y = FloatVector.fromArray(FLOATS, u, i + j + LANES);
        b.reinterpretAsFloats().fma(factor, y).intoArray(u, i + j + LANES);
      }
    }
    int rest = words * Integer.SIZE;
    if (rest < n) {
      plain.addSpikes(bits, word + words, scale, u, from + rest, n - rest);
    }
  }

  @Override
  public void leak(float[] v, int vFrom, MembraneScale former, float[] u, int from, int n) {
    if (former.isFloat()) {
      plain.leak(v, vFrom, former, u, from, n);
      return;
    }
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector minusOne = FloatVector.broadcast(FLOATS, -1f);
    FloatVector round = FloatVector.broadcast(FLOATS, MembraneScale.ROUND);
    FloatVector decay = FloatVector.broadcast(FLOATS, neuron.decay());
    FloatVector alpha = FloatVector.broadcast(FLOATS, former.alpha());
    FloatVector scale = FloatVector.broadcast(FLOATS, former.levels());
    FloatVector step = FloatVector.broadcast(FLOATS, former.step());
    int whole = n - n % (2 * LANES);
    for (int i = 0; i < whole; i += 2 * LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, v, vFrom + i).div(alpha);
      FloatVector b = FloatVector.fromArray(FLOATS, v, vFrom + i + LANES).div(alpha);
      a = a.blend(one, a.compare(GT, one)).blend(minusOne, a.compare(LT, minusOne)).mul(scale);
      b = b.blend(one, b.compare(GT, one)).blend(minusOne, b.compare(LT, minusOne)).mul(scale);
      a = a.add(round).sub(round).mul(step);
      b = b.add(round).sub(round).mul(step);
      int p = from + i;
      a.fma(decay, FloatVector.fromArray(FLOATS, u, p)).intoArray(u, p);
      b.fma(decay, FloatVector.fromArray(FLOATS, u, p + LANES)).intoArray(u, p + LANES);
    }
    plain.leak(v, vFrom + whole, former, u, from + whole, n - whole);
  }

  /** With all constants as vectors, which is too long to be inlined, as the one for blocks. */
  @Override
  public boolean fire(float[] u, int from, int n, int[] bits, int word) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector first = FloatVector.broadcast(FLOATS, FIRST);
    FloatVector next = FloatVector.broadcast(FLOATS, NEXT);
    FloatVector bound = FloatVector.broadcast(FLOATS, neuron.bound());
    IntVector magnitude = IntVector.broadcast(INTS, MAGNITUDE);
    IntVector lanes = IntVector.zero(INTS).addIndex(1);
    FloatVector finite = zero;
    int words = n / Integer.SIZE;
    for (int w = 0; w < words; w++) {
      int i = from + w * Integer.SIZE;
      int set = 0;
      for (int j = 0; j < Integer.SIZE; j += 2 * LANES) {
        FloatVector a = FloatVector.fromArray(FLOATS, u, i + j);
        FloatVector b = FloatVector.fromArray(FLOATS, u, i + j + LANES);
        // Infinity times zero is NaN, and stays.
        finite = b.fma(zero, a.fma(zero, finite));
        IntVector low = zero.blend(first, a.compare(GT, bound)).reinterpretAsInts();
        IntVector high = zero.blend(next, b.compare(GT, bound)).reinterpretAsInts();
        set |= low.or(high).lanewise(LSHL, lanes).reduceLanes(OR) << j;
      }
      bits[word + w] = set;
    }
    int rest = words * Integer.SIZE;
    boolean restIsFinite = rest == n || plain.fire(u, from + rest, n - rest, bits, word + words);
    return restIsFinite && finite.reinterpretAsInts().and(magnitude).reduceLanes(OR) == 0;
  }

  /** Four vectors at once, which is too long to be inlined into callers that are too long then. */
  @Override
  public boolean fire(float[] u, int from, int[] words) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector first = FloatVector.broadcast(FLOATS, FIRST);
    FloatVector bound = FloatVector.broadcast(FLOATS, neuron.bound());
    IntVector magnitude = IntVector.broadcast(INTS, MAGNITUDE);
    FloatVector finite = zero;
    IntVector set = IntVector.zero(INTS);
    // The last bit comes first and is pushed on by those that follow.
    for (int j = Integer.SIZE - 4; j >= 0; j -= 4) {
      int p = from + j * LANES;
      FloatVector a = FloatVector.fromArray(FLOATS, u, p + 3 * LANES);
      FloatVector b = FloatVector.fromArray(FLOATS, u, p + 2 * LANES);
      FloatVector c = FloatVector.fromArray(FLOATS, u, p + LANES);
      FloatVector d = FloatVector.fromArray(FLOATS, u, p);
      // Infinity times zero is NaN, and stays.
      finite = d.fma(zero, c.fma(zero, b.fma(zero, a.fma(zero, finite))));
      set = set.add(set).or(zero.blend(first, a.compare(GT, bound)).reinterpretAsInts());
      set = set.add(set).or(zero.blend(first, b.compare(GT, bound)).reinterpretAsInts());
      set = set.add(set).or(zero.blend(first, c.compare(GT, bound)).reinterpretAsInts());
      set = set.add(set).or(zero.blend(first, d.compare(GT, bound)).reinterpretAsInts());
    }
    set.intoArray(words, 0);
    return finite.reinterpretAsInts().and(magnitude).reduceLanes(OR) == 0;
  }

  @Override
  public float store(float[] u, int from, int levels, float[] v, int vFrom, int n) {
    if (levels == 0) {
      return plain.store(u, from, levels, v, vFrom, n);
    }
    float bound = neuron.bound();
    float zeroedAbove = neuron.zeroedAbove();
    float subtracted = neuron.subtracted();
    boolean isSoft = subtracted != 0f;
    FloatVector zero = FloatVector.zero(FLOATS);
    IntVector largest = IntVector.zero(INTS);
    int whole = FLOATS.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, u, from + i);
      FloatVector h = x.blend(0f, x.compare(GT, zeroedAbove));
      if (isSoft) {
        h = h.sub(zero.blend(subtracted, x.compare(GT, bound)));
      }
      h = h.blend(FloatTanh.BOUND, h.compare(GT, FloatTanh.BOUND));
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
    float rest = plain.store(u, from + whole, levels, v, vFrom + whole, n - whole);
    return Math.max(rest, Float.intBitsToFloat(largest.reduceLanes(MAX)));
  }

  @Override
  public void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      float[] slopes,
      int levels,
      boolean isCarried,
      int n) {
    if (levels == 0) {
      plain.backward(g, constant, dm, u, v, slopes, levels, isCarried, n);
      return;
    }
    float decay = neuron.decay();
    float zeroedAbove = neuron.zeroedAbove();
    FloatVector jumpFactor = FloatVector.broadcast(FLOATS, neuron.jumpFactor());
    FloatVector jumpOffset = FloatVector.broadcast(FLOATS, neuron.jumpOffset());
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    int whole = FLOATS.loopBound(n);
    if (isCarried) {
      for (int i = 0; i < whole; i += LANES) {
        FloatVector x = FloatVector.fromArray(FLOATS, u, i);
        FloatVector y = FloatVector.fromArray(FLOATS, v, i);
        FloatVector dh = FloatVector.fromArray(FLOATS, dm, i).mul(one.sub(y.mul(y)));
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
    plain.backward(g, constant, dm, u, v, slopes, levels, isCarried, whole, n);
  }
}
