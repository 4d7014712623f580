package org.qsnn.binary;

import org.qsnn.binary.TableSums.TableColumns;

/**
 * How tables lie in one array: for each group of channels and phase of the input one, of a tile of
 * positions and what its taps reach on either side.
 *
 * <p>The tables of a few groups are used together, so that they stay in the first-level cache. So
 * few tables that the second-level cache holds them all are as long as two tiles, and the second
 * writes only the columns that the first did not.
 */
final class FlatTables {
  private static final int TILE = TableSums.TILE;

  /** So few tables stay in the second-level cache, and are as long as this many tiles. */
  private static final int LONG_TABLES = 8;

  private static final int TILES_OF_LONG_TABLE = 2;

  private final StripGrid grid;
  private final int phases;
  private final int groupSize;
  private final int groups;
  private final int together;
  private final int entries;
  private final boolean areLong;

  /** Columns that the taps of a tile read, and some more. */
  private final int tileColumns;

  private final int pitch;

  /**
   * @param channels whose rows are read
   * @param phases of each channel
   * @param groupSize {@link TableSums#GROUP} or {@link TableSums#LARGE_GROUP}
   * @param entries of a table: all sums of a group, or those that are not another's opposite
   */
  FlatTables(StripGrid grid, int channels, int phases, int groupSize, int entries) {
    this.grid = grid;
    this.phases = phases;
    this.groupSize = groupSize;
    this.groups = (channels + groupSize - 1) / groupSize;
    this.together = groupSize == TableSums.GROUP ? 4 : 2;
    this.entries = entries;
    this.areLong = groups * phases <= LONG_TABLES;
    this.tileColumns = (TILE + 2 * grid.reach() + 15) / 16 * 16;
    this.pitch = tileColumns + (tiles() - 1) * TILE;
  }

  int phases() {
    return phases;
  }

  int groupSize() {
    return groupSize;
  }

  int groups() {
    return groups;
  }

  /** Groups whose tables are used together. */
  int together() {
    return together;
  }

  /** Whether a table has only one of two sums that are each other's opposites. */
  boolean areHalves() {
    return entries < 1 << groupSize;
  }

  /** Rows that are read: whole groups of channels. */
  int rows() {
    return groups * groupSize * phases;
  }

  /** Length of the array that holds the tables. */
  int length() {
    return (areLong ? groups : together) * phases * entries * pitch;
  }

  private int tiles() {
    return areLong ? TILES_OF_LONG_TABLE : 1;
  }

  /** Which table is that of a group at a phase. */
  private int table(int group, int phase) {
    return (areLong ? group : group % together) * phases + phase;
  }

  /** Where the column of an entry lies that a tap reads for a tile's first position. */
  int place(int group, int phase, int entry, int shift) {
    return (table(group, phase) * entries + entry) * pitch + grid.reach() + shift;
  }

  /** The column of its tables at which a tile starts. */
  int column(int start) {
    return start / TILE % tiles() * TILE;
  }

  /** What a tile must write of a table: its columns, without those that the tile before left. */
  TableColumns columns(int start, int group, int phase) {
    int column = column(start);
    int written = column == 0 ? 0 : tileColumns - TILE;
    int at = table(group, phase) * entries * pitch + column + written;
    int row = group * groupSize * phases + phase;
    int from = row * grid.rowLength() + start + written;
    return new TableColumns(from, phases * grid.rowLength(), tileColumns - written, at, pitch);
  }
}
