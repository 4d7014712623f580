package org.qsnn.train;

import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.optimize.Descent;

/**
 * The memory that a network needs at least, by its sizes alone: a machine with less cannot run it,
 * one with more may still have too little.
 *
 * @param parameters trained numbers
 * @param largestTensor floats of the largest tensor off the heap
 * @param nativeBytes of one task, off the heap
 * @param driverBytes of the driver's heap
 */
public record MinimumMemory(
    long parameters, long largestTensor, long nativeBytes, long driverBytes) {
  /** Latent weights and their gradient; an optimizer adds its vectors. */
  private static final int VECTORS_OF_THE_DRIVER = 2;

  /**
   * Of a training: all layers' currents wait for the backward pass.
   *
   * @param batch samples of one shard in one step
   * @param frames of a sample's input: 1, or one for each timestep
   */
  public static MinimumMemory ofTraining(
      NetworkSpec network, int batch, int frames, Descent descent) {
    long input = inputFloats(network, batch, frames);
    long layers =
        network.layers().stream().mapToLong(layer -> floats(network, layer, batch, frames)).sum();
    long parameters = Footprint.of(network).parameters();
    return new MinimumMemory(
        parameters,
        largestTensor(network, batch, frames),
        // As a double, which does not overflow.
        (long) (Float.BYTES * (double) (input + layers)),
        Float.BYTES * (VECTORS_OF_THE_DRIVER + descent.stateNames().size()) * parameters);
  }

  /** Of an evaluation, in which the layers take turns. */
  public static MinimumMemory ofInference(NetworkSpec network, int frames) {
    int batch = InferenceNetwork.batchSize(network);
    long largest = largestTensor(network, batch, frames);
    return new MinimumMemory(Footprint.of(network).parameters(), largest, Float.BYTES * largest, 0);
  }

  private static long largestTensor(NetworkSpec network, int batch, int frames) {
    return network.layers().stream()
        .mapToLong(layer -> floats(network, layer, batch, frames))
        .reduce(inputFloats(network, batch, frames), Math::max);
  }

  private static long inputFloats(NetworkSpec network, int batch, int frames) {
    long pixels = (long) network.inputSize() * network.inputSize();
    return pixels * network.inputChannels() * batch * frames;
  }

  /** What an image stands before is computed once for all timesteps. */
  private static long floats(NetworkSpec network, Layer layer, int batch, int frames) {
    boolean isRepeated =
        frames == 1
            && layer.branches().stream().allMatch(branch -> branch.source() == NetworkSpec.INPUT);
    long neurons = (long) layer.channels() * layer.size() * layer.size();
    return neurons * batch * (isRepeated ? 1 : network.timesteps());
  }
}
