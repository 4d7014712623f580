package org.qsnn.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.deploy.IntegerBranch;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerNetwork;

/**
 * Where in a caller's memory, in words of 32 bits, a program keeps the spikes of each layer, of all
 * timesteps, from the layer that writes them to the last that reads them. In front of them lie the
 * patches of one neuron, one a branch, each digit with the number of its bits that are set.
 *
 * @param patchWords words of the patches of a branch
 * @param offsets first word of each layer
 * @param words of all
 * @param largest layer at which the most words are in use
 */
record ArenaPlan(int patchWords, int[] offsets, int words, int largest) {

  static ArenaPlan of(IntegerNetwork network) {
    List<IntegerLayer> layers = network.layers();
    int[] lastReaders = lastReaders(layers);
    int patchWords = patchWords(network);
    int first = patchWords * 2;
    int[] offsets = new int[layers.size()];
    int largest = 0;
    int words = first;
    for (int i = 0; i < layers.size(); i++) {
      List<int[]> taken = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        if (lastReaders[j] >= i) {
          taken.add(new int[] {offsets[j], offsets[j] + outputWords(network, j)});
        }
      }
      offsets[i] = firstGap(taken, first, outputWords(network, i));
      int end = offsets[i] + outputWords(network, i);
      if (end > words) {
        words = end;
        largest = i;
      }
    }
    return new ArenaPlan(patchWords, offsets, words, largest);
  }

  private static int[] lastReaders(List<IntegerLayer> layers) {
    int[] last = new int[layers.size()];
    Arrays.setAll(last, i -> i);
    for (int i = 0; i < layers.size(); i++) {
      for (IntegerBranch branch : layers.get(i).branches()) {
        if (branch.source() >= 0) {
          last[branch.source()] = i;
        }
      }
    }
    last[last.length - 1] = layers.size();
    return last;
  }

  private static int firstGap(List<int[]> taken, int first, int words) {
    taken.sort((a, b) -> Integer.compare(a[0], b[0]));
    int at = first;
    for (int[] span : taken) {
      if (at + words <= span[0]) {
        return at;
      }
      at = Math.max(at, span[1]);
    }
    return at;
  }

  private static int patchWords(IntegerNetwork network) {
    int most = 0;
    for (IntegerLayer layer : network.layers()) {
      for (IntegerBranch branch : layer.branches()) {
        if (branch.source() >= 0) {
          int planes = planes(network.counts(branch));
          most = Math.max(most, network.timesteps() * planes * (patchBits(branch) + 1));
        }
      }
    }
    return most;
  }

  /** Words of one digit of a branch's patch. */
  static int patchBits(IntegerBranch branch) {
    int bits = branch.inChannels() * branch.kernel() * branch.kernel();
    return (bits + Integer.SIZE - 1) / Integer.SIZE;
  }

  /** Binary digits of counts. */
  static int planes(int counts) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(counts);
  }

  /** Words that hold what a layer hands on at all timesteps. */
  static int outputWords(IntegerNetwork network, int index) {
    IntegerLayer layer = network.layers().get(index);
    int places = layer.outputSize() * layer.outputSize();
    long bits = (long) network.timesteps() * planes(layer.counts()) * places * layer.channels();
    return Math.toIntExact((bits + Integer.SIZE - 1) / Integer.SIZE);
  }

  int bytes() {
    return Integer.BYTES * words;
  }

  /**
   * What a program would need that computes one timestep of all layers after the other: all
   * membranes, and the spikes of one timestep.
   */
  static long bytesOfTimestepsOutside(IntegerNetwork network) {
    long bits = 0;
    long spikes = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      IntegerLayer layer = network.layers().get(i);
      long neurons = (long) layer.channels() * layer.size() * layer.size();
      if (!layer.membranes().isEmpty()) {
        // A sign in front of the digits of a level.
        bits += neurons * (1 + planes(layer.membranes().get(0).levels()));
      }
      spikes = Math.max(spikes, 2L * Integer.BYTES * outputWords(network, i) / network.timesteps());
    }
    return bits / Byte.SIZE + spikes;
  }
}
