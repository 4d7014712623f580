package org.qsnn.deploy;

import java.util.Arrays;

/**
 * Sums of spikes with weights ±1: of a patch of bits s and the bits w of the weights +1 it is
 * {@code 2 · |w ∧ s| − |s|}, each digit of counts for itself.
 */
final class SignSums implements BranchSums {
  private final IntegerBranch branch;
  private final int timesteps;
  private final int planes;
  private final int words;
  private final int length;
  private final int[] weights;
  private final int[] ones;

  /**
   * @param counts largest count of the source
   */
  SignSums(IntegerBranch branch, int timesteps, int counts) {
    this.branch = branch;
    this.timesteps = timesteps;
    this.planes = SpikeImage.planes(counts);
    this.words = SpikeImage.words(branch.inChannels());
    this.length = wholeSteps(branch.kernel() * branch.kernel() * words);
    this.weights = SignWeights.words(branch, words, length);
    this.ones = new int[length];
    Arrays.fill(ones, 0, branch.kernel() * branch.kernel() * words, -1);
  }

  private static int wholeSteps(int columns) {
    return (columns + SpikeCounts.COLUMNS - 1) / SpikeCounts.COLUMNS * SpikeCounts.COLUMNS;
  }

  @Override
  public int images() {
    return timesteps;
  }

  @Override
  public int columns() {
    return planes * length;
  }

  @Override
  public int planes() {
    return planes;
  }

  @Override
  public void gather(Tile tile, Arena arena, Patches patches) {
    for (int t = 0; t < timesteps; t++) {
      SpikeImage image = arena.output(branch.source(), t);
      for (int y = 0; y < tile.rows(); y++) {
        gather(image, tile.first() + y, patches.columns(), t * tile.area() + y * tile.size(), tile);
      }
    }
    for (int plane = 0; plane < planes; plane++) {
      int[] spikes = patches.spikes(plane);
      Arrays.fill(spikes, 0, tile.length(), 0);
      SpikeCounts.add(spikes, tile.length(), patches.columns(), plane * length, ones, 0, length);
    }
  }

  /** One row of neurons. */
  private void gather(SpikeImage image, int y, int[][] columns, int to, Tile tile) {
    int top = y * branch.stride() - branch.padding();
    for (int plane = 0; plane < planes; plane++) {
      int column = plane * length;
      for (int i = 0; i < branch.kernel(); i++) {
        for (int j = 0; j < branch.kernel(); j++) {
          for (int word = 0; word < words; word++, column++) {
            int at = image.at(plane, word, top + i, j - branch.padding());
            image.read(at, branch.stride(), columns[column], to, tile.size());
          }
        }
      }
    }
  }

  @Override
  public void compute(int channel, int channels, Patches patches, int count) {
    compute(0, channel, channels, patches, patches.sums(), count);
    for (int plane = 1; plane < planes; plane++) {
      compute(plane, channel, channels, patches, patches.counts(), count);
      for (int c = 0; c < channels; c++) {
        addDigit(patches.sums()[c], patches.counts()[c], 1 << plane, count);
      }
    }
  }

  /** Sums of one digit. */
  private void compute(
      int plane, int channel, int channels, Patches patches, int[][] sums, int count) {
    int from = channel * length;
    int first = plane * length;
    int[] spikes = patches.spikes(plane);
    if (Vectors.ARE_USED && channels == Patches.CHANNELS) {
      VectorSpikeCounts.sums(sums, spikes, count, patches.columns(), first, weights, from, length);
      return;
    }
    for (int c = 0; c < channels; c++) {
      Arrays.fill(sums[c], 0, count, 0);
      SpikeCounts.add(sums[c], count, patches.columns(), first, weights, from + c * length, length);
      finish(sums[c], spikes, count);
    }
  }

  private static void finish(int[] counts, int[] spikes, int count) {
    for (int i = 0; i < count; i++) {
      counts[i] = counts[i] + counts[i] - spikes[i];
    }
  }

  private static void addDigit(int[] sums, int[] counts, int value, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += value * counts[i];
    }
  }
}
