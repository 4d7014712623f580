package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.PackedSums.OutputRows;
import org.qsnn.binary.StripGrid.Tap;
import org.qsnn.binary.TableSums.CountTerms;
import org.qsnn.binary.TableSums.SignedTerms;
import org.qsnn.binary.TableSums.TableColumns;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;

/**
 * Multiplies flat rows by a matrix of signs and adds along the taps: row r of the result is Σ ±row
 * (c, phase) of the input shifted by the tap, over all channels c and the taps of r.
 *
 * <p>Four channels at a time, or six, the signed sums of their values are written down for a tile
 * of positions ({@link FlatTables}); each output then adds or subtracts one entry where it would
 * have multiplied four or six times, its sums staying in registers.
 *
 * <p>This is the part that the shape decides; what the weights decide are {@link #entries}.
 */
final class FlatSums {
  private static final TableSums SUMS = TableSums.best();
  private static final PackedSums PACKED_SUMS = PackedSums.best();
  private static final int TILE = TableSums.TILE;

  /** So many outputs read a table that a larger one, of more channels, is worth writing. */
  static final int MANY_OUTPUTS = 64;

  /** Outputs that read the same taps: the channels at one phase. */
  private record Phase(int index, Tap[] taps) {}

  private final StripGrid grid;
  private final TapMatrix matrix;
  private final FlatTables tables;
  private final List<Phase> phases;

  private FlatSums(StripGrid grid, TapMatrix matrix, FlatTables tables, List<Phase> phases) {
    this.grid = grid;
    this.matrix = matrix;
    this.tables = tables;
    this.phases = phases;
  }

  /** Spike counts to the output: from rows (in channel, phase) to rows (out channel). */
  static FlatSums forward(StripGrid grid, Convolution c) {
    List<Phase> phases = List.of(new Phase(0, grid.taps().toArray(Tap[]::new)));
    int groupSize = TableSums.GROUP;
    FlatTables tables =
        new FlatTables(grid, c.inChannels(), grid.phases(), groupSize, 1 << groupSize);
    return new FlatSums(grid, TapMatrix.forward(c), tables, phases);
  }

  /** Output gradients to the input: from rows (out channel) to rows (in channel, phase). */
  static FlatSums backward(StripGrid grid, Convolution c) {
    List<Phase> phases = new ArrayList<>();
    for (int phase = 0; phase < grid.phases(); phase++) {
      List<Tap> reversed = new ArrayList<>();
      for (Tap tap : grid.taps()) {
        if (tap.phase() == phase) {
          reversed.add(new Tap(tap.index(), 0, -tap.shift()));
        }
      }
      phases.add(new Phase(phase, reversed.toArray(Tap[]::new)));
    }
    int groupSize = c.inChannels() < MANY_OUTPUTS ? TableSums.GROUP : TableSums.LARGE_GROUP;
    FlatTables tables = new FlatTables(grid, c.outChannels(), 1, groupSize, 1 << (groupSize - 1));
    return new FlatSums(grid, TapMatrix.transposed(c), tables, phases);
  }

  /**
   * Entries of counts whose sum fits a byte.
   *
   * @param largest no count exceeds it
   */
  int together(int largest) {
    return TableSums.LARGEST_COUNT / (tables.groupSize() * largest);
  }

  /** Rows of the input: whole groups of channels; rows beyond the last channel are zeros. */
  int inputRows() {
    return tables.rows();
  }

  /** Where entries are found, in the order in which {@code apply} reads them. */
  Entries entries(QuantizedTensor weights) {
    EntryNumbers numbers = new EntryNumbers(weights, matrix, tables.groupSize());
    int count = matrix.outputs() * tables.groups() * matrix.taps();
    Entries entries = new Entries(new int[count], new float[tables.areHalves() ? count : 0]);
    int n = 0;
    for (int first = 0; first < tables.groups(); first += tables.together()) {
      int last = Math.min(tables.groups(), first + tables.together());
      for (Phase phase : phases) {
        for (int output = 0; output < matrix.outputs(); output++) {
          for (int group = first; group < last; group++) {
            numbers.read(output, group);
            n = list(numbers, group, phase.taps(), entries, n);
          }
        }
      }
    }
    return entries;
  }

  /** The same in the order of {@link Entries#sort}, for each output at a phase. */
  Entries sortedEntries(QuantizedTensor weights) {
    Entries entries = entries(weights);
    int blocks = (tables.groups() + tables.together() - 1) / tables.together();
    int heads = blocks * phases.size() * matrix.outputs();
    int[] sorted = new int[entries.places().length + heads];
    int[] shifts = {0};
    int n = 0;
    int from = 0;
    for (int first = 0; first < tables.groups(); first += tables.together()) {
      int last = Math.min(tables.groups(), first + tables.together());
      for (Phase phase : phases) {
        int count = (last - first) * phase.taps().length;
        for (int output = 0; output < matrix.outputs(); output++) {
          n = entries.sort(from, count, shifts, sorted, n);
          from += count;
        }
      }
    }
    return new Entries(sorted, new float[0]);
  }

