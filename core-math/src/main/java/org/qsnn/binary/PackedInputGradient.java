package org.qsnn.binary;

import org.qsnn.binary.PackedGradient.Window;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Workspace;

/** As {@link InputGradient}, of {@link PackedGradient}s. */
interface PackedInputGradient {
  /** The entries that weights choose. */
  Entries entries(QuantizedTensor weights);

  /**
   * @param dy as many slots as a strip has images, or fewer
   * @param dx {@code [images, in, H, W]}, overwritten
   */
  void of(Entries entries, Window dy, float[] dx, Workspace workspace);

  /** The faster one for a convolution's shape. */
  static PackedInputGradient of(StripGrid grid, Convolution c) {
    return RowGrid.isBackwardFaster(c)
        ? new PackedRowInputGradient(grid, c)
        : new PackedFlatInputGradient(grid, c);
  }
}
