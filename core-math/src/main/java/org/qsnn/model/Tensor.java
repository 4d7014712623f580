package org.qsnn.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A named tensor of a {@link TensorFile}, values in C order. F32 values stay a view of the float
 * array they came from; all other types are held as their little-endian bytes.
 */
public final class Tensor {
  /** Floats that are converted at once on their way to or from a stream. */
  static final int CHUNK = 16 * 1024;

  private final String name;
  private final Dtype dtype;
  private final int[] shape;
  private final FloatBuffer floats;
  private final byte[] bytes;

  private Tensor(String name, Dtype dtype, int[] shape, FloatBuffer floats, byte[] bytes) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape.clone();
    this.floats = floats;
    this.bytes = bytes;
    long found = floats == null ? bytes.length : 4L * floats.remaining();
    if (found != Math.multiplyExact(elements(shape), (long) dtype.bytes())) {
      throw new IllegalArgumentException(
          name + ": " + dtype + " " + Arrays.toString(shape) + " does not fit " + found + " bytes");
    }
  }

  /** F32. The array is not copied. */
  public static Tensor floats(String name, int[] shape, float... values) {
    return new Tensor(name, Dtype.F32, shape, FloatBuffer.wrap(values), null);
  }

  /** F32: the window of {@code values} that starts at {@code offset}. The array is not copied. */
  public static Tensor window(String name, int[] shape, float[] values, int offset) {
    FloatBuffer window = FloatBuffer.wrap(values, offset, Math.toIntExact(elements(shape)));
    return new Tensor(name, Dtype.F32, shape, window.slice(), null);
  }

  /** F64 of one dimension. */
  public static Tensor doubles(String name, double... values) {
    ByteBuffer bytes = littleEndian(new byte[8 * values.length]);
    bytes.asDoubleBuffer().put(values);
    return new Tensor(name, Dtype.F64, new int[] {values.length}, null, bytes.array());
  }

  /** The little-endian bytes of any type but F32. The array is not copied. */
  public static Tensor bytes(String name, Dtype dtype, int[] shape, byte[] bytes) {
    if (dtype == Dtype.F32) {
      throw new IllegalArgumentException(name + ": F32 values are given as floats");
    }
    return new Tensor(name, dtype, shape, null, bytes);
  }

  public String name() {
    return name;
  }

  public Dtype dtype() {
    return dtype;
  }

  public int[] shape() {
    return shape.clone();
  }

  /** Number of bytes in a file. */
  public long byteLength() {
    return elements(shape) * dtype.bytes();
  }

  /** The values of an F32 tensor; a copy. */
  public float[] floats() {
    float[] values = new float[floats.remaining()];
    copyTo(values, 0);
    return values;
  }

  /** Copies the values of an F32 tensor to {@code target[offset…]}. */
  public void copyTo(float[] target, int offset) {
    floats.duplicate().get(target, offset, floats.remaining());
  }

  /** The values of an F64 tensor. */
  public double[] doubles() {
    double[] values = new double[bytes.length / 8];
    littleEndian(bytes).asDoubleBuffer().get(values);
    return values;
  }

  /** The little-endian bytes of any type but F32; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Writes the values, little-endian. */
  public void writeTo(OutputStream out) throws IOException {
    if (floats == null) {
      out.write(bytes);
      return;
    }
    FloatBuffer rest = floats.duplicate();
    byte[] chunk = new byte[4 * Math.min(CHUNK, rest.remaining())];
    while (rest.hasRemaining()) {
      int count = Math.min(CHUNK, rest.remaining());
      littleEndian(chunk).asFloatBuffer().put(rest.slice().limit(count));
      rest.position(rest.position() + count);
      out.write(chunk, 0, 4 * count);
    }
  }

  /** CRC-32C of the little-endian bytes. */
  int crc32c() throws IOException {
    CRC32C crc = new CRC32C();
    writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
    return (int) crc.getValue();
  }

  @Override
  public String toString() {
    return name + " " + dtype + " " + Arrays.toString(shape);
  }

  /**
   * @throws ArithmeticException if there are more than a {@code long} can count
   */
  static long elements(int[] shape) {
    long count = 1;
    for (int extent : shape) {
      count = Math.multiplyExact(count, extent);
    }
    return count;
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
