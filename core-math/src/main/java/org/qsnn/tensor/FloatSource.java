package org.qsnn.tensor;

/** Values in C order that are copied, or computed, as they are read. */
public interface FloatSource {
  /** Writes values from {@code index} on into part of a heap array. */
  void read(int index, float[] target, int offset, int length);
}
