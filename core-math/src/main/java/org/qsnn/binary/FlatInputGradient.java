package org.qsnn.binary;

import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** The gradient of any convolution's input, along the taps of flat rows. */
final class FlatInputGradient implements InputGradient {
  private final StripGrid grid;
  private final FlatSums transform;
  private final FlatRows flatRows;
  private final float[] factors;
  private final Workspace workspace;
  private final int inputs;

  FlatInputGradient(StripGrid grid, QuantizedTensor weights, float[] factors, Workspace workspace) {
    this.grid = grid;
    this.transform = FlatSums.backward(grid, weights);
    this.flatRows = new FlatRows(grid);
    this.factors = factors;
    this.workspace = workspace;
    this.inputs = weights.shape()[1];
  }

  @Override
  public void of(float[] dy, float[] flat, int images, float[] dx) {
    float[] sums = workspace.floats("sums", transform.sumsLength());
    float[] table = workspace.floats("table", transform.tableLength());
    transform.apply(flat, factors, grid.positions(images), table, sums);
    flatRows.collect(sums, images, inputs, dx);
  }
}
