package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.tensor.RandomStream;

class ShardGradientTest {
  @Test
  void meanOfASumIsTheMeanOverShardsButCountsStaySums() {
    ShardGradient mean = gradient(1, null).of(0, 100).plus(gradient(3, null).of(1, 300)).mean();
    assertThat(mean.shards()).isEqualTo(1);
    assertThat(mean.gradient()).containsExactly(2, -2);
    assertThat(mean.statistics()).containsExactly(20);
    assertThat(mean.rates()).containsExactly(0.2);
    assertThat(mean.crossEntropy()).isEqualTo(4);
    assertThat(mean.rateTerm()).isEqualTo(6);
    assertThat(mean.correct()).isEqualTo(4);
    assertThat(mean.samples()).isEqualTo(16);
    assertThat(mean.computeNanos()).as("of the longest").isEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void slicesOfASumAreSumsOfSlices(int slices) {
    ShardGradient one = random(1);
    ShardGradient other = random(2);
    List<ShardGradient> sums = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      sums.add(one.slice(i, slices).plus(other.slice(i, slices)));
    }

    assertThat(ShardGradient.joined(sums))
        .usingRecursiveComparison()
        .isEqualTo(random(1).plus(random(2)));
  }

  private static ShardGradient random(int seed) {
    RandomStream random = RandomStream.of(5, seed);
    float[] gradient = new float[7];
    float[] statistics = new float[2];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = (float) random.nextGaussian();
    }
    return ShardGradient.of(
            gradient,
            statistics,
            new ShardGradient.Batch(1, 2, new double[] {0.1}, 3, 8),
            "the loss is NaN")
        .of(seed, 10 * seed);
  }

  @Test
  void meanOfOneShardIsItself() {
    ShardGradient mean = gradient(3, null).mean();
    assertThat(mean.gradient()).containsExactly(3, -3);
    assertThat(mean.crossEntropy()).isEqualTo(6);
  }

  @Test
  void rateOfALayerIsTheMeanOverItsTimesteps() {
    double[] rates = {0.25, 0.5, 0.5, 1};
    ShardGradient gradient =
        ShardGradient.of(
            new float[2], new float[1], new ShardGradient.Batch(0, 0, rates, 0, 0), null);
    assertThat(gradient.rate(0, 2)).isEqualTo(0.375);
    assertThat(gradient.rate(1, 2)).isEqualTo(0.75);
  }

  @Test
  void theFirstShardsProblemIsToldWhereverItIs() {
    ShardGradient fine = gradient(1, null).of(0, 5);
    ShardGradient bad = gradient(1, "the loss is NaN").of(1, 5);
    ShardGradient worse = gradient(1, "gradient of fc.bias is NaN").of(2, 5);
    assertThat(fine.problem()).isEmpty();
    assertThat(fine.plus(bad).plus(worse).mean().problem()).contains("shard 1: the loss is NaN");
    assertThat(gradient(1, null).plus(gradient(1, null)).problem()).isEmpty();
  }

  @Test
  void survivesSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(gradient(3, "the loss is NaN").of(4, 12));
    }
    ShardGradient found;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      found = (ShardGradient) in.readObject();
    }
    assertThat(found)
        .usingRecursiveComparison()
        .isEqualTo(gradient(3, "the loss is NaN").of(4, 12));
  }

  private static ShardGradient gradient(int value, String problem) {
    return ShardGradient.of(
        new float[] {value, -value},
        new float[] {10 * value},
        new ShardGradient.Batch(2 * value, 3 * value, new double[] {0.1 * value}, value, 8),
        problem);
  }
}
