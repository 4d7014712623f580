package org.qsnn.tensor;

/**
 * A counter-based stream of random numbers: value {@code i} of the stream with key {@code k} is a
 * pure function of {@code (k, i)}, so randomness never depends on the order in which tasks run.
 *
 * <p>SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) over a key that is mixed from a path such as
 * {@code (seed, epoch, sample id)}. Uses no {@code Math} intrinsic: the same numbers on every JVM.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long key;
  private long counter;

  private RandomStream(long key) {
    this.key = key;
  }

  /** The stream that belongs to a path, for example {@code of(seed, PURPOSE, epoch, id)}. */
  public static RandomStream of(long... path) {
    long key = 0x6A09E667F3BCC909L;
    for (long part : path) {
      key = mix(key ^ mix(part + GOLDEN_GAMMA));
    }
    return new RandomStream(key);
  }

  public long nextLong() {
    return mix(key + GOLDEN_GAMMA * ++counter);
  }

  /** Uniform in {@code [0, bound)} without bias (multiply-shift with rejection). */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive; found " + bound);
    }
    long limit = (1L << 32) - (1L << 32) % bound;
    long draw;
    do {
      draw = nextLong() >>> 32;
    } while (draw >= limit);
    return (int) (draw % bound);
  }

  /** Uniform in {@code [0, 1)}, 24 bits. */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1.0p-24f;
  }

  /** Uniform in {@code [0, 1)}, 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** Standard normal, by the polar method over {@link StrictMath}: the same bits on every JVM. */
  public double nextGaussian() {
    double u;
    double v;
    double s;
    do {
      u = 2 * nextDouble() - 1;
      v = 2 * nextDouble() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
  }

  /** A uniformly random permutation of {@code 0 … size-1} (Fisher–Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
