package org.qsnn.model;

/** Element types of a {@link TensorFile}, named as in its header; little-endian. */
public enum Dtype {
  F32(4),
  F64(8),
  I8(1),
  U8(1),
  I32(4),
  I64(8);

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
