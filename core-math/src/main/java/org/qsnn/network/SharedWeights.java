package org.qsnn.network;

import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;

/**
 * Unpacks a step's weights once for all tasks that share a network, which divide the work. Weights
 * are told apart by their content, since each task may bring an object of its own: a task of
 * another step that still runs unpacks its own again.
 */
final class SharedWeights {
  private final NetworkLayout layout;
  private final ConvolutionForms forms;
  private SynapticWeights packed;
  private UnpackedWeights unpacked;

  SharedWeights(NetworkLayout layout, int gradientBits) {
    this.layout = layout;
    this.forms = new ConvolutionForms(layout.spec(), gradientBits);
  }

  UnpackedWeights of(SynapticWeights weights) {
    UnpackedWeights shared = latest(weights);
    shared.shareWork();
    return shared;
  }

  private synchronized UnpackedWeights latest(SynapticWeights weights) {
    if (!weights.equals(packed)) {
      unpacked = UnpackedWeights.of(layout, forms, weights);
      packed = weights;
    }
    return unpacked;
  }
}
