package org.qsnn.binary;

import java.util.List;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** The gradients of a binary convolution. */
interface ConvolutionGradients {
  /** The entries that weights choose. */
  Entries entries(QuantizedTensor weights);

  /** As {@link org.qsnn.layer.Synapses#backward}. */
  void of(
      Activation x,
      List<? extends FloatSource> dy,
      SignedWeights weights,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace);
}
