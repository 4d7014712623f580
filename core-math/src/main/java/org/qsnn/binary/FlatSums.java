package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * of positions; each output then adds or subtracts one entry where it would have multiplied four or
 * six times. The tables of a few groups are used together, so that they stay in the first-level
 * cache and the output's sums in registers. So few tables that the second-level cache holds them
 * all are as long as two tiles, and the second writes only the columns that the first did not.
 *
 * <p>This is the part that the shape decides; what the weights decide are {@link #entries}.
 */
final class FlatSums {
  private static final TableSums SUMS = TableSums.best();
  private static final int TILE = TableSums.TILE;

  /** So many outputs read a table that a larger one, of more channels, is worth writing. */
  static final int MANY_OUTPUTS = 64;

  /** So few tables stay in the second-level cache, and are as long as this many tiles. */
  private static final int LONG_TABLES = 8;

  private static final int TILES_OF_LONG_TABLE = 2;

  /** Outputs that read the same taps: the channels at one phase. */
  private record Phase(int index, Tap[] taps) {}

  private final StripGrid grid;
  private final TapMatrix matrix;
  private final int inputPhases;
  private final int groupSize;
  private final int groups;

  /** Groups of channels whose tables are used together. */
  private final int together;

  private final List<Phase> phases;
  private final boolean hasLongTables;

  /** Columns that the taps of a tile read, and some more. */
  private final int tileColumns;

  private final int tablePitch;
  private final int tableEntries;

  private FlatSums(
      StripGrid grid,
      TapMatrix matrix,
      int groupSize,
      int tableEntries,
      int inputPhases,
      List<Phase> phases) {
    this.grid = grid;
    this.matrix = matrix;
    this.groupSize = groupSize;
    this.tableEntries = tableEntries;
    this.inputPhases = inputPhases;
    this.groups = (matrix.inputs() + groupSize - 1) / groupSize;
    this.together = groupSize == TableSums.GROUP ? 4 : 2;
    this.phases = phases;
    this.hasLongTables = groups * inputPhases <= LONG_TABLES;
    this.tileColumns = (TILE + 2 * grid.reach() + 15) / 16 * 16;
    this.tablePitch = tileColumns + (tiles() - 1) * TILE;
  }

  /** Spike counts to the output: from rows (in channel, phase) to rows (out channel). */
  static FlatSums forward(StripGrid grid, Convolution c) {
    List<Phase> phases = List.of(new Phase(0, grid.taps().toArray(Tap[]::new)));
    int groupSize = TableSums.GROUP;
    return new FlatSums(
        grid, TapMatrix.forward(c), groupSize, 1 << groupSize, grid.phases(), phases);
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
    return new FlatSums(grid, TapMatrix.transposed(c), groupSize, 1 << (groupSize - 1), 1, phases);
  }

  /** Rows of the input: whole groups of channels; rows beyond the last channel are zeros. */
  int inputRows() {
    return groups * groupSize * inputPhases;
  }

  /** Where entries are found, in the order in which {@code apply} reads them. */
  Entries entries(QuantizedTensor weights) {
    EntryNumbers numbers = new EntryNumbers(weights, matrix, groupSize);
    int count = matrix.outputs() * groups * matrix.taps();
    boolean areSigned = tableEntries < 1 << groupSize;
    Entries entries = new Entries(new int[count], new float[areSigned ? count : 0]);
    int n = 0;
    for (int first = 0; first < groups; first += together) {
      int last = Math.min(groups, first + together);
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

  private int list(EntryNumbers numbers, int group, Tap[] taps, Entries entries, int from) {
    float[] signs = entries.signs();
    int rows = tableEntries - 1;
    int n = from;
    for (Tap tap : taps) {
      int entry = numbers.entry(tap.index());
      // −1 where the table has the opposite, 0 where it has the entry itself.
      int opposite = signs.length == 0 ? 0 : (entry >> (groupSize - 1)) - 1;
      int row = table(group, tap.phase()) * tableEntries + ((entry ^ opposite) & rows);
      entries.places()[n] = row * tablePitch + grid.reach() + tap.shift();
      if (signs.length > 0) {
        signs[n] = opposite | 1;
      }
      n++;
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

  private int tiles() {
    return hasLongTables ? TILES_OF_LONG_TABLE : 1;
  }

  /** Where the table of a group of channels at a phase is kept. */
  private int table(int group, int phase) {
    return (hasLongTables ? group : group % together) * inputPhases + phase;
  }

  /** Length of the array that holds the tables. */
  int tableLength() {
    int tables = (hasLongTables ? groups : together) * inputPhases;
    return tables * tableEntries * tablePitch;
  }

  /** The column of its tables at which a tile starts. */
  private int column(int start) {
    return start / TILE % tiles() * TILE;
  }

  /**
   * What a tile must write of a table: its columns, without those that the tile before left.
   *
   * @param row of the input, the first of the group
   * @param rows from one of the group to the next
   */
  private TableColumns columns(int start, int column, int row, int rows, int table) {
    int written = column == 0 ? 0 : tileColumns - TILE;
    int at = table * tableEntries * tablePitch + column + written;
    int from = row * grid.rowLength() + start + written;
    return new TableColumns(from, rows * grid.rowLength(), tileColumns - written, at, tablePitch);
  }

  /**
   * Spike counts of four strips at once; see {@link PlaneCopies#pack}.
   *
   * @param rows {@link #inputRows} of {@link StripGrid#rowLength}
   * @param largest no count exceeds it
   * @param positions how many are wanted; whole tiles are computed
   * @param terms the sums are overwritten: the tiles one after the other, in each two rows for
   *     every output and two for the sums of all weights; see {@link TableSums#unpack}
   */
  void apply(int[] rows, int largest, int positions, CountTerms terms) {
    int taps = matrix.taps();
    int most = TableSums.LARGEST_COUNT / (groupSize * largest);
    int zeros = countSumsLength() - 2 * TILE;
    Arrays.fill(terms.sums(), zeros, zeros + 2 * TILE, 0);
    for (int start = 0; start < positions; start += TILE) {
      int column = column(start);
      int n = 0;
      for (int first = 0; first < groups; first += together) {
        int last = Math.min(groups, first + together);
        for (int group = first; group < last; group++) {
          for (int phase = 0; phase < inputPhases; phase++) {
            int row = group * groupSize * inputPhases + phase;
            int table = table(group, phase);
            SUMS.tables(rows, terms.table(), columns(start, column, row, inputPhases, table));
          }
        }
        int count = (last - first) * taps;
        for (int output = 0; output < matrix.outputs(); output++) {
          int sum = 2 * (start * matrix.outputs() + output * TILE);
          int before = first == 0 ? zeros : sum;
          for (int end = n + count; n < end; n = Math.min(end, n + most)) {
            SUMS.add(terms, column, n, Math.min(end, n + most), before, sum);
            before = sum;
          }
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
      int column = column(start);
      int n = 0;
      for (int first = 0; first < groups; first += together) {
        int last = Math.min(groups, first + together);
        for (int group = first; group < last; group++) {
          int row = group * groupSize;
          TableColumns where = columns(start, column, row, 1, table(group, 0));
          if (groupSize == TableSums.GROUP) {
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
}
