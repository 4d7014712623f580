package org.qsnn.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.model.Architectures;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;

class IntegerRunnerTest {
  @ParameterizedTest
  @CsvSource({"2, 3", "4, 3", "8, 3", "8, 1", RandomModels.MIXED + ", 3"})
  void everyLayerBehindTheFirstHandsOnWhatTheFloatRuleDoes(int bits, int timesteps) {
    for (int seed = 0; seed < 6; seed++) {
      checkAgainstFloats(RandomModels.resNet(3, timesteps, bits, seed), seed);
      checkAgainstFloats(RandomModels.vgg(2, timesteps, bits, seed), seed);
    }
  }

  static List<LifNeuron> neurons() {
    return RandomModels.neurons();
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void everyNeuronHandsOnWhatTheFloatRuleDoes(LifNeuron neuron) {
    for (int bits : new int[] {2, 4, 8, RandomModels.MIXED}) {
      checkAgainstFloats(RandomModels.with(RandomModels.resNet(3, 3, bits, bits), neuron), bits);
      checkAgainstFloats(RandomModels.with(RandomModels.vgg(2, 4, bits, bits), neuron), bits);
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-9", "3e-20", "1e-38", "1e9", "3e20", "-7e12"})
  void extremeScalesAnswerAsTheFloatRuleDoes(float scale) {
    for (int bits : new int[] {2, 4, RandomModels.MIXED}) {
      PackedModel model = RandomModels.vgg(2, 3, bits, 7);
      List<FoldedBatchNorm> norms = new ArrayList<>(model.batchNorms());
      for (int i = 1; i < norms.size(); i++) {
        float[] scales = norms.get(i).scale().clone();
        float[] offsets = norms.get(i).offset().clone();
        scales[0] = scale;
        offsets[1] = Math.abs(scale) < 1 ? scale : offsets[1];
        norms.set(i, new FoldedBatchNorm(scales, offsets));
      }
      checkAgainstFloats(with(model, norms), 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, RandomModels.MIXED})
  void networksOfOnesOwnAnswerAsFloatsDo(int bits) {
    for (String layers : RandomModels.networks()) {
      for (int seed = 0; seed < 3; seed++) {
        checkAgainstFloats(RandomModels.custom(layers, bits, seed), seed);
      }
    }
  }

  private static PackedModel with(PackedModel model, List<FoldedBatchNorm> norms) {
    return new PackedModel(
        model.spec(),
        model.weights(),
        norms,
        model.biases(),
        model.membraneScales(),
        model.description());
  }

  private static void checkAgainstFloats(PackedModel model, long seed) {
    IntegerNetwork network = IntegerNetwork.of(model);
    IntegerRunner runner = new IntegerRunner(network);
    Arena arena = runner.arena();
    Random random = new Random(seed);
    for (int sample = 0; sample < 3; sample++) {
      long[] scores = runner.scores(RandomModels.input(network, random), arena);
      FloatReference floats = new FloatReference(model, output(network, arena, 0));
      for (int i = 1; i < network.layers().size(); i++) {
        assertThat(output(network, arena, i))
            .as("%s of sample %d, seed %d", network.layers().get(i).name(), sample, seed)
            .isDeepEqualTo(floats.output(i));
      }
      double unit = network.readout().unit();
      assertThat(Arrays.stream(scores).mapToDouble(score -> score * unit).toArray())
          .containsExactly(floats.logits(), Offset.offset(1e-5));
    }
  }

  private static float[][] output(IntegerNetwork network, Arena arena, int index) {
    IntegerLayer layer = network.layers().get(index);
    int size = layer.outputSize();
    float[][] output = new float[network.timesteps()][layer.channels() * size * size];
    for (int t = 0; t < output.length; t++) {
      for (int i = 0; i < output[t].length; i++) {
        int place = i % (size * size);
        output[t][i] =
            arena.count(index, t, i / (size * size), place / size, place % size)
                / (float) layer.counts();
      }
    }
    return output;
  }

  /**
   * One neuron over four pixels, units of 1/4: current = 2 · number / 4 + 1/4. Numbers 1, 2, 1, −1
   * give 3/4, 5/4, 3/4, −1/4. What is left of 3/4 at timestep 0 has code 1, that is 1/4 more: u is
   * 1 at timestep 1, which does not fire. A spike leaves nothing.
   */
  @Test
  void aNetworkThatAPocketCalculatorChecks() {
    IntegerBranch branch =
        new IntegerBranch(IntegerBranch.Kind.CODES, -1, 1, 1, 1, 0, new byte[] {2}, new long[] {1});
    IntegerMembrane membrane =
        new IntegerMembrane(
            1, new long[] {-1, 0, 1}, new int[] {Float.floatToIntBits(0.5f)}, new int[0]);
    IntegerLayer layer =
        new IntegerLayer(
            "only",
            1,
            2,
            2,
            4,
            0,
            List.of(branch),
            new long[] {1},
            List.of(membrane),
            IntegerPool.NONE);
    IntegerReadout readout =
        new IntegerReadout(4, new byte[] {1, 2, 3, 4, 0, 9, 0, 0}, new long[] {5, 6}, 1);
    IntegerNetwork network =
        new IntegerNetwork(
            "none",
            2,
            List.of(),
            new IntegerInput(1, 2, true, 0, new short[0]),
            List.of(layer),
            readout);
    IntegerRunner runner = new IntegerRunner(network);
    Arena arena = runner.arena();

    long[] scores = runner.scores(new short[] {1, 2, 1, -1}, arena);

    assertThat(output(network, arena, 0)).isDeepEqualTo(new float[][] {{0, 1, 0, 0}, {0, 1, 0, 0}});
    assertThat(scores).containsExactly(256 * 4 + 5, 256 * 18 + 6);
    assertThat(IntegerReadout.prediction(scores)).isEqualTo(1);
  }

  @Test
  void ofEqualScoresTheFirstIsTheAnswer() {
    assertThat(IntegerReadout.prediction(new long[] {1, 7, 7, -2})).isEqualTo(1);
  }

  @Test
  void threadsWithArenasOfTheirOwnAnswerAlike() throws Exception {
    IntegerNetwork network = IntegerNetwork.of(RandomModels.resNet(4, 2, 4, 1));
    IntegerRunner runner = new IntegerRunner(network);
    short[] input = RandomModels.input(network, new Random(1));
    long[] expected = runner.scores(input, runner.arena());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<long[]>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(
          threads.submit(
              () -> {
                Arena arena = runner.arena();
                runner.scores(RandomModels.input(network, new Random(2)), arena);
                return runner.scores(input, arena);
              }));
    }
    threads.shutdown();
    for (Future<long[]> answer : answers) {
      assertThat(answer.get()).isEqualTo(expected);
    }
  }

  @Test
  void whatHasNoIntegerSemanticsIsRefusedByName() {
    PackedModel model = RandomModels.vgg(1, 2, 2, 1);
    ModelDescription none = ModelDescription.of(Map.of());
    assertThatThrownBy(
            () ->
                IntegerNetwork.of(
                    new PackedModel(
                        model.spec(),
                        model.weights(),
                        model.batchNorms(),
                        model.biases(),
                        model.membraneScales(),
                        none)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("input.kind");

    assertThatThrownBy(() -> IntegerNetwork.of(withAlpha(model, -1f)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("lifs.0")
        .hasMessageContaining("must not be negative");
  }

  @Test
  void aLayerOfFloatMembranesIsRefusedByItsName() {
    PackedModel model = RandomModels.vgg(1, 2, 2, 1);
    List<Integer> bits = new ArrayList<>(Collections.nCopies(8, 4));
    bits.set(3, MembraneBits.FLOAT);
    List<float[]> scales = new ArrayList<>(model.membraneScales());
    scales.set(3, new float[0]);
    PackedModel mixed =
        new PackedModel(
            model.spec().withMembraneBits(new MembraneBits(bits)),
            model.weights(),
            model.batchNorms(),
            model.biases(),
            scales,
            model.description());
    assertThatThrownBy(() -> IntegerNetwork.of(mixed))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "integer semantics: membranes must have 2, 4 or 8 bits; found floats in convs.3");
  }

  @Test
  void membranesQuantizedBeforeFiringAreRefusedByTheirKey() {
    assertThatThrownBy(() -> IntegerNetwork.of(quantizedBeforeFiring()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "integer semantics: network.membrane-quantization must be after-reset; found"
                + " before-firing");
  }

  private static PackedModel quantizedBeforeFiring() {
    PackedModel model = RandomModels.vgg(1, 2, 2, 1);
    NetworkSpec spec = model.spec();
    NetworkSpec other =
        Architectures.VGGSNN.spec(
            spec.width(),
            spec.timesteps(),
            spec.inputChannels(),
            spec.inputSize(),
            spec.classes(),
            spec.weightScheme(),
            spec.membraneBits(),
            new LifNeuron(Quantization.BEFORE_FIRING, Firing.ABOVE),
            spec.head());
    List<float[]> scales = new ArrayList<>();
    for (int i = 0; i < other.layers().size(); i++) {
      scales.add(new float[other.membraneScales(i)]);
    }
    return new PackedModel(
        other, model.weights(), model.batchNorms(), model.biases(), scales, model.description());
  }

  private static PackedModel withAlpha(PackedModel model, float alpha) {
    List<float[]> scales = new ArrayList<>(model.membraneScales());
    scales.set(0, new float[] {alpha});
    return new PackedModel(
        model.spec(),
        model.weights(),
        model.batchNorms(),
        model.biases(),
        scales,
        model.description());
  }
}
