package org.qsnn.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsnn.model.MembraneBits;

/**
 * Bits for each layer that together lose least within so much memory, if what one layer loses adds
 * up with what the others do. Exact, not greedy: the layers' choices are merged one after the
 * other, and of all combinations those are kept which no other beats in both memory and loss.
 */
public final class BitChoice {
  private BitChoice() {}

  /** Choices for the first layers. */
  private record Combination(long memory, double loss, Combination before, int bits) {}

  /**
   * @param layers in order of execution
   * @param mostMemory of all membranes of a sample, in bits
   * @return empty if no choice is small enough; among equal losses the least memory
   */
  public static Optional<MembraneBits> of(List<LayerSensitivity> layers, long mostMemory) {
    List<Combination> front = List.of(new Combination(0, 0, null, 0));
    for (LayerSensitivity layer : layers) {
      front = front(extended(front, layer), mostMemory);
    }
    return front.isEmpty() ? Optional.empty() : Optional.of(bits(front.get(front.size() - 1)));
  }

  private static List<Combination> extended(List<Combination> front, LayerSensitivity layer) {
    List<Combination> extended = new ArrayList<>();
    for (Combination before : front) {
      for (Map.Entry<Integer, Double> choice : layer.losses().entrySet()) {
        int bits = choice.getKey();
        extended.add(
            new Combination(
                before.memory() + layer.neurons() * bits,
                before.loss() + choice.getValue(),
                before,
                bits));
      }
    }
    return extended;
  }

  /** Those that nothing beats, from the smallest with the largest loss on. */
  private static List<Combination> front(List<Combination> all, long mostMemory) {
    all.sort(Comparator.comparingLong(Combination::memory).thenComparingDouble(Combination::loss));
    List<Combination> front = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (Combination combination : all) {
      if (combination.memory() <= mostMemory && combination.loss() < best) {
        front.add(combination);
        best = combination.loss();
      }
    }
    return front;
  }

  private static MembraneBits bits(Combination last) {
    List<Integer> bits = new ArrayList<>();
    for (Combination at = last; at.before() != null; at = at.before()) {
      bits.add(0, at.bits());
    }
    return new MembraneBits(bits);
  }
}
