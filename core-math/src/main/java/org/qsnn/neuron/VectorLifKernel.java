package org.qsnn.neuron;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.qsnn.tensor.FloatTanh;

/**
 * The kernel with the Vector API, straight on the off-heap buffers. A vector has {@link #LANES}
 * elements on every machine, so that sums have one order; what does not fill a vector is left to
 * the scalar equations.
 */
final class VectorLifKernel implements LifKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final int BYTES = LANES * Float.BYTES;
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);

  @Override
  public LifStep forward(LifLayer layer, int timestep, MembraneScale carried) {
    ForwardPass pass = new ForwardPass(layer, timestep, carried);
    int whole = SPECIES.loopBound(layer.plane());
    for (int plane = 0; plane < pass.planes(); plane++) {
      pass.seek(plane);
      if (whole > 0) {
        forwardPlane(pass, whole * Float.BYTES);
      }
      pass.rest(whole);
    }
    return pass.result();
  }

  private static void forwardPlane(ForwardPass p, int end) {
    LifLayer layer = p.layer;
    ByteBuffer first = layer.first().values();
    ByteBuffer second = layer.second() == null ? null : layer.second().values();
    ByteBuffer stored = layer.stored();
    ByteBuffer membrane = layer.membrane();
    ByteBuffer spikes = layer.spikes();
    boolean quantized = layer.levels() > 0;
    float alpha = p.carried.alpha();
    float levels = p.carried.levels();
    float step = quantized ? p.carried.step() : 0f;
    FloatVector fired = ZERO;
    for (int i = 0; i < end; i += BYTES) {
      FloatVector u = load(first, p.firstAt + i).fma(constant(p.firstScale), constant(p.offset));
      if (second != null) {
        u = load(second, p.secondAt + i).fma(constant(p.secondScale), u);
      }
      if (p.reads) {
        FloatVector m = load(stored, p.storedReadAt + i);
        if (quantized) {
          m = clamp(m.div(alpha), 1f).mul(levels);
          m = m.add(MembraneScale.ROUND).sub(MembraneScale.ROUND).mul(step);
        }
        u = m.fma(constant(LifConstants.DECAY), u);
      }
      VectorMask<Float> fires = u.compare(GT, LifConstants.THRESHOLD);
      FloatVector s = ZERO.blend(1f, fires);
      fired = fired.add(s);
      s.intoByteBuffer(spikes, p.activationAt + i, LITTLE_ENDIAN);
      if (membrane != null) {
        u.intoByteBuffer(membrane, p.activationAt + i, LITTLE_ENDIAN);
      }
      if (p.writes) {
        u.blend(0f, fires).intoByteBuffer(stored, p.storedWriteAt + i, LITTLE_ENDIAN);
      }
    }
    p.spikes += (long) fired.reduceLanes(ADD);
    if (p.writes && quantized) {
      p.largest = Math.max(p.largest, tanhPlane(stored, p.storedWriteAt, end));
    }
  }

  /**
   * Replaces h by v = tanh(h) in a plane that is still in the cache; returns the largest |v|.
   * {@link FloatTanh#tanh} in the same order of operations, in a loop of its own and without calls:
   * the compiler gives up on inlining where it is part of a larger body, and then boxes every
   * vector.
   */
  private static float tanhPlane(ByteBuffer stored, int at, int end) {
    FloatVector largest = ZERO;
    for (int i = at; i < at + end; i += BYTES) {
      FloatVector x = load(stored, i);
      FloatVector low = x.blend(-FloatTanh.BOUND, x.compare(LT, -FloatTanh.BOUND));
      FloatVector c = low.blend(FloatTanh.BOUND, low.compare(GT, FloatTanh.BOUND));
      FloatVector s = c.mul(c);
      FloatVector p = constant(FloatTanh.ALPHA_13).fma(s, constant(FloatTanh.ALPHA_11));
      p = p.fma(s, constant(FloatTanh.ALPHA_9));
      p = p.fma(s, constant(FloatTanh.ALPHA_7));
      p = p.fma(s, constant(FloatTanh.ALPHA_5));
      p = p.fma(s, constant(FloatTanh.ALPHA_3));
      p = p.fma(s, constant(FloatTanh.ALPHA_1));
      FloatVector q = constant(FloatTanh.BETA_6).fma(s, constant(FloatTanh.BETA_4));
      q = q.fma(s, constant(FloatTanh.BETA_2));
      q = q.fma(s, constant(FloatTanh.BETA_0));
      FloatVector v = c.mul(p).div(q);
      v.intoByteBuffer(stored, i, LITTLE_ENDIAN);
      FloatVector magnitude = v.lanewise(ABS);
      largest = largest.blend(magnitude, magnitude.compare(GT, largest));
    }
    return largest.reduceLanes(MAX);
  }

  @Override
  public ChannelSums backward(LifLayer layer, LifGradient gradient) {
    BackwardPass pass = new BackwardPass(layer, gradient);
    int whole = SPECIES.loopBound(layer.plane());
    for (int plane = 0; plane < pass.planes(); plane++) {
      pass.seek(plane);
      if (whole > 0) {
        backwardPlane(pass, whole * Float.BYTES);
      }
      pass.rest(whole);
      pass.finishPlane();
    }
    return pass.sums;
  }

  private static void backwardPlane(BackwardPass p, int end) {
    LifLayer layer = p.layer;
    ByteBuffer firstGradient = p.gradient.first();
    ByteBuffer secondGradient = p.gradient.second();
    ByteBuffer target = p.gradient.current();
    ByteBuffer membrane = layer.membrane();
    ByteBuffer stored = layer.stored();
    ByteBuffer first = layer.first().values();
    ByteBuffer second = p.sumsSecond ? layer.second().values() : null;
    boolean quantized = layer.levels() > 0;
    int last = layer.timesteps() - 1;
    FloatVector gradientSum = ZERO;
    FloatVector firstSum = ZERO;
    FloatVector secondSum = ZERO;
    for (int i = p.planeAt; i < p.planeAt + end; i += BYTES) {
      FloatVector dm = ZERO;
      for (int t = last; t >= 0; t--) {
        int at = i + t * p.activationStride;
        FloatVector g = load(firstGradient, at).add(p.gradient.constant());
        if (secondGradient != null) {
          g = g.add(load(secondGradient, at));
        }
        FloatVector u = load(membrane, at);
        FloatVector surrogate = ONE.sub(u.sub(LifConstants.THRESHOLD).lanewise(ABS));
        surrogate = surrogate.blend(0f, surrogate.compare(LT, 0f));
        FloatVector du;
        if (t == last) {
          du = g.mul(surrogate);
        } else {
          FloatVector dh = dm;
          if (quantized) {
            FloatVector v = load(stored, i + t * p.storedStride);
            dh = dm.mul(ONE.sub(v.mul(v)));
          }
          FloatVector kept = dh.blend(0f, u.compare(GT, LifConstants.THRESHOLD));
          du = g.sub(dh.mul(u)).mul(surrogate).add(kept);
        }
        du.intoByteBuffer(target, at, LITTLE_ENDIAN);
        dm = du.mul(LifConstants.DECAY);
        gradientSum = gradientSum.add(du);
        FloatVector y1 = load(first, i + t * p.firstStride);
        firstSum = firstSum.add(du.mul(y1.sub(p.firstMean)));
        if (second != null) {
          FloatVector y2 = load(second, i + t * p.secondStride);
          secondSum = secondSum.add(du.mul(y2.sub(p.secondMean)));
        }
      }
    }
    gradientSum.intoArray(p.gradientLanes, 0);
    firstSum.intoArray(p.firstLanes, 0);
    secondSum.intoArray(p.secondLanes, 0);
  }

  private static FloatVector load(ByteBuffer buffer, int at) {
    return FloatVector.fromByteBuffer(SPECIES, buffer, at, LITTLE_ENDIAN);
  }

  /** min(max(x, −bound), bound), leaving NaN alone. */
  private static FloatVector clamp(FloatVector x, float bound) {
    FloatVector low = x.blend(-bound, x.compare(LT, -bound));
    return low.blend(bound, low.compare(GT, bound));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
