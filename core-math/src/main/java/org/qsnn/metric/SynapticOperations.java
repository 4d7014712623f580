package org.qsnn.metric;

import java.util.List;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;

/**
 * Synaptic operations of one sample, the usual estimate of an SNN's work: every spike makes each
 * synapse behind it add its weight once.
 *
 * <p>{@code operations = Σ_l rate_l · neurons_l · timesteps · fanOut_l}, with the mean number of
 * synapses a neuron of layer l feeds (neurons at the border feed fewer; zero padding has none). A
 * pool hands every spike on, so each of its spikes counts; behind a max pool, which hands on one of
 * several, that is an upper bound. Identity shortcuts have no synapses, the first convolution reads
 * the input instead of spikes, and linear layers behind the readout's first read numbers; none of
 * them counts.
 */
public final class SynapticOperations {
  private final NetworkSpec network;
  private final double[] fanOut;

  public SynapticOperations(NetworkSpec network) {
    this.network = network;
    this.fanOut = new double[network.layers().size()];
    for (Layer layer : network.layers()) {
      layer.branches().forEach(branch -> addFanOut(branch, layer));
    }
    fanOut[fanOut.length - 1] += network.readout().layers().get(0).outputs();
  }

  /** Mean number of synapses that one spike of the layer reaches. */
  public double fanOut(int layer) {
    return fanOut[layer];
  }

  /**
   * Synaptic operations of one sample over all timesteps.
   *
   * @param firingRates of every spiking layer
   */
  public double perSample(double[] firingRates) {
    List<Layer> layers = network.layers();
    if (firingRates.length != layers.size()) {
      throw new IllegalArgumentException(
          "firing rates: expected " + layers.size() + " layers, found " + firingRates.length);
    }
    double operations = 0;
    for (int i = 0; i < firingRates.length; i++) {
      double spikes = firingRates[i] * layers.get(i).neurons() * network.timesteps();
      operations += spikes * fanOut[i];
    }
    return operations;
  }

  private void addFanOut(Branch branch, Layer layer) {
    if (branch instanceof Convolved convolved && branch.source() != NetworkSpec.INPUT) {
      int inSize = inputSize(network, branch);
      double perAxis = (double) taps(convolved.convolution(), inSize, layer.size()) / inSize;
      fanOut[branch.source()] += perAxis * perAxis * convolved.convolution().outChannels();
    }
  }

  /** Height and width of what a branch reads. */
  static int inputSize(NetworkSpec network, Branch branch) {
    return branch.source() == NetworkSpec.INPUT
        ? network.inputSize()
        : network.layers().get(branch.source()).outputSize();
  }

  /** Pairs of output position and kernel tap along one axis that meet an input, not padding. */
  public static int taps(Convolution convolution, int inSize, int outSize) {
    int taps = 0;
    for (int out = 0; out < outSize; out++) {
      int start = out * convolution.stride() - convolution.padding();
      taps += Math.min(inSize, start + convolution.kernel()) - Math.max(0, start);
    }
    return taps;
  }
}
