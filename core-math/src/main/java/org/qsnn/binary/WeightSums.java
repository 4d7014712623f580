package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.StripGrid.Tap;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.PairwiseSum;
import org.qsnn.tensor.Workspace;

/**
 * How the sums of a gradient of weights lie while strips are added: in blocks of output channels,
 * in each for every run of taps and input channel the taps of the run.
 */
final class WeightSums {
  /** Positions whose gradients stay in the first-level cache. */
  private static final int TILE = 384;

  /** Output channels that are written at once, a divisor of the block: few enough cache lines. */
  private static final int WRITTEN = 8;

  /**
   * Taps of one phase: side by side in a kernel row, or in three rows below each other.
   *
   * @param shift of the last tap: the first of the gradients that a spike meets
   * @param taps from the last to the first
   * @param rows that they fill
   */
  record Run(int phase, int shift, List<Tap> taps, int rows) {
    /** Taps of a row. */
    int width() {
      return taps.size() / rows;
    }
  }

  private enum Role {
    SUMS,
    OF_SHARDS
  }

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final int block;
  private final List<Run> runs;

  /**
   * @param block output channels whose sums lie side by side
   */
  WeightSums(StripGrid grid, Convolution c, int block) {
    this.grid = grid;
    this.inputs = c.inChannels();
    this.outputs = c.outChannels();
    this.block = block;
    this.runs = squares(runs(grid));
  }

  /** Sums to which strips are added, zeros at first. */
  float[] zeros(Workspace workspace) {
    int length = blocks() * blockSums();
    float[] sums = workspace.floats(Role.SUMS, length);
    Arrays.fill(sums, 0, length, 0f);
    return sums;
  }

  /** The sum of one block's sums over so many shards. */
  PairwiseSum pairwise(int shards, Workspace workspace) {
    int vectors = PairwiseSum.vectors(shards);
    float[][] memory = workspace.vectors(Role.OF_SHARDS, vectors, blockSums());
    return new PairwiseSum(memory, blockSums());
  }

  /** Taps side by side, phase by phase. */
  private static List<Run> runs(StripGrid grid) {
    List<Run> runs = new ArrayList<>();
    for (int phase = 0; phase < grid.phases(); phase++) {
      List<Tap> run = new ArrayList<>();
      for (int i = grid.taps().size() - 1; i >= 0; i--) {
        Tap tap = grid.taps().get(i);
        if (tap.phase() != phase) {
          continue;
        }
        if (!run.isEmpty() && run.get(run.size() - 1).shift() != tap.shift() + 1) {
          runs.add(new Run(phase, run.get(0).shift(), run, 1));
          run = new ArrayList<>();
        }
        run.add(tap);
      }
      if (!run.isEmpty()) {
        runs.add(new Run(phase, run.get(0).shift(), run, 1));
      }
    }
    return runs;
  }

  /** Three kernel rows of three taps become one run; what is left stays as it is. */
  private static List<Run> squares(List<Run> rows) {
    boolean isSquare =
        rows.size() == 3
            && rows.stream().allMatch(row -> row.taps().size() == 3 && row.phase() == 0);
    if (!isSquare) {
      return rows;
    }
    List<Tap> taps = rows.stream().flatMap(row -> row.taps().stream()).toList();
    return List.of(new Run(0, rows.get(0).shift(), taps, 3));
  }

  List<Run> runs() {
    return runs;
  }

  int blocks() {
    return (outputs + block - 1) / block;
  }

  /** Sums of one block of output channels: (run, input channel, tap of the run, channel). */
  int blockSums() {
    return inputs * grid.taps().size() * block;
  }

  /** Lines of an image whose gradients are read together. */
  int tileLines() {
    return Math.max(1, TILE / grid.pitch());
  }

  /** Multiplies the sums of a block, at the start of an array, by a factor for each channel. */
  void scale(float[] sums, int blockIndex, float[] factors) {
    int first = blockIndex * block;
    int there = Math.min(block, outputs - first);
    for (int i = 0; i < blockSums(); i += block) {
      for (int c = 0; c < there; c++) {
        sums[i + c] *= factors[first + c];
      }
    }
  }

  /**
   * Writes what has been added to all blocks.
   *
   * @param factors of the sums of each output channel
   * @param target {@code [out, in, k, k]} from {@code at} on, overwritten
   */
  void write(float[] sums, float[] factors, float[] target, int at) {
    for (int b = 0; b < blocks(); b++) {
      write(b, sums, b * blockSums(), factors, target, at);
    }
  }

  /** Writes a block, whose sums begin at {@code start}. */
  void write(int blockIndex, float[] sums, int start, float[] factors, float[] target, int at) {
    int taps = grid.taps().size();
    int last = Math.min(outputs, (blockIndex + 1) * block);
    for (int first = blockIndex * block; first < last; first += WRITTEN) {
      int end = Math.min(last, first + WRITTEN);
      int sum = start;
      for (Run run : runs) {
        int[] indices = run.taps().stream().mapToInt(Tap::index).toArray();
        for (int c = 0; c < inputs; c++) {
          for (int output = first; output < end; output++) {
            int to = at + (output * inputs + c) * taps;
            int from = sum + output % block;
            if (run.rows() == 3) {
              writeSquare(sums, from, factors[output], target, to);
              continue;
            }
            for (int i = 0; i < indices.length; i++) {
              target[to + indices[i]] = sums[from + i * block] * factors[output];
            }
          }
          sum += indices.length * block;
        }
      }
    }
  }

  /** Nine taps, from the last to the first: written out, in three quarters of the loop's time. */
  private void writeSquare(float[] sums, int from, float factor, float[] target, int to) {
    target[to + 8] = sums[from] * factor;
    target[to + 7] = sums[from + block] * factor;
    target[to + 6] = sums[from + 2 * block] * factor;
    target[to + 5] = sums[from + 3 * block] * factor;
    target[to + 4] = sums[from + 4 * block] * factor;
    target[to + 3] = sums[from + 5 * block] * factor;
    target[to + 2] = sums[from + 6 * block] * factor;
    target[to + 1] = sums[from + 7 * block] * factor;
    target[to] = sums[from + 8 * block] * factor;
  }
}
