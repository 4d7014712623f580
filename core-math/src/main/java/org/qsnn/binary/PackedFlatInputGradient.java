package org.qsnn.binary;

import org.qsnn.binary.FlatSums.PackedTerms;
import org.qsnn.binary.PackedGradient.Strip;
import org.qsnn.binary.PackedGradient.Window;
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
  public void of(Entries entries, Window dy, float[] dx, Workspace workspace) {
    int length = flatSums.sumsLength();
    int[] rows = workspace.ints(Role.ROWS, flatSums.inputRows() * grid.rowLength());
    int[] table = workspace.ints(Role.TABLE, flatSums.tableLength());
    int[] sums = workspace.ints(Role.SUMS, length);
    flatRows.spread(dy, rows, flatSums.inputRows());
    flatSums.apply(rows, grid.positions(dy.slots()), new PackedTerms(table, entries, sums));
    float[] both = workspace.floats(Role.BOTH, 2 * length);
    for (Strip strip : dy.strips()) {
      int slot = dy.slot(strip);
      for (int row = 0; row < length - grid.sumsPitch(); row += grid.sumsPitch()) {
        int at = row + grid.position(slot, 0);
        SUMS.unpack(sums, at, grid.positions(strip.half()), strip.unit(), both, at, length);
      }
      int low = strip.first() - dy.first();
      flatRows.collect(both, 0, slot, strip.half(), inputs, dx, low);
      int high = low + strip.half();
      flatRows.collect(both, length, slot, strip.images() - strip.half(), inputs, dx, high);
    }
  }
}
