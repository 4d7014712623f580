package org.qsnn.bench;

import java.util.Arrays;
import java.util.List;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.Surrogate;
import org.qsnn.neuron.Current;
import org.qsnn.neuron.LifGradient;
import org.qsnn.neuron.LifKernel;
import org.qsnn.neuron.LifLayer;
import org.qsnn.neuron.MembraneScale;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * The kernels of one layer's neurons.
 *
 * @param index of the layer
 * @param frames images of a sample that the network reads
 */
record NeuronKernels(NetworkSpec network, int index, int batch, int frames) {

  List<KernelTime> measure() {
    try (Workspace workspace = new Workspace()) {
      LifKernel kernel = new LifKernel(network.neuron(), Surrogate.PUBLISHED);
      LifLayer layer = layer(workspace);
      LifGradient gradient = gradient(workspace);
      float[] scales = forward(kernel, layer);
      return List.of(
          time("lif forward", () -> forward(kernel, layer)),
          time("lif backward", () -> kernel.backward(layer, scales, gradient)));
    }
  }

  private float[] forward(LifKernel kernel, LifLayer layer) {
    float[] scales = new float[network.timesteps()];
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < network.timesteps(); t++) {
      scales[t] = kernel.forward(layer, t, carried).largest();
      carried = MembraneScale.of(scales[t], network.membraneBits(index));
    }
    return scales;
  }

  private KernelTime time(String kernel, Runnable work) {
    double elements = (double) network.timesteps() * step();
    return new KernelTime.Elementwise(spec().name(), kernel, Stopwatch.briefly(work), elements);
  }

  private LifLayer layer(Workspace workspace) {
    List<Branch> branches = spec().branches();
    return new LifLayer(
        network.timesteps(),
        batch,
        spec().channels(),
        spec().size() * spec().size(),
        MembraneScale.levels(network.membraneBits(index)),
        current(branches.get(0), workspace),
        branches.size() > 1 ? current(branches.get(1), workspace) : null,
        new float[step()],
        new BitTensor(
            network.timesteps() * batch, spec().channels(), spec().size(), spec().size()));
  }

  private Current current(Branch branch, Workspace workspace) {
    boolean isSteady = branch.source() == NetworkSpec.INPUT && frames == 1;
    FloatTensor y = activation(isSteady ? 1 : network.timesteps(), workspace);
    float[] ones = new float[spec().channels()];
    Arrays.fill(ones, 1f);
    return new Current(
        RandomActivations.fillWithCurrents(y),
        isSteady ? 0 : step(),
        ones,
        new float[spec().channels()],
        branch instanceof Convolved ? new float[spec().channels()] : null);
  }

  /** One part for each layer that reads the spikes. */
  private LifGradient gradient(Workspace workspace) {
    long readers =
        network.layers().stream()
            .flatMap(layer -> layer.branches().stream())
            .filter(branch -> branch.source() == index)
            .count();
    int timesteps = network.timesteps();
    FloatTensor first = RandomActivations.fillWithCurrents(activation(timesteps, workspace));
    FloatTensor second =
        readers > 1 ? RandomActivations.fillWithCurrents(activation(timesteps, workspace)) : null;
    return new LifGradient(first, second, 1e-3f, activation(timesteps, workspace));
  }

  private FloatTensor activation(int timesteps, Workspace workspace) {
    Layer spec = spec();
    return workspace.take(timesteps * batch, spec.channels(), spec.size(), spec.size());
  }

  private int step() {
    return batch * spec().neurons();
  }

  private Layer spec() {
    return network.layers().get(index);
  }
}
