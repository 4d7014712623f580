package org.qsnn.tensor;

import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A dense float32 tensor off the heap, in C order: ND4J's operators see it as {@link #array()}, own
 * kernels {@link #read} and {@link #write} chunks of it. Activations have the shape {@code [T·B, C,
 * H, W]}, time leading.
 */
public final class FloatTensor implements Activation, AutoCloseable {
  private final int[] shape;
  private final INDArray memory;
  private final int from;
  private final FloatBuffer floats;

  /** Null until it is asked for: ND4J takes longer to make a view than a small layer to compute. */
  private INDArray array;

  private FloatTensor(int[] shape, INDArray memory, int from, FloatBuffer floats, INDArray array) {
    this.shape = shape;
    this.memory = memory;
    this.from = from;
    this.floats = floats;
    this.array = array;
  }

  /** A new tensor whose values are undefined. */
  public static FloatTensor allocate(int... shape) {
    NativeRuntime.classifier();
    long[] extents = Arrays.stream(shape).asLongStream().toArray();
    long size = size(extents);
    if (size > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "tensor " + Arrays.toString(shape) + " exceeds 2 GB; use smaller shards");
    }
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, extents);
    return new FloatTensor(shape.clone(), array, 0, map(array, size), array);
  }

  /**
   * @throws IllegalArgumentException if the values are not as many as the shape has
   */
  public static FloatTensor of(float[] values, int... shape) {
    FloatTensor tensor = allocate(shape);
    tensor.write(values);
    return tensor;
  }

  private static void requireSize(String what, int expected, long found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: expected %d values, found %d", what, expected, found));
    }
  }

  private static FloatBuffer map(INDArray array, long size) {
    Pointer pointer = array.data().pointer();
    return pointer
        .asByteBuffer()
        .limit(Math.toIntExact(size * Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** This memory with another shape of the same size. */
  public FloatTensor reshape(int... newShape) {
    long[] extents = Arrays.stream(newShape).asLongStream().toArray();
    requireSize(this + " has no shape " + Arrays.toString(newShape), size(), size(extents));
    return new FloatTensor(newShape.clone(), memory, from, floats, array().reshape('c', extents));
  }

  /**
   * The first values of this memory as a tensor of its own; whoever frees the one frees the other.
   *
   * @throws IllegalArgumentException if the shape has more values than this tensor
   */
  public FloatTensor prefix(int... newShape) {
    long[] extents = Arrays.stream(newShape).asLongStream().toArray();
    int size = Math.toIntExact(size(extents));
    if (size > size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s: expected at most %d values, found %d", this, size(), size));
    }
    return part(0, newShape.clone(), size);
  }

  @Override
  public FloatTensor ofShard(int shard, int shards) {
    int[] some = shape.clone();
    some[0] /= shards;
    int size = size() / shards;
    return part(shard * size, some, size);
  }

  /** Whether its memory begins within another tensor's. */
  public boolean isPart() {
    return from > 0;
  }

  private FloatTensor part(int start, int[] newShape, int size) {
    return new FloatTensor(newShape, memory, from + start, floats.slice(start, size), null);
  }

  private static long size(long[] extents) {
    return Arrays.stream(extents).reduce(1, Math::multiplyExact);
  }

  public INDArray array() {
    if (array == null) {
      long[] extents = Arrays.stream(shape).asLongStream().toArray();
      INDArray values =
          memory.reshape(memory.length()).get(NDArrayIndex.interval(from, from + size()));
      array = values.reshape('c', extents);
    }
    return array;
  }

  @Override
  public void read(int index, float[] target, int offset, int length) {
    floats.get(index, target, offset, length);
    Reference.reachabilityFence(this);
  }

  /** Copies part of a heap array into the values from {@code index} on. */
  public void write(int index, float[] source, int offset, int length) {
    floats.put(index, source, offset, length);
    Reference.reachabilityFence(this);
  }

  /** Overwrites all values. */
  public void write(float[] source) {
    requireSize(toString(), size(), source.length);
    write(0, source, 0, source.length);
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public int dimension(int axis) {
    return shape[axis];
  }

  @Override
  public int size() {
    return floats.limit();
  }

  /** Frees the memory now; neither this tensor nor a reshaped view may be used afterwards. */
  @Override
  public void close() {
    if (memory.closeable()) {
      memory.close();
    }
  }

  @Override
  public String toString() {
    return "FloatTensor" + Arrays.toString(shape);
  }
}
