package org.qsnn.binary;

import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** The gradient of a convolution's input, a strip of images at a time. */
interface InputGradient {
  /** The entries that weights choose. */
  Entries entries(QuantizedTensor weights);

  /**
   * The weights of one step.
   *
   * @param scales of each output channel, and zeros for {@link TableSums#LARGE_GROUP} more
   */
  record SignedWeights(Entries entries, float[] scales) {}

  /**
   * A strip's gradients of the output.
   *
   * @param images how many
   * @param values {@code [images, out, H', W']}
   * @param rows the same as flat rows, zeros behind them up to {@link TableSums#LARGE_GROUP} rows
   */
  record OutputGradient(int images, float[] values, float[] rows) {}

  /**
   * @param dx {@code [images, in, H, W]}, overwritten
   */
  void of(SignedWeights weights, OutputGradient dy, float[] dx, Workspace workspace);

  /** The faster one for a convolution's shape. */
  static InputGradient of(StripGrid grid, Convolution c) {
    return RowGrid.isBackwardFaster(c)
        ? new RowInputGradient(grid, c)
        : new FlatInputGradient(grid, c);
  }
}
