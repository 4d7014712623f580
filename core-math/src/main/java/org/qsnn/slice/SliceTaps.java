package org.qsnn.slice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.BitHalving;
import org.qsnn.tensor.BitTensor;

/**
 * Where the taps of a kernel find their bits. With stride s the input is split into s² phases (rows
 * and columns modulo s), each a plane of the output's size, so that a tap is the plane of its
 * phase, shifted by the same number of bits everywhere, without the neurons that have no such
 * neighbor.
 */
public final class SliceTaps {
  /**
   * One of the kernel's k·k weights of an output and an input channel.
   *
   * @param phase of the input, an index of those that are read
   * @param shift in bits, from an output neuron to the input's
   * @param masks words of a plane: where there is an input
   */
  record Tap(int phase, int shift, int[] masks) {}

  private final int size;
  private final int stride;
  private final int side;
  private final int[] phases;
  private final List<Tap> taps = new ArrayList<>();
  private final int reach;

  /**
   * @param size height and width of the input
   */
  public SliceTaps(Convolution c, int size) {
    this.size = size;
    this.stride = c.stride();
    this.side = (size + 2 * c.padding() - c.kernel()) / stride + 1;
    int first = -c.padding();
    int end = first + c.kernel();
    this.phases =
        IntStream.range(first, end)
            .flatMap(column -> IntStream.range(first, end).map(row -> phase(row, column)))
            .distinct()
            .sorted()
            .toArray();
    for (int row = first; row < end; row++) {
      for (int column = first; column < end; column++) {
        taps.add(tap(row, column));
      }
    }
    int largest = taps.stream().mapToInt(tap -> Math.abs(tap.shift())).max().orElseThrow();
    this.reach = largest / Integer.SIZE + 2;
  }

  private Tap tap(int row, int column) {
    int[] masks = new int[BitTensor.words(side * side)];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        if (isInside(y * stride + row) && isInside(x * stride + column)) {
          int bit = y * side + x;
          masks[bit / Integer.SIZE] |= 1 << bit;
        }
      }
    }
    int shift = Math.floorDiv(row, stride) * side + Math.floorDiv(column, stride);
    return new Tap(Arrays.binarySearch(phases, phase(row, column)), shift, masks);
  }

  /** Those of a column follow each other. */
  private int phase(int row, int column) {
    return Math.floorMod(column, stride) * stride + Math.floorMod(row, stride);
  }

  private boolean isInside(int coordinate) {
    return coordinate >= 0 && coordinate < size;
  }

  /** In the kernel's order. */
  List<Tap> taps() {
    return taps;
  }

  /** How many of the input's phases the taps read. */
  int phases() {
    return phases.length;
  }

  /** Whether a plane is laid out bit by bit, among zeros. */
  boolean isStrided() {
    return stride > 1;
  }

  /** Words that a tap may read before or behind a block's. */
  int reach() {
    return reach;
  }

  /** Length of the scratch of {@link #layOut}. */
  int scratchLength() {
    return BitHalving.words(size);
  }

  /**
   * Writes the phases of a plane.
   *
   * @param word where the plane starts
   * @param to where its first phase goes, zeros so far; the others are {@code pitch} apart
   * @param scratch of {@link #scratchLength}
   */
  void layOut(int[] words, int word, int[] target, int to, int pitch, int[] scratch) {
    if (stride == 1) {
      System.arraycopy(words, word, target, to, BitTensor.words(size * size));
      return;
    }
    if (stride == 2 && size == 2 * side && BitHalving.isPossible(size)) {
      layOutHalves(words, word, target, to, pitch, scratch);
      return;
    }
    for (int i = 0; i < phases.length; i++) {
      layOutBits(words, word, phases[i], target, to + i * pitch);
    }
  }

  /** Every other column, and then every other row. */
  private void layOutHalves(int[] words, int word, int[] target, int to, int pitch, int[] scratch) {
    int left = -1;
    for (int i = 0; i < phases.length; i++) {
      int phase = phases[i];
      if (left != phase / 2) {
        left = phase / 2;
        BitHalving.columns(words, word, size, left, scratch);
      }
      BitHalving.rows(scratch, size, phase % 2, target, to + i * pitch);
    }
  }

  private void layOutBits(int[] words, int word, int phase, int[] target, int at) {
    for (int y = phase % stride; y < size; y += stride) {
      int out = y / stride * side;
      for (int x = phase / stride; x < size; x += stride) {
        int bit = y * size + x;
        target[at + out / Integer.SIZE] |= (words[word + bit / Integer.SIZE] >>> bit & 1) << out;
        out++;
      }
    }
  }
}
