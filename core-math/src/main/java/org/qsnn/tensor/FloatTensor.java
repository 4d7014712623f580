package org.qsnn.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense float32 tensor off the heap, in C order: ND4J's operators see it as {@link #array()}, own
 * kernels as {@link #bytes()}; both are the same memory. Activations have the shape {@code [T·B, C,
 * H, W]}, time leading.
 */
public final class FloatTensor implements AutoCloseable {
  private final int[] shape;
  private final INDArray array;
  private final ByteBuffer bytes;

  private FloatTensor(int[] shape, INDArray array, ByteBuffer bytes) {
    this.shape = shape;
    this.array = array;
    this.bytes = bytes;
  }

  /** A new tensor whose values are undefined. */
  public static FloatTensor allocate(int... shape) {
    NativeRuntime.start();
    long[] extents = Arrays.stream(shape).asLongStream().toArray();
    long size = Arrays.stream(extents).reduce(1, Math::multiplyExact);
    if (size > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "tensor " + Arrays.toString(shape) + " exceeds 2 GB; use smaller shards");
    }
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, extents);
    return new FloatTensor(shape.clone(), array, map(array, size));
  }

  /**
   * @throws IllegalArgumentException if the values are not as many as the shape has
   */
  public static FloatTensor of(float[] values, int... shape) {
    FloatTensor tensor = allocate(shape);
    requireSize("tensor " + Arrays.toString(shape), tensor.size(), values.length);
    tensor.floats().put(values);
    return tensor;
  }

  private static void requireSize(String what, int expected, long found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "%s: expected %d values, found %d".formatted(what, expected, found));
    }
  }

  private static ByteBuffer map(INDArray array, long size) {
    Pointer pointer = array.data().pointer();
    return pointer
        .asByteBuffer()
        .limit(Math.toIntExact(size * Float.BYTES))
        .order(ByteOrder.nativeOrder());
  }

  /** This memory with another shape of the same size. */
  public FloatTensor reshape(int... newShape) {
    long[] extents = Arrays.stream(newShape).asLongStream().toArray();
    requireSize(
        this + " has no shape " + Arrays.toString(newShape),
        size(),
        Arrays.stream(extents).reduce(1, (a, b) -> a * b));
    return new FloatTensor(newShape.clone(), array.reshape('c', extents), bytes);
  }

  public INDArray array() {
    return array;
  }

  /** The values' bytes, little-endian; position 0, limit 4 · size. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** A fresh view of the values as floats. */
  public FloatBuffer floats() {
    return bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  public float[] toArray() {
    float[] values = new float[size()];
    floats().get(values);
    return values;
  }

  public int[] shape() {
    return shape.clone();
  }

  public int dimension(int axis) {
    return shape[axis];
  }

  public int size() {
    return bytes.limit() / Float.BYTES;
  }

  /** Frees the memory now; neither this tensor nor a reshaped view may be used afterwards. */
  @Override
  public void close() {
    if (array.closeable()) {
      array.close();
    }
  }

  @Override
  public String toString() {
    return "FloatTensor" + Arrays.toString(shape);
  }
}
