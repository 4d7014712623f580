package org.qsnn.layer;

import java.nio.ByteBuffer;

/**
 * The passes of batch normalization over one plane of float32 activations (the H·W values of one
 * image and channel). Sums run in {@link #LANES} interleaved lanes that are added in order, so all
 * implementations give the same bits on every machine.
 */
interface BatchNormKernel {
  /** Element i of a plane belongs to partial sum {@code i % LANES}. */
  int LANES = 8;

  /** Σ y over the plane that starts at byte {@code at}. */
  double sum(ByteBuffer y, int at, int plane);

  /** Σ (y − mean)² over the plane. */
  double squares(ByteBuffer y, int at, int plane, float mean);

  /** Writes {@code a · Σ_r dx[r] + b · (y − mean) + c} for one plane. */
  void gradient(PlaneGradient g, int plane);

  /**
   * Where one plane's gradient is read and written, in bytes, and its channel's constants.
   *
   * @param repeats how many timesteps saw this plane of y; their gradients lie {@code repeatStride}
   *     bytes apart
   */
  record PlaneGradient(
      ByteBuffer dx,
      int dxAt,
      int repeats,
      int repeatStride,
      ByteBuffer y,
      ByteBuffer target,
      int at,
      float a,
      float b,
      float c,
      float mean) {}

  /** The fastest implementation on this JVM. */
  static BatchNormKernel best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? new VectorBatchNormKernel() : new PlainBatchNormKernel();
  }
}
