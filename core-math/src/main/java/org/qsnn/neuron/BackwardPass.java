package org.qsnn.neuron;

import java.util.Arrays;

/** A layer's backward pass, plane by plane: where the plane lies, and the scalar equations. */
final class BackwardPass {
  final LifLayer layer;
  final LifGradient gradient;
  final ChannelSums sums;
  final float[] gradientLanes = new float[LifKernel.LANES];
  final float[] firstLanes = new float[LifKernel.LANES];
  final float[] secondLanes = new float[LifKernel.LANES];
  private int channel;

  /** Byte offset of the plane in a {@code [T, B, C, H, W]} buffer at t = 0. */
  int planeAt;

  /** Bytes between timesteps of the activations, the stored membranes and the two currents. */
  final int activationStride;

  final int storedStride;
  final int firstStride;
  final int secondStride;

  /** Whether Σ dx · (y₂ − mean₂) is wanted: an identity shortcut has no normalization. */
  final boolean sumsSecond;

  float firstMean;
  float secondMean;

  BackwardPass(LifLayer layer, LifGradient gradient) {
    this.layer = layer;
    this.gradient = gradient;
    this.sums = new ChannelSums(layer.channels());
    activationStride = Float.BYTES * layer.step();
    storedStride = Float.BYTES * layer.storedStride();
    firstStride = Float.BYTES * layer.first().timeStride();
    secondStride = layer.second() == null ? 0 : Float.BYTES * layer.second().timeStride();
    sumsSecond = layer.second() != null && layer.second().mean() != null;
  }

  int planes() {
    return layer.batch() * layer.channels();
  }

  void seek(int plane) {
    channel = plane % layer.channels();
    planeAt = Float.BYTES * plane * layer.plane();
    firstMean = layer.first().mean()[channel];
    secondMean = sumsSecond ? layer.second().mean()[channel] : 0f;
    Arrays.fill(gradientLanes, 0f);
    Arrays.fill(firstLanes, 0f);
    Arrays.fill(secondLanes, 0f);
  }

  /** The plane's elements from {@code from} on, one at a time. */
  void rest(int from) {
    for (int i = from; i < layer.plane(); i++) {
      int at = planeAt + i * Float.BYTES;
      float dm = 0f;
      for (int t = layer.timesteps() - 1; t >= 0; t--) {
        float du = membraneGradient(at, t, dm);
        gradient.current().putFloat(at + t * activationStride, du);
        dm = LifConstants.DECAY * du;
        accumulate(i % LifKernel.LANES, at, t, du);
      }
    }
  }

  private float membraneGradient(int at, int t, float dm) {
    int activation = at + t * activationStride;
    float g = gradient.first().getFloat(activation) + gradient.constant();
    if (gradient.second() != null) {
      g += gradient.second().getFloat(activation);
    }
    float u = layer.membrane().getFloat(activation);
    if (!layer.carries(t)) {
      return g * LifConstants.surrogate(u);
    }
    float dh = dm;
    if (layer.levels() > 0) {
      float v = layer.stored().getFloat(at + t * storedStride);
      dh = dm * (1f - v * v);
    }
    float kept = u > LifConstants.THRESHOLD ? 0f : dh;
    return (g - dh * u) * LifConstants.surrogate(u) + kept;
  }

  private void accumulate(int lane, int at, int t, float du) {
    gradientLanes[lane] += du;
    float y1 = layer.first().values().getFloat(at + t * firstStride);
    firstLanes[lane] += du * (y1 - firstMean);
    if (sumsSecond) {
      float y2 = layer.second().values().getFloat(at + t * secondStride);
      secondLanes[lane] += du * (y2 - secondMean);
    }
  }

  /** Adds the plane's lanes to its channel's sums, in lane order. */
  void finishPlane() {
    sums.gradient()[channel] += total(gradientLanes);
    sums.first()[channel] += total(firstLanes);
    sums.second()[channel] += total(secondLanes);
  }

  private static double total(float[] lanes) {
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }
}
