package org.qsnn.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The memory of one task: tensors that keep their place from step to step, and scratch that is
 * taken and given back within a step, in blocks that serve one shape after the other, so that no
 * step allocates after the first; tensors of floats off the heap, bits and arrays on it; and its
 * random numbers. Used by one thread at a time; its contents never carry meaning from one task to
 * the next.
 */
public final class Workspace implements AutoCloseable {
  /** A place of an owner: a network has many layers with the same roles. */
  private record Place(Enum<?> role, String owner) {}

  private final Map<Place, FloatTensor> named = new HashMap<>();
  private final Map<Place, BitTensor> bits = new HashMap<>();
  private final NavigableMap<Integer, Deque<FloatTensor>> free = new TreeMap<>();
  private final Map<FloatTensor, FloatTensor> blocks = new IdentityHashMap<>();
  private final Map<Enum<?>, float[]> floats = new HashMap<>();
  private final Map<Enum<?>, int[]> ints = new HashMap<>();
  private final List<FloatTensor> owned = new ArrayList<>();
  private final Map<Enum<?>, float[][]> vectors = new HashMap<>();
  private List<RandomStream> random = List.of(RandomStream.of());

  /**
   * The tensor in that place; its values are what the last user left.
   *
   * @param role of an enum that the user keeps to itself, so that no two users have one in common
   * @param owner whose role it is: the name of a layer
   */
  public FloatTensor tensor(Enum<?> role, String owner, int... shape) {
    Place place = new Place(role, owner);
    FloatTensor tensor = named.get(place);
    if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
      tensor = own(FloatTensor.allocate(shape));
      FloatTensor former = named.put(place, tensor);
      if (former != null) {
        owned.remove(former);
        former.close();
      }
    }
    return tensor;
  }

  /** As {@link #tensor}, of bits. */
  public BitTensor bits(Enum<?> role, String owner, int... shape) {
    Place place = new Place(role, owner);
    BitTensor tensor = bits.get(place);
    if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
      tensor = new BitTensor(shape);
      bits.put(place, tensor);
    }
    return tensor;
  }

  /**
   * A tensor that nobody else holds until {@link #give}: the beginning of the smallest block of
   * memory that is free and large enough, or else a new block of just that size.
   */
  public FloatTensor take(int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    Map.Entry<Integer, Deque<FloatTensor>> fitting = free.ceilingEntry(size);
    FloatTensor block = fitting == null ? own(FloatTensor.allocate(size)) : pop(fitting.getKey());
    FloatTensor tensor = block.prefix(shape);
    blocks.put(tensor, block);
    return tensor;
  }

  private FloatTensor pop(int size) {
    Deque<FloatTensor> ofSize = free.get(size);
    FloatTensor block = ofSize.pop();
    if (ofSize.isEmpty()) {
      free.remove(size);
    }
    return block;
  }

  /**
   * @throws IllegalArgumentException if the tensor was not taken here, or was given back before
   */
  public void give(FloatTensor tensor) {
    FloatTensor block = blocks.remove(tensor);
    if (block == null) {
      throw new IllegalArgumentException(tensor + ": expected a tensor that was taken here");
    }
    free.computeIfAbsent(block.size(), size -> new ArrayDeque<>()).push(block);
  }

  /**
   * Makes sure that a tensor of that size can be taken without a new block. Blocks do not grow
   * together: whoever takes small tensors before large ones reserves the largest first.
   */
  public void reserve(int... shape) {
    give(take(shape));
  }

  /**
   * Scratch on the heap of at least that length; one array a role, with undefined contents.
   *
   * @param role as for {@link #tensor}
   */
  public float[] floats(Enum<?> role, int length) {
    float[] array = floats.get(role);
    if (array == null || array.length < length) {
      array = new float[length];
      floats.put(role, array);
    }
    return array;
  }

  /** As {@link #floats}. */
  public int[] ints(Enum<?> role, int length) {
    int[] array = ints.get(role);
    if (array == null || array.length < length) {
      array = new int[length];
      ints.put(role, array);
    }
    return array;
  }

  /** As {@link #floats}, so many arrays. */
  public float[][] vectors(Enum<?> role, int count, int length) {
    float[][] arrays = vectors.get(role);
    if (arrays == null || arrays.length < count || arrays[0].length < length) {
      arrays = new float[count][length];
      vectors.put(role, arrays);
    }
    return arrays;
  }

  /** Where the random numbers of a shard come from, of those that a task computes together. */
  public RandomStream random(int shard) {
    return random.get(shard);
  }

  /**
   * Begins a task.
   *
   * @param streams one for each shard that it computes
   */
  public void drawFrom(RandomStream... streams) {
    random = List.of(streams);
  }

  /** Bytes off the heap that this workspace holds. */
  public long bytes() {
    return owned.stream().mapToLong(tensor -> (long) tensor.size() * Float.BYTES).sum();
  }

  /** Bytes on the heap that this workspace holds. */
  public long heapBytes() {
    long words = bits.values().stream().mapToLong(tensor -> tensor.words().length).sum();
    words += floats.values().stream().mapToLong(array -> array.length).sum();
    words += ints.values().stream().mapToLong(array -> array.length).sum();
    words +=
        vectors.values().stream().flatMap(Arrays::stream).mapToLong(array -> array.length).sum();
    return words * Integer.BYTES;
  }

  @Override
  public void close() {
    owned.forEach(FloatTensor::close);
    owned.clear();
    named.clear();
    bits.clear();
    free.clear();
    blocks.clear();
  }

  private FloatTensor own(FloatTensor tensor) {
    owned.add(tensor);
    return tensor;
  }
}
