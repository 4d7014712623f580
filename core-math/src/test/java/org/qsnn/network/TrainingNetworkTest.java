package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.Surrogate;
import org.qsnn.model.WeightScheme;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;

class TrainingNetworkTest {
  private static final BackwardPass IN_INTEGERS =
      new BackwardPass(Surrogate.PUBLISHED, BackwardPass.INTEGERS);

  private final Workspace workspace = new Workspace();

  @ParameterizedTest
  @CsvSource({
    // architecture, width, timesteps, size, classes, batch, bits, scheme
    "resnet19, 1, 1, 4, 2, 1, 8, REGULATED",
    "resnet19, 1, 2, 8, 3, 1, 2, REGULATED",
    "resnet19, 2, 3, 8, 10, 2, 4, PLAIN",
    "resnet19, 3, 4, 4, 100, 3, 32, FLOAT",
    "resnet19, 4, 2, 32, 10, 1, 8, REGULATED",
    "vggsnn, 1, 1, 16, 2, 1, 8, REGULATED",
    "vggsnn, 1, 4, 16, 100, 1, 2, PLAIN",
    "vggsnn, 2, 2, 32, 3, 2, 4, REGULATED",
    "vggsnn, 1, 3, 48, 11, 1, 32, FLOAT",
  })
  void anyShapeOfNetworkAndBatchHasAFiniteGradient(
      String architecture,
      int width,
      int timesteps,
      int size,
      int classes,
      int batch,
      int bits,
      WeightScheme scheme) {
    SmallNetwork network = network(architecture, width, timesteps, size, classes, scheme, bits);
    for (Input input : new Input[] {network.images(batch), network.frames(batch)}) {
      ShardGradient gradient = network.gradient(input, workspace);
      assertThat(gradient.problem()).isEmpty();
      assertThat(gradient.samples()).isEqualTo(batch);
      assertThat(gradient.correct()).isBetween(0L, (long) batch);
      assertThat(gradient.crossEntropy()).isPositive();
      assertThat(gradient.statistics()).hasSize(network.layout.statistics().size());
      assertThat(gradient.rates()).hasSize(network.spec.layers().size() * timesteps);
      for (double rate : gradient.rates()) {
        assertThat(rate).isBetween(0.0, 1.0);
      }
      int bias = network.layout.parameters().window("fc.bias").offset();
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += gradient.gradient()[bias + k];
      }
      assertThat(sum).as("softmax minus one-hot adds up to 0").isCloseTo(0, within(1e-5));
      assertThat(gradient.gradient()[bias + 1]).isNegative();
    }
  }

  @ParameterizedTest
  @CsvSource({"resnet19, 8, REGULATED, 8", "resnet19, 8, FLOAT, 32", "vggsnn, 16, PLAIN, 4"})
  void oneImageIsTheSameAsItsFrameAtEveryTimestep(
      String architecture, int size, WeightScheme scheme, int bits) {
    SmallNetwork network = network(architecture, 2, 3, size, 5, scheme, bits);
    Input image = network.images(2);
    Input frames = repeated(network, image);
    float[] logits = network.trainingLogits(image, workspace);
    assertThat(network.trainingLogits(frames, workspace)).containsExactly(logits, within(1e-6f));

    ShardGradient fromImage = network.gradient(image, workspace);
    ShardGradient fromFrames = network.gradient(frames, workspace);

    assertThat(fromFrames.rates()).isEqualTo(fromImage.rates());
    assertThat(fromFrames.crossEntropy()).isCloseTo(fromImage.crossEntropy(), within(1e-6));
    assertThat(GoldenCase.distance(fromFrames.gradient(), fromImage.gradient())).isLessThan(1e-4);
    assertThat(GoldenCase.distance(fromFrames.statistics(), fromImage.statistics()))
        .isLessThan(1e-6);
  }

  /** Channels enough for packed gradients: with fewer, floats are taken. */
  @ParameterizedTest
  @CsvSource({"resnet19, 8", "vggsnn, 16"})
  void gradientsInIntegersAreThoseInFloatsButForRounding(String architecture, int size) {
    SmallNetwork floats = network(architecture, 32, 2, size, 5, WeightScheme.REGULATED, 8);
    SmallNetwork integers = new SmallNetwork(floats.spec, IN_INTEGERS);

    ShardGradient expected = floats.gradient(floats.images(4), workspace);
    workspace.drawFrom(RandomStream.of(1));
    ShardGradient found = integers.gradient(integers.images(4), workspace);

    assertThat(found.crossEntropy()).isEqualTo(expected.crossEntropy());
    assertThat(found.rates()).isEqualTo(expected.rates());
    assertThat(found.gradient()).isNotEqualTo(expected.gradient());
    assertThat(GoldenCase.distance(found.gradient(), expected.gradient())).isLessThan(0.1);
    workspace.drawFrom(RandomStream.of(1));
    assertThat(integers.gradient(integers.images(4), workspace).gradient())
        .isEqualTo(found.gradient());
  }

  private static Input repeated(SmallNetwork network, Input image) {
    float[] once = image.values().toArray();
    int timesteps = network.spec.timesteps();
    float[] values = new float[timesteps * once.length];
    for (int t = 0; t < timesteps; t++) {
      System.arraycopy(once, 0, values, t * once.length, once.length);
    }
    int[] shape = image.values().shape();
    shape[0] *= timesteps;
    return new Input(FloatTensor.of(values, shape), image.batch());
  }

  @ParameterizedTest
  @CsvSource({"resnet19, 8, true", "vggsnn, 16, false"})
  void allocatesNothingAfterTheFirstStep(String architecture, int size, boolean isStatic) {
    SmallNetwork network = network(architecture, 2, 2, size, 3, WeightScheme.REGULATED, 8);
    Input input = isStatic ? network.images(3) : network.frames(3);
    network.gradient(input, workspace);
    long bytes = workspace.bytes();
    for (int step = 0; step < 3; step++) {
      network.gradient(input, workspace);
      assertThat(workspace.bytes()).isEqualTo(bytes).isPositive();
    }
  }

  @Test
  void gradientDependsOnNothingThatTheWorkspaceHeld() {
    SmallNetwork network = network("resnet19", 2, 3, 8, 3, WeightScheme.REGULATED, 4);
    Input input = network.images(2);
    ShardGradient alone = network.gradient(input, workspace);
    network.gradient(network.frames(5), workspace);
    network("vggsnn", 1, 2, 16, 3, WeightScheme.PLAIN, 8)
        .gradient(network("vggsnn", 1, 2, 16, 3, WeightScheme.PLAIN, 8).frames(1), workspace);
    ShardGradient later = network.gradient(input, workspace);
    assertThat(later.gradient()).isEqualTo(alone.gradient());
    assertThat(later.statistics()).isEqualTo(alone.statistics());
    assertThat(later.crossEntropy()).isEqualTo(alone.crossEntropy());
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 33, 33, 3", "3, 3, 32, 28, 3", "3, 1, 32, 32, 3", "4, 3, 32, 32, 3"})
  void refusesAnInputThatIsNotTheNetworks(
      int images, int channels, int height, int width, int batch) {
    SmallNetwork network = network("resnet19", 1, 2, 32, 10, WeightScheme.REGULATED, 8);
    Input input = new Input(FloatTensor.allocate(images, channels, height, width), batch);
    assertThatThrownBy(() -> network.gradient(input, workspace))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "network input: resnet19 reads [3 or 6, 3, 32, 32] for a batch of 3, found [%d, %d, %d,"
                + " %d]",
            images, channels, height, width);
  }

  @Test
  void refusesALabelThatIsNoClass() {
    SmallNetwork network = network("resnet19", 1, 1, 4, 3, WeightScheme.REGULATED, 8);
    for (int label : new int[] {-1, 3}) {
      assertThatThrownBy(
              () ->
                  network.training.gradient(
                      network.weights(),
                      network.images(2),
                      Targets.of(new int[] {label, 0}),
                      LossTerms.of(0.005),
                      workspace))
          .isInstanceOf(DataException.class)
          .hasMessage("label: must be one of the network's classes 0 to 2; found %d", label);
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "1e30"})
  void namesTheFirstThingThatIsNotFinite(float pixel) {
    SmallNetwork network = network("resnet19", 1, 2, 4, 3, WeightScheme.REGULATED, 8);
    Input input = network.images(2);
    input.values().write(5, new float[] {pixel}, 0, 1);
    ShardGradient gradient = network.gradient(input, workspace);
    assertThat(gradient.problem()).get().asString().startsWith("statistic stem.bn.running_");
    assertThat(gradient.of(7, 0).problem()).get().asString().startsWith("shard 7: statistic stem");
  }

  @Test
  void namesALossThatIsNotFinite() {
    SmallNetwork network = network("resnet19", 1, 2, 4, 3, WeightScheme.REGULATED, 8);
    network.latent.setInPlace("fc.bias", new float[] {Float.NaN, 0, 0});
    assertThat(network.gradient(network.images(2), workspace).problem())
        .contains("the loss is NaN");
  }

  private static SmallNetwork network(
      String architecture,
      int width,
      int timesteps,
      int size,
      int classes,
      WeightScheme scheme,
      int bits) {
    int channels = architecture.equals("vggsnn") ? 2 : 3;
    return new SmallNetwork(
        Architectures.named(architecture)
            .spec(width, timesteps, channels, size, classes, scheme, bits));
  }
}
