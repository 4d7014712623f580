package org.qsnn.binary;

import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** As {@link InputGradient}, of {@link PackedGradient}s. */
interface PackedInputGradient {
  /** The entries that weights choose. */
  Entries entries(QuantizedTensor weights);

  /**
   * @param dx {@code [images, in, H, W]}, overwritten
   */
  void of(Entries entries, PackedGradient dy, float[] dx, Workspace workspace);

  /** The faster one for a convolution's shape. */
  static PackedInputGradient of(StripGrid grid, Convolution c) {
    return RowGrid.isBackwardFaster(c)
        ? new PackedRowInputGradient(grid, c)
        : new PackedFlatInputGradient(grid, c);
  }
}
