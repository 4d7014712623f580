package org.qsnn.deploy;

import java.util.Arrays;

/**
 * Sums of spikes with weights ±1: of a patch of bits s and the bits w of the weights +1 it is
 * {@code 2 · |w ∧ s| − |s|}, each digit of counts for itself. Four patches meet a channel's weights
 * at once.
 */
final class SignSums implements RowSums {
  private static final int PATCHES = 4;

  private final IntegerBranch branch;
  private final int timesteps;
  private final int size;
  private final int channels;
  private final int planes;
  private final int planeLength;
  private final long[] weights;

  /**
   * @param counts largest count of the source
   */
  SignSums(IntegerBranch branch, IntegerLayer layer, int timesteps, int counts) {
    this.branch = branch;
    this.timesteps = timesteps;
    this.size = layer.size();
    this.channels = layer.channels();
    SpikeImage like = new SpikeImage(branch.inChannels(), 1, counts, 0);
    this.planes = like.planes();
    int perPixel = like.wordsPerPixel();
    this.planeLength = branch.kernel() * branch.kernel() * perPixel;
    this.weights = weights(branch, perPixel, planeLength);
  }

  /** {@code [out, kernel, kernel, words of a pixel]}, 1 for +1. */
  private static long[] weights(IntegerBranch branch, int perPixel, int length) {
    int taps = branch.kernel() * branch.kernel();
    int in = branch.inChannels();
    int outputs = branch.factors().length;
    long[] words = new long[outputs * length];
    byte[] bits = branch.weights();
    int i = 0;
    for (int out = 0; out < outputs; out++) {
      for (int c = 0; c < in; c++) {
        int word = out * length + (c >> 6);
        for (int tap = 0; tap < taps; tap++, i++, word += perPixel) {
          words[word] |= (bits[i >> 3] >> (i & 7) & 1L) << c;
        }
      }
    }
    return words;
  }

  @Override
  public int images() {
    return timesteps;
  }

  /** Words of a patch. */
  int patchLength() {
    return planes * planeLength;
  }

  @Override
  public void compute(int y, Arena arena, int[] sums) {
    int patches = timesteps * size;
    long[][] bits = arena.patches();
    for (int first = 0; first < patches; first += PATCHES) {
      int count = Math.min(PATCHES, patches - first);
      for (int i = 0; i < count; i++) {
        int patch = first + i;
        gather(arena.output(branch.source(), patch / size), y, patch % size, bits[i]);
      }
      if (count == PATCHES) {
        addFour(bits, sums, first);
      } else {
        for (int i = 0; i < count; i++) {
          addOne(bits[i], sums, first + i);
        }
      }
    }
  }

  private void gather(SpikeImage image, int y, int x, long[] patch) {
    int perPixel = image.wordsPerPixel();
    int row = branch.kernel() * perPixel;
    int from =
        image.word(y * branch.stride() - branch.padding(), x * branch.stride() - branch.padding());
    int to = 0;
    for (int plane = 0; plane < planes; plane++) {
      int at = from + plane * image.planeWords();
      for (int i = 0; i < branch.kernel(); i++, to += row) {
        System.arraycopy(image.words(), at + i * image.rowWords(), patch, to, row);
      }
    }
  }

  private void addFour(long[][] bits, int[] sums, int first) {
    long[] p0 = bits[0];
    long[] p1 = bits[1];
    long[] p2 = bits[2];
    long[] p3 = bits[3];
    Arrays.fill(sums, first * channels, (first + PATCHES) * channels, 0);
    for (int plane = 0; plane < planes; plane++) {
      int from = plane * planeLength;
      int s0 = spikes(p0, from);
      int s1 = spikes(p1, from);
      int s2 = spikes(p2, from);
      int s3 = spikes(p3, from);
      for (int c = 0; c < channels; c++) {
        addFour(c * planeLength, p0, p1, p2, p3, from, sums, first * channels + c, plane);
      }
      subtract(sums, first * channels, s0 << plane);
      subtract(sums, (first + 1) * channels, s1 << plane);
      subtract(sums, (first + 2) * channels, s2 << plane);
      subtract(sums, (first + 3) * channels, s3 << plane);
    }
  }

  /** Of one channel: small, so that it is compiled early. */
  private void addFour(
      int w, long[] p0, long[] p1, long[] p2, long[] p3, int from, int[] sums, int to, int plane) {
    int a0 = 0;
    int a1 = 0;
    int a2 = 0;
    int a3 = 0;
    for (int i = 0; i < planeLength; i++) {
      long word = weights[w + i];
      a0 += Long.bitCount(word & p0[from + i]);
      a1 += Long.bitCount(word & p1[from + i]);
      a2 += Long.bitCount(word & p2[from + i]);
      a3 += Long.bitCount(word & p3[from + i]);
    }
    sums[to] += (2 * a0) << plane;
    sums[to + channels] += (2 * a1) << plane;
    sums[to + 2 * channels] += (2 * a2) << plane;
    sums[to + 3 * channels] += (2 * a3) << plane;
  }

  private void subtract(int[] sums, int from, int spikes) {
    for (int c = from; c < from + channels; c++) {
      sums[c] -= spikes;
    }
  }

  private void addOne(long[] bits, int[] sums, int patch) {
    Arrays.fill(sums, patch * channels, (patch + 1) * channels, 0);
    for (int plane = 0; plane < planes; plane++) {
      int from = plane * planeLength;
      int spikes = spikes(bits, from);
      for (int c = 0; c < channels; c++) {
        int count = 0;
        for (int i = 0; i < planeLength; i++) {
          count += Long.bitCount(weights[c * planeLength + i] & bits[from + i]);
        }
        sums[patch * channels + c] += (2 * count - spikes) << plane;
      }
    }
  }

  private int spikes(long[] bits, int from) {
    int spikes = 0;
    for (int i = from; i < from + planeLength; i++) {
      spikes += Long.bitCount(bits[i]);
    }
    return spikes;
  }
}