  private int list(EntryNumbers numbers, int group, Tap[] taps, Entries entries, int from) {
    float[] signs = entries.signs();
    int highest = tables.groupSize() - 1;
    int n = from;
    for (Tap tap : taps) {
      int entry = numbers.entry(tap.index());
      if (signs.length > 0) {
        // −1 where the table has the opposite, 0 where it has the entry itself.
        int opposite = (entry >> highest) - 1;
        signs[n] = opposite | 1;
        entry = (entry ^ opposite) & ((1 << highest) - 1);
      }
      entries.places()[n++] = tables.place(group, tap.phase(), entry, tap.shift());
    }
    return n;
  }

  /** Length of the array of sums of counts: two tiles of zeros behind the sums. */
  int countSumsLength() {
    return 2 * (grid.tiles(grid.images()) * matrix.outputs() + 1) * TILE;
  }

  /** Length of the array of sums of floats: a tile of zeros behind the sums. */
  int sumsLength() {
    return matrix.outputs() * phases.size() * grid.sumsPitch() + TILE;
  }

  /** Length of the array that holds the tables. */
  int tableLength() {
    return tables.length();
  }

  /**
   * Spike counts of four strips at once; see {@link PlaneCopies#pack}.
   *
   * @param rows {@link #inputRows} of {@link StripGrid#rowLength}
   * @param positions how many are wanted; whole tiles are computed
   * @param terms the sums are overwritten: the tiles one after the other, in each two rows for
   *     every output and two for the sums of all weights; see {@link TableSums#unpack}
   */
  void apply(int[] rows, int positions, CountTerms terms) {
    int taps = matrix.taps();
    int zeros = countSumsLength() - 2 * TILE;
    Arrays.fill(terms.sums(), zeros, zeros + 2 * TILE, 0);
    for (int start = 0; start < positions; start += TILE) {
      int column = tables.column(start);
      int n = 0;
      for (int first = 0; first < tables.groups(); first += tables.together()) {
        int last = Math.min(tables.groups(), first + tables.together());
        for (int group = first; group < last; group++) {
          for (int phase = 0; phase < tables.phases(); phase++) {
            SUMS.tables(rows, terms.table(), tables.columns(start, group, phase));
          }
        }
        int count = (last - first) * taps;
        for (int output = 0; output < matrix.outputs(); output++) {
          int sum = 2 * (start * matrix.outputs() + output * TILE);
          SUMS.add(terms, column, n, n + count, first == 0 ? zeros : sum, sum);
          n += count;
        }
      }
    }
  }

  /**
   * Gradients.
   *
   * @param factors one an input row, 0 beyond the last channel: what the row is multiplied by
   * @param terms the sums are overwritten: rows of positions for every (output channel, phase),
   *     {@link StripGrid#sumsPitch} apart
   */
  void apply(float[] rows, float[] factors, int positions, SignedTerms terms) {
    int zeros = sumsLength() - TILE;
    Arrays.fill(terms.sums(), zeros, zeros + TILE, 0f);
    for (int start = 0; start < positions; start += TILE) {
      int column = tables.column(start);
      int n = 0;
      for (int first = 0; first < tables.groups(); first += tables.together()) {
        int last = Math.min(tables.groups(), first + tables.together());
        for (int group = first; group < last; group++) {
          int row = group * tables.groupSize();
          TableColumns where = tables.columns(start, group, 0);
          if (tables.groupSize() == TableSums.GROUP) {
            SUMS.tables(rows, factors, row, terms.table(), where);
          } else {
            SUMS.largeTables(rows, factors, row, terms.table(), where);
          }
        }
        for (Phase phase : phases) {
          int count = (last - first) * phase.taps().length;
          for (int output = 0; output < matrix.outputs(); output++) {
            int row = output * phases.size() + phase.index();
            int sum = row * grid.sumsPitch() + start;
            int before = first == 0 ? zeros : sum;
            SUMS.add(terms, column, n, n + count, before, sum);
            n += count;
          }
        }
      }
    }
  }

  /** What is added for packed gradients. */
  record PackedTerms(int[] table, Entries entries, int[] sums) {}

  /**
   * Packed gradients, whose factors they bring along.
   *
   * @param rows {@link #inputRows} of {@link StripGrid#rowLength}
   * @param terms the sums are overwritten: as those of floats lie
   */
  void apply(int[] rows, int positions, PackedTerms terms) {
    Arrays.fill(terms.sums(), 0, sumsLength(), 0);
    for (int start = 0; start < positions; start += TILE) {
      int column = tables.column(start);
      int n = 0;
      for (int first = 0; first < tables.groups(); first += tables.together()) {
        int last = Math.min(tables.groups(), first + tables.together());
        for (int group = first; group < last; group++) {
          TableColumns where = tables.columns(start, group, 0);
          if (tables.groupSize() == TableSums.GROUP) {
            PACKED_SUMS.tables(rows, terms.table(), where);
          } else {
            PACKED_SUMS.largeTables(rows, terms.table(), where);
          }
        }
        for (Phase phase : phases) {
          int count = (last - first) * phase.taps().length;
          int at = phase.index() * grid.sumsPitch() + start;
          int pitch = phases.size() * grid.sumsPitch();
          OutputRows sums = new OutputRows(terms.sums(), at, pitch, matrix.outputs(), TILE);
          PACKED_SUMS.add(terms.table(), column, terms.entries().places(), n, count, sums);
          n += matrix.outputs() * (1 + count);
        }
      }
    }
  }
}
