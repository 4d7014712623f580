package org.qsnn.binary;

import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** The gradient of a convolution's input, a strip of images at a time. */
interface InputGradient {
  /**
   * @param dy images {@code [N, out, H', W']} of the output's gradients
   * @param flat the same as flat rows, zeros behind them up to {@link TableSums#LARGE_GROUP} rows
   * @param images N
   * @param dx images {@code [N, in, H, W]}, overwritten
   */
  void of(float[] dy, float[] flat, int images, float[] dx);

  /**
   * @param factors the scale of each output channel, and zeros for {@link TableSums#LARGE_GROUP}
   *     more
   */
  static InputGradient of(
      StripGrid grid, QuantizedTensor weights, float[] factors, Workspace workspace) {
    return RowInputGradient.fits(grid, weights)
        ? new RowInputGradient(grid, weights, factors, workspace)
        : new FlatInputGradient(grid, weights, factors, workspace);
  }
}
