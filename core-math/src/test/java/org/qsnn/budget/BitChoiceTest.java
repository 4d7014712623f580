package org.qsnn.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.model.MembraneBits;
import org.qsnn.tensor.RandomStream;

class BitChoiceTest {
  @Test
  void noCombinationWithinTheBudgetLosesLess() {
    for (int seed = 0; seed < 20; seed++) {
      List<LayerSensitivity> layers = random(seed, 6);
      long all = layers.stream().mapToLong(layer -> 8 * layer.neurons()).sum();
      for (long most = all / 4; most <= all; most += all / 16) {
        MembraneBits chosen = BitChoice.of(layers, most).orElseThrow();
        assertThat(memory(layers, chosen)).isLessThanOrEqualTo(most);
        assertThat(loss(layers, chosen)).isCloseTo(leastLoss(layers, most), within(1e-12));
      }
    }
  }

  @Test
  void noChoiceIsSmallerThanTheFewestBitsEverywhere() {
    List<LayerSensitivity> layers = List.of(layer(10, 3, 2, 1), layer(5, 3, 2, 1));
    assertThat(BitChoice.of(layers, 29)).isEmpty();
    assertThat(BitChoice.of(layers, 30)).contains(MembraneBits.of(2));
  }

  @Test
  void bitsThatGainNothingAreNotSpent() {
    List<LayerSensitivity> layers = List.of(layer(10, 1, 1, 1), layer(5, 3, 0.5, 0.5));
    assertThat(BitChoice.of(layers, 1000)).contains(new MembraneBits(List.of(2, 4)));
  }

  @Test
  void fortyLayersOfManySizesAreNotTooMany() {
    List<LayerSensitivity> layers = random(1, 40);
    long all = layers.stream().mapToLong(layer -> 8 * layer.neurons()).sum();
    assertThat(BitChoice.of(layers, all / 2)).isPresent();
  }

  private static List<LayerSensitivity> random(int seed, int count) {
    RandomStream random = RandomStream.of(seed);
    List<LayerSensitivity> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      layers.add(
          layer(
              1 + random.nextInt(50),
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble()));
    }
    return layers;
  }

  private static LayerSensitivity layer(long neurons, double two, double four, double eight) {
    return new LayerSensitivity("layer", neurons, Map.of(2, two, 4, four, 8, eight));
  }

  private static double leastLoss(List<LayerSensitivity> layers, long most) {
    double least = Double.POSITIVE_INFINITY;
    int combinations = (int) Math.pow(3, layers.size());
    for (int number = 0; number < combinations; number++) {
      List<Integer> bits = new ArrayList<>();
      for (int rest = number; bits.size() < layers.size(); rest /= 3) {
        bits.add(MembraneBits.QUANTIZED.get(rest % 3));
      }
      MembraneBits all = new MembraneBits(bits);
      if (memory(layers, all) <= most) {
        least = Math.min(least, loss(layers, all));
      }
    }
    return least;
  }

  private static long memory(List<LayerSensitivity> layers, MembraneBits bits) {
    long memory = 0;
    for (int i = 0; i < layers.size(); i++) {
      memory += layers.get(i).neurons() * bits.at(i);
    }
    return memory;
  }

  private static double loss(List<LayerSensitivity> layers, MembraneBits bits) {
    double loss = 0;
    for (int i = 0; i < layers.size(); i++) {
      loss += layers.get(i).losses().get(bits.at(i));
    }
    return loss;
  }
}
