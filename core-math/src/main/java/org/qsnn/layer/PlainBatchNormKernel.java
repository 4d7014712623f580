package org.qsnn.layer;

import java.nio.ByteBuffer;

/** The kernel in plain Java; its ranges also finish what does not fill a vector. */
final class PlainBatchNormKernel implements BatchNormKernel {
  @Override
  public double sum(ByteBuffer y, int at, int plane) {
    float[] lanes = new float[LANES];
    addSum(lanes, y, at, 0, plane);
    return total(lanes);
  }

  @Override
  public double squares(ByteBuffer y, int at, int plane, float mean) {
    float[] lanes = new float[LANES];
    addSquares(lanes, y, at, 0, plane, mean);
    return total(lanes);
  }

  @Override
  public void gradient(PlaneGradient g, int plane) {
    gradient(g, 0, plane);
  }

  static void addSum(float[] lanes, ByteBuffer y, int at, int from, int to) {
    for (int i = from; i < to; i++) {
      lanes[i % LANES] += y.getFloat(at + i * Float.BYTES);
    }
  }

  static void addSquares(float[] lanes, ByteBuffer y, int at, int from, int to, float mean) {
    for (int i = from; i < to; i++) {
      float d = y.getFloat(at + i * Float.BYTES) - mean;
      lanes[i % LANES] += d * d;
    }
  }

  static void gradient(PlaneGradient g, int from, int to) {
    for (int i = from * Float.BYTES; i < to * Float.BYTES; i += Float.BYTES) {
      float dx = g.dx().getFloat(g.dxAt() + i);
      for (int r = 1; r < g.repeats(); r++) {
        dx += g.dx().getFloat(g.dxAt() + r * g.repeatStride() + i);
      }
      float centered = g.y().getFloat(g.at() + i) - g.mean();
      g.target().putFloat(g.at() + i, Math.fma(g.a(), dx, Math.fma(g.b(), centered, g.c())));
    }
  }

  static double total(float[] lanes) {
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }
}
