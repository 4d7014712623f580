package org.qsnn.binary;

import org.qsnn.binary.TableSums.CountTerms;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** The output of any convolution, along the taps of flat rows. */
final class FlatSpikeSums implements SpikeSums {
  private enum Role {
    COUNT_ROWS,
    COUNT_TABLE,
    COUNT_SUMS,
    SUM_ROWS
  }

  private final StripGrid grid;
  private final FlatSums flatSums;
  private final FlatRows flatRows;
  private final int inputs;
  private final int outputs;
  private final int countsPerUnit;

  FlatSpikeSums(StripGrid grid, Convolution c, int countsPerUnit) {
    this.grid = grid;
    this.flatSums = FlatSums.forward(grid, c);
    this.flatRows = new FlatRows(grid);
    this.inputs = c.inChannels();
    this.outputs = c.outChannels();
    this.countsPerUnit = countsPerUnit;
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return flatSums.entries(weights);
  }

  @Override
  public int images() {
    return SpikeImages.QUARTERS * grid.images();
  }

  @Override
  public void of(
      SpikeImages x, int images, Entries entries, float[] factors, float[] y, Workspace workspace) {
    float[] sumRows = workspace.floats(Role.SUM_ROWS, SpikeImages.QUARTERS * grid.rowLength());
    int[] rows = workspace.ints(Role.COUNT_ROWS, flatSums.inputRows() * grid.rowLength());
    int[] table = workspace.ints(Role.COUNT_TABLE, flatSums.tableLength());
    int[] sums = workspace.ints(Role.COUNT_SUMS, flatSums.countSumsLength());
    flatRows.pack(x, images, inputs, rows, flatSums.inputRows());
    int positions = grid.positions(SpikeImages.quarter(images));
    int together = flatSums.together(countsPerUnit);
    flatSums.apply(rows, positions, new CountTerms(table, entries.places(), together, sums));
    flatRows.unpack(sums, images, outputs, factors, sumRows, y);
  }
}
