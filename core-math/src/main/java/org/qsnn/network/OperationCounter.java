package org.qsnn.network;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.metric.OperationCounts;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;

/**
 * Counts a network's {@linkplain OperationCounts synaptic operations} one by one: an input that is
 * not 0 makes as many as it meets weights that are not 0, fewer at the border than in the middle.
 */
public final class OperationCounter {
  private final NetworkSpec network;

  /**
   * By layer, then branch: {@code [C, H, W]} operations of an input there; null for an identity.
   */
  private final List<List<int[]>> fanOuts = new ArrayList<>();

  /** Of a feature of the readout. */
  private final int[] readoutFanOut;

  private long multiplications;
  private long accumulations;

  public OperationCounter(PackedModel model) {
    this.network = model.spec();
    int index = 0;
    for (Layer layer : network.layers()) {
      List<int[]> row = new ArrayList<>();
      for (Branch branch : layer.branches()) {
        row.add(
            branch instanceof Convolved convolved
                ? fanOut(convolved, layer, model.weights().get(index++))
                : null);
      }
      fanOuts.add(row);
    }
    Linear first = network.readout().layers().get(0);
    float[] weights = model.weights().get(index).dequantize();
    this.readoutFanOut = new int[first.features()];
    for (int i = 0; i < weights.length; i++) {
      readoutFanOut[i % first.features()] += weights[i] != 0 ? 1 : 0;
    }
  }

  private int[] fanOut(Convolved branch, Layer layer, QuantizedTensor weight) {
    Convolution convolution = branch.convolution();
    int kernel = convolution.kernel();
    int taps = kernel * kernel;
    int[] used = new int[convolution.inChannels() * taps];
    float[] weights = weight.dequantize();
    for (int i = 0; i < weights.length; i++) {
      used[i % used.length] += weights[i] != 0 ? 1 : 0;
    }
    int size =
        branch.source() == NetworkSpec.INPUT
            ? network.inputSize()
            : network.layers().get(branch.source()).outputSize();
    int[] fanOut = new int[convolution.inChannels() * size * size];
    for (int i = 0; i < fanOut.length; i++) {
      int channel = i / (size * size);
      for (int tap = 0; tap < taps; tap++) {
        boolean meets =
            meets(convolution, i / size % size, tap / kernel, layer.size())
                && meets(convolution, i % size, tap % kernel, layer.size());
        fanOut[i] += meets ? used[channel * taps + tap] : 0;
      }
    }
    return fanOut;
  }

  /** Whether some output reads this input through this tap, along one axis. */
  private static boolean meets(Convolution convolution, int in, int tap, int outSize) {
    int from = in + convolution.padding() - tap;
    return from >= 0 && from % convolution.stride() == 0 && from / convolution.stride() < outSize;
  }

  /** Counts what one layer reads for a batch. */
  void layer(int index, List<Activation> inputs, int batch) {
    List<Branch> branches = network.layers().get(index).branches();
    for (int i = 0; i < branches.size(); i++) {
      int[] fanOut = fanOuts.get(index).get(i);
      if (fanOut != null) {
        int source = branches.get(i).source();
        add(count(inputs.get(i), fanOut, batch), isOfNumbers(source));
      }
    }
  }

  /**
   * Counts what the readout reads for a batch; of its linear layers behind the first it is taken
   * that they read no 0.
   */
  void readout(Activation last, int batch) {
    add(count(last, readoutFanOut, batch), isOfNumbers(network.layers().size() - 1));
    List<Linear> linears = network.readout().layers();
    for (int i = 1; i < linears.size(); i++) {
      long each = (long) linears.get(i).features() * linears.get(i).outputs();
      add(each * network.timesteps() * batch, true);
    }
  }

  /** What an image is, or what an average pool makes of spikes; all others hand on spikes. */
  private boolean isOfNumbers(int source) {
    return source == NetworkSpec.INPUT || network.layers().get(source).countsPerUnit() > 1;
  }

  private void add(long operations, boolean isOfNumbers) {
    if (isOfNumbers) {
      multiplications += operations;
    } else {
      accumulations += operations;
    }
  }

  private long count(Activation input, int[] fanOut, int batch) {
    float[] values = input.toArray();
    long operations = 0;
    for (int i = 0; i < values.length; i++) {
      operations += values[i] != 0 ? fanOut[i % fanOut.length] : 0;
    }
    // An image is there once, and read at every timestep.
    return input.dimension(0) == batch ? operations * network.timesteps() : operations;
  }

  public OperationCounts counts() {
    return new OperationCounts(multiplications, accumulations);
  }
}
