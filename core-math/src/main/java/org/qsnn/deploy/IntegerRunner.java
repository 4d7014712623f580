package org.qsnn.deploy;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers with integers alone. Any number of threads may share one, each with an {@link Arena} of
 * its own.
 */
public final class IntegerRunner {
  private final IntegerNetwork network;
  private final List<LayerRunner> layers;

  public IntegerRunner(IntegerNetwork network) {
    this.network = network;
    this.layers = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      layers.add(new LayerRunner(i, network));
    }
  }

  public IntegerNetwork network() {
    return network;
  }

  /** Memory for one caller. */
  public Arena arena() {
    int length = 0;
    for (LayerRunner layer : layers) {
      length = Math.max(length, layer.length());
    }
    Patches[] patches = {patches(0, length), patches(1, length)};
    return new Arena(network, patches, length / network.timesteps());
  }

  private Patches patches(int branch, int length) {
    int columns = 0;
    int planes = 0;
    for (LayerRunner layer : layers) {
      columns = Math.max(columns, layer.columns(branch));
      planes = Math.max(planes, layer.planes(branch));
    }
    return new Patches(columns, planes, length);
  }

  /**
   * The scores of a sample, one a class.
   *
   * @param input as {@link IntegerInput} says: an image, or the frames of all timesteps {@code [T,
   *     channels, size, size]}
   */
  public long[] scores(short[] input, Arena arena) {
    IntegerInput expected = network.input();
    int length = expected.frameLength() * (expected.isSteady() ? 1 : network.timesteps());
    if (input.length != length) {
      throw new IllegalArgumentException(
          "input: must have " + length + " numbers; found " + input.length);
    }
    arena.input(input);
    for (LayerRunner layer : layers) {
      layer.compute(arena);
    }
    return readout(arena);
  }

  private long[] readout(Arena arena) {
    IntegerReadout readout = network.readout();
    int[] features = features(arena);
    long[] scores = new long[readout.classes()];
    for (int k = 0; k < scores.length; k++) {
      long sum = 0;
      for (int j = 0; j < features.length; j++) {
        sum += (long) readout.codes()[k * features.length + j] * features[j];
      }
      scores[k] = (sum << IntegerReadout.FRACTION) + readout.biases()[k];
    }
    return scores;
  }

  /** Counts of all timesteps, {@code [C, H, W]}. */
  private int[] features(Arena arena) {
    int[] features = new int[network.readout().features()];
    int last = layers.size() - 1;
    IntegerLayer layer = network.layers().get(last);
    int size = layer.outputSize();
    for (int t = 0; t < network.timesteps(); t++) {
      SpikeImage image = arena.output(last, t);
      int j = 0;
      for (int c = 0; c < layer.channels(); c++) {
        for (int y = 0; y < size; y++) {
          for (int x = 0; x < size; x++) {
            features[j++] += image.count(c, y, x);
          }
        }
      }
    }
    return features;
  }
}
