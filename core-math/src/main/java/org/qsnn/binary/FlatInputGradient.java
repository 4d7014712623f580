package org.qsnn.binary;

import org.qsnn.binary.TableSums.SignedTerms;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** The gradient of any convolution's input, along the taps of flat rows. */
final class FlatInputGradient implements InputGradient {
  private enum Role {
    TABLE,
    SUMS
  }

  private final StripGrid grid;
  private final FlatSums flatSums;
  private final FlatRows flatRows;
  private final int inputs;

  FlatInputGradient(StripGrid grid, Convolution c) {
    this.grid = grid;
    this.flatSums = FlatSums.backward(grid, c);
    this.flatRows = new FlatRows(grid);
    this.inputs = c.inChannels();
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return flatSums.entries(weights);
  }

  @Override
  public void of(SignedWeights weights, OutputGradient dy, float[] dx, Workspace workspace) {
    float[] table = workspace.floats(Role.TABLE, flatSums.tableLength());
    float[] sums = workspace.floats(Role.SUMS, flatSums.sumsLength());
    SignedTerms terms = new SignedTerms(table, weights.entries(), sums);
    flatSums.apply(dy.rows(), weights.scales(), grid.positions(dy.images()), terms);
    flatRows.collect(sums, 0, 0, dy.images(), inputs, dx, 0);
  }
}
