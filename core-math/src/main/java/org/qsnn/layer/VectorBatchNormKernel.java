package org.qsnn.layer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernel with the Vector API, straight on the off-heap buffers. */
final class VectorBatchNormKernel implements BatchNormKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final int BYTES = LANES * Float.BYTES;

  @Override
  public double sum(ByteBuffer y, int at, int plane) {
    int whole = SPECIES.loopBound(plane);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = at; i < at + whole * Float.BYTES; i += BYTES) {
      sum = sum.add(load(y, i));
    }
    float[] lanes = sum.toArray();
    PlainBatchNormKernel.addSum(lanes, y, at, whole, plane);
    return PlainBatchNormKernel.total(lanes);
  }

  @Override
  public double squares(ByteBuffer y, int at, int plane, float mean) {
    int whole = SPECIES.loopBound(plane);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = at; i < at + whole * Float.BYTES; i += BYTES) {
      FloatVector d = load(y, i).sub(mean);
      sum = sum.add(d.mul(d));
    }
    float[] lanes = sum.toArray();
    PlainBatchNormKernel.addSquares(lanes, y, at, whole, plane, mean);
    return PlainBatchNormKernel.total(lanes);
  }

  @Override
  public void gradient(PlaneGradient g, int plane) {
    int whole = SPECIES.loopBound(plane);
    FloatVector a = FloatVector.broadcast(SPECIES, g.a());
    FloatVector b = FloatVector.broadcast(SPECIES, g.b());
    FloatVector c = FloatVector.broadcast(SPECIES, g.c());
    for (int i = 0; i < whole * Float.BYTES; i += BYTES) {
      FloatVector dx = load(g.dx(), g.dxAt() + i);
      for (int r = 1; r < g.repeats(); r++) {
        dx = dx.add(load(g.dx(), g.dxAt() + r * g.repeatStride() + i));
      }
      FloatVector centered = load(g.y(), g.at() + i).sub(g.mean());
      a.fma(dx, b.fma(centered, c)).intoByteBuffer(g.target(), g.at() + i, LITTLE_ENDIAN);
    }
    PlainBatchNormKernel.gradient(g, whole, plane);
  }

  private static FloatVector load(ByteBuffer buffer, int at) {
    return FloatVector.fromByteBuffer(SPECIES, buffer, at, LITTLE_ENDIAN);
  }
}
