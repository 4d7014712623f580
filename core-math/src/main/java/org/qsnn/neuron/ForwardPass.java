package org.qsnn.neuron;

import java.nio.ByteBuffer;
import org.qsnn.tensor.FloatTanh;

/** One timestep's forward pass, plane by plane: where the plane lies, and the scalar equations. */
final class ForwardPass {
  final LifLayer layer;
  final MembraneScale carried;
  final boolean reads;
  final boolean writes;
  private final int timestep;

  /** Byte offsets of the plane in each buffer. */
  int firstAt;

  int secondAt;
  int storedReadAt;
  int storedWriteAt;
  int activationAt;

  /** The plane's channel's affine constants. */
  float firstScale;

  float secondScale;
  float offset;

  float largest;
  long spikes;

  ForwardPass(LifLayer layer, int timestep, MembraneScale carried) {
    this.layer = layer;
    this.timestep = timestep;
    this.carried = carried;
    this.reads = timestep > 0 && !carried.isZero();
    this.writes = layer.carries(timestep);
  }

  int planes() {
    return layer.batch() * layer.channels();
  }

  /** Moves to plane {@code b · C + c}. */
  void seek(int plane) {
    int channel = plane % layer.channels();
    int element = plane * layer.plane();
    firstAt = Float.BYTES * (timestep * layer.first().timeStride() + element);
    firstScale = layer.first().scale()[channel];
    offset = layer.offset(channel);
    if (layer.second() != null) {
      secondAt = Float.BYTES * (timestep * layer.second().timeStride() + element);
      secondScale = layer.second().scale()[channel];
    }
    activationAt = Float.BYTES * (timestep * layer.step() + element);
    storedReadAt = Float.BYTES * ((timestep - 1) * layer.storedStride() + element);
    storedWriteAt = Float.BYTES * (timestep * layer.storedStride() + element);
  }

  /** The plane's elements from {@code from} on, one at a time. */
  void rest(int from) {
    for (int i = from * Float.BYTES; i < layer.plane() * Float.BYTES; i += Float.BYTES) {
      float u = Math.fma(firstScale, layer.first().values().getFloat(firstAt + i), offset);
      if (layer.second() != null) {
        u = Math.fma(secondScale, layer.second().values().getFloat(secondAt + i), u);
      }
      if (reads) {
        float m = carried.carried(layer.stored().getFloat(storedReadAt + i));
        u = Math.fma(LifConstants.DECAY, m, u);
      }
      boolean fires = u > LifConstants.THRESHOLD;
      put(layer.spikes(), activationAt + i, fires ? 1f : 0f);
      spikes += fires ? 1 : 0;
      if (layer.membrane() != null) {
        put(layer.membrane(), activationAt + i, u);
      }
      if (writes) {
        store(storedWriteAt + i, fires ? 0f : u);
      }
    }
  }

  private void store(int at, float h) {
    float v = layer.levels() == 0 ? h : FloatTanh.tanh(h);
    put(layer.stored(), at, v);
    if (layer.levels() > 0 && Math.abs(v) > largest) {
      largest = Math.abs(v);
    }
  }

  private static void put(ByteBuffer buffer, int at, float value) {
    buffer.putFloat(at, value);
  }

  LifKernel.LifStep result() {
    return new LifKernel.LifStep(largest, spikes);
  }
}
