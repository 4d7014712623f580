package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.StripGrid.Tap;
import org.qsnn.model.QuantizedTensor;

/**
 * Multiplies flat rows by a matrix of signs and adds along the taps: row r of the result is Σ ±row
 * (c, plane) of the input shifted by the tap, over all channels c and the taps of r.
 *
 * <p>Four channels at a time, all sixteen signed sums of their values are written down for a tile
 * of positions; each output then adds one entry where it would have multiplied four times. The
 * tables of sixteen channels are used together, so that they stay in the first-level cache and the
 * output's sums in registers.
 */
final class SignTransform {
  private static final SignSums SUMS = SignSums.best();

  /** Groups of channels whose tables are alive together. */
  private static final int BATCH = 4;

  /** Outputs that read the same taps: the channels at one phase. */
  private record Phase(int plane, List<Tap> taps) {}

  private final StripGrid grid;
  private final int inputs;
  private final int inputPlanes;
  private final int outputs;
  private final List<Phase> phases;
  private final int tile;
  private final int[] entries;

  private SignTransform(
      StripGrid grid,
      int inputs,
      int inputPlanes,
      int outputs,
      List<Phase> phases,
      int tile,
      Signs signs) {
    this.grid = grid;
    this.inputs = inputs;
    this.inputPlanes = inputPlanes;
    this.outputs = outputs;
    this.phases = phases;
    this.tile = tile;
    this.entries = entries(signs);
  }

  /** The sign of a weight. */
  private interface Signs {
    boolean isPositive(int output, int input, int tap);
  }

  /** Spike counts to the output: from rows (in channel, phase) to rows (out channel). */
  static SignTransform forward(StripGrid grid, QuantizedTensor weights) {
    int[] shape = weights.shape();
    int taps = shape[2] * shape[3];
    return new SignTransform(
        grid,
        shape[1],
        grid.planes(),
        shape[0],
        List.of(new Phase(0, grid.taps())),
        SignSums.COUNT_TILE,
        (output, input, tap) -> weights.isPositive((output * shape[1] + input) * taps + tap));
  }

  /** Output gradients to the input: from rows (out channel) to rows (in channel, phase). */
  static SignTransform backward(StripGrid grid, QuantizedTensor weights) {
    int[] shape = weights.shape();
    int taps = shape[2] * shape[3];
    List<Phase> phases = new ArrayList<>();
    for (int plane = 0; plane < grid.planes(); plane++) {
      List<Tap> reversed = new ArrayList<>();
      for (Tap tap : grid.taps()) {
        if (tap.plane() == plane) {
          reversed.add(new Tap(tap.index(), 0, -tap.shift()));
        }
      }
      phases.add(new Phase(plane, reversed));
    }
    return new SignTransform(
        grid,
        shape[0],
        1,
        shape[1],
        phases,
        SignSums.FLOAT_TILE,
        (output, input, tap) -> weights.isPositive((input * shape[1] + output) * taps + tap));
  }

  /** Rows of the input: whole groups of channels; rows beyond the last channel are zeros. */
  static int inputRows(int channels, int planes) {
    return (channels + SignSums.GROUP - 1) / SignSums.GROUP * SignSums.GROUP * planes;
  }

  /** Places where entries are found, in the order in which {@link #apply} reads them. */
  private int[] entries(Signs signs) {
    int groups = groups();
    int taps = phases.stream().mapToInt(phase -> phase.taps().size()).sum();
    int[] list = new int[outputs * groups * taps];
    int n = 0;
    for (int first = 0; first < groups; first += BATCH) {
      int last = Math.min(groups, first + BATCH);
      for (Phase phase : phases) {
        for (int output = 0; output < outputs; output++) {
          for (int group = first; group < last; group++) {
            for (Tap tap : phase.taps()) {
              int table = (group - first) * inputPlanes + tap.plane();
              int entry = table * SignSums.ENTRIES + signs(signs, output, group, tap.index());
              list[n++] = entry * tablePitch() + grid.reach() + tap.shift();
            }
          }
        }
      }
    }
    return list;
  }

  private int signs(Signs signs, int output, int group, int tap) {
    int bits = 0;
    for (int k = 0; k < SignSums.GROUP; k++) {
      int input = group * SignSums.GROUP + k;
      if (input < inputs && signs.isPositive(output, input, tap)) {
        bits |= 1 << k;
      }
    }
    return bits;
  }

  private int groups() {
    return (inputs + SignSums.GROUP - 1) / SignSums.GROUP;
  }

  private int outputRows() {
    return outputs * phases.size();
  }

  /** Length of the array of sums for so many positions. */
  int sumsLength(int positions) {
    return (positions + tile - 1) / tile * tile * outputRows();
  }

  private int tablePitch() {
    return (tile + 2 * grid.reach() + 15) / 16 * 16;
  }

  /** Length of the array that holds the tables. */
  int tableLength() {
    return BATCH * inputPlanes * SignSums.ENTRIES * tablePitch() + SignSums.LARGEST_TILE;
  }

  /**
   * Spike counts.
   *
   * @param rows {@code inputRows(inputs, planes)} rows of {@link StripGrid#rowLength}
   * @param positions how many are wanted; whole tiles are computed
   * @param sums overwritten: the tiles one after the other, in each a row of positions for every
   *     output
   */
  void apply(short[] rows, int positions, short[] table, short[] sums) {
    int length = grid.rowLength();
    Arrays.fill(sums, 0, sumsLength(positions), (short) 0);
    for (int start = 0; start < positions; start += tile) {
      int n = 0;
      for (int first = 0; first < groups(); first += BATCH) {
        int last = Math.min(groups(), first + BATCH);
        for (int i = first * inputPlanes; i < last * inputPlanes; i++) {
          int at = (i - first * inputPlanes) * SignSums.ENTRIES * tablePitch();
          int row = firstRow(i) * length + start;
          SUMS.tables(rows, row, inputPlanes * length, table, at, tablePitch());
        }
        int count = (last - first) * phases.get(0).taps().size();
        for (int output = 0; output < outputs; output++) {
          SUMS.add(table, entries, n, n + count, sums, start * outputs + output * tile);
          n += count;
        }
      }
    }
  }

  /**
   * Gradients.
   *
   * @param factors one an input channel, 0 beyond the last: what its row is multiplied by
   * @param sums as for counts, a row for every (output channel, phase)
   */
  void apply(float[] rows, float[] factors, int positions, float[] table, float[] sums) {
    int length = grid.rowLength();
    Arrays.fill(sums, 0, sumsLength(positions), 0f);
    for (int start = 0; start < positions; start += tile) {
      int n = 0;
      for (int first = 0; first < groups(); first += BATCH) {
        int last = Math.min(groups(), first + BATCH);
        for (int i = first; i < last; i++) {
          int at = (i - first) * SignSums.ENTRIES * tablePitch();
          int channel = i * SignSums.GROUP;
          SUMS.tables(
              rows, channel * length + start, length, factors, channel, table, at, tablePitch());
        }
        for (Phase phase : phases) {
          int count = (last - first) * phase.taps().size();
          for (int output = 0; output < outputs; output++) {
            int row = output * phases.size() + phase.plane();
            SUMS.add(table, entries, n, n + count, sums, start * outputRows() + row * tile);
            n += count;
          }
        }
      }
    }
  }

  /** The row of the first channel of table i: tables are (group, plane), rows (channel, plane). */
  private int firstRow(int i) {
    return i / inputPlanes * SignSums.GROUP * inputPlanes + i % inputPlanes;
  }
}
