package org.qsnn.binary;

import org.qsnn.binary.FlatSums.PackedTerms;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** As {@link FlatInputGradient}, of packed gradients. */
final class PackedFlatInputGradient implements PackedInputGradient {
  private static final PackedSums SUMS = PackedSums.best();

  private enum Role {
    ROWS,
    TABLE,
    SUMS,
    BOTH
  }

  private final StripGrid grid;
  private final FlatSums flatSums;
  private final FlatRows flatRows;
  private final int inputs;

  PackedFlatInputGradient(StripGrid grid, Convolution c) {
    this.grid = grid;
    this.flatSums = FlatSums.backward(grid, c);
    this.flatRows = new FlatRows(grid);
    this.inputs = c.inChannels();
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return flatSums.sortedEntries(weights);
  }

  @Override
  public void of(Entries entries, PackedGradient dy, float[] dx, Workspace workspace) {
    int length = flatSums.sumsLength();
    int[] rows = workspace.ints(Role.ROWS, flatSums.inputRows() * grid.rowLength());
    int[] table = workspace.ints(Role.TABLE, flatSums.tableLength());
    int[] sums = workspace.ints(Role.SUMS, length);
    flatRows.spread(dy, rows, flatSums.inputRows());
    flatSums.apply(rows, grid.positions(dy.half()), new PackedTerms(table, entries, sums));
    float[] both = workspace.floats(Role.BOTH, 2 * length);
    SUMS.unpack(sums, 0, length, dy.unit(), both, 0, length);
    flatRows.collect(both, 0, dy.half(), inputs, dx, 0);
    flatRows.collect(both, length, dy.images() - dy.half(), inputs, dx, dy.half());
  }
}
