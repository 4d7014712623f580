package org.qsnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import onnx.Onnx.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;
import org.qsnn.deploy.Arena;
import org.qsnn.deploy.IntegerBranch;
import org.qsnn.deploy.IntegerInput;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerMembrane;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerPool;
import org.qsnn.deploy.IntegerReadout;
import org.qsnn.deploy.IntegerRunner;
import org.qsnn.deploy.RandomModels;
import org.qsnn.model.LifNeuron;

class OnnxExportTest {
  private static final String SHA256 = "0".repeat(64);
  private static final int SAMPLES = 3;

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 2", "8, 3", "4, 1", RandomModels.MIXED + ", 3"})
  void onnxRuntimeGivesEveryScoreOfTheIntegerRunner(int bits, int timesteps) throws OrtException {
    for (int seed = 0; seed < 3; seed++) {
      check(IntegerNetwork.of(RandomModels.resNet(3, timesteps, bits, seed)), seed);
      check(IntegerNetwork.of(RandomModels.vgg(2, timesteps, bits, seed)), seed);
    }
  }

  /** With and without optimizations. */
  private static void check(IntegerNetwork network, long seed) throws OrtException {
    byte[] file = OnnxExport.bytes(network, SHA256);
    Random random = new Random(seed);
    List<short[]> samples = new ArrayList<>();
    List<short[]> numbers = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      if (network.input().isSteady()) {
        byte[] image = new byte[network.input().frameLength()];
        random.nextBytes(image);
        short[] bytes = new short[image.length];
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] = image[j];
        }
        samples.add(bytes);
        numbers.add(network.input().ofImage(image));
      } else {
        samples.add(frames(network, random));
        numbers.add(samples.get(i));
      }
    }
    for (OptLevel optimizations : List.of(OptLevel.NO_OPT, OptLevel.ALL_OPT)) {
      try (OnnxRuntime runtime = new OnnxRuntime(network, file, optimizations)) {
        check(network, numbers, runtime.answer(samples), optimizations + ", seed " + seed);
      }
    }
  }

  /** Half of them as recordings have them, half of any size. */
  private static short[] frames(IntegerNetwork network, Random random) {
    short[] numbers = RandomModels.input(network, random);
    if (random.nextBoolean()) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] =
            (short) Math.max(-Short.MAX_VALUE, random.nextInt(1 << Short.SIZE) - (1 << 15));
      }
    }
    return numbers;
  }

  private static void check(
      IntegerNetwork network, List<short[]> numbers, OnnxRuntime.Answer answer, String how) {
    IntegerRunner runner = new IntegerRunner(network);
    Arena arena = runner.arena();
    for (int i = 0; i < numbers.size(); i++) {
      long[] scores = runner.scores(numbers.get(i), arena);
      assertThat(answer.scores()[i]).as("%s, sample %d", how, i).isEqualTo(scores);
      assertThat(answer.classes()[i]).isEqualTo(IntegerReadout.prediction(scores));
      for (int k = 0; k < scores.length; k++) {
        assertThat(answer.logits()[i][k]).isEqualTo(scores[k] * network.readout().unit());
      }
    }
  }

  @Test
  void otherNeuronsAnswerAsTheRunnerDoes() throws OrtException {
    for (LifNeuron neuron : RandomModels.neurons()) {
      for (int bits : new int[] {2, 8, RandomModels.MIXED}) {
        check(
            IntegerNetwork.of(RandomModels.with(RandomModels.vgg(2, 3, bits, bits), neuron)), bits);
      }
    }
  }

  @Test
  void networksOfOnesOwnAnswerAsTheRunnerDoes() throws OrtException {
    for (String layers : RandomModels.networks()) {
      check(IntegerNetwork.of(RandomModels.custom(layers, 4, 2)), 2);
      check(IntegerNetwork.of(RandomModels.custom(layers, RandomModels.MIXED, 5)), 5);
    }
  }

  /** Windows of two neurons on images of five: a row and a column are left over. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void poolsHandOnWhatTheRunnerHandsOn(boolean isMax) throws OrtException {
    for (int seed = 0; seed < 5; seed++) {
      check(pooled(5, new IntegerPool(2, 2, 0, isMax), new Random(seed)), seed);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 1, 6", "3, 1, 0, 5", "3, 2, 0, 6", "2, 1, 1, 4"})
  void windowsThatOverlapHandOnWhatTheRunnerHandsOn(int extent, int stride, int padding, int size)
      throws OrtException {
    for (int seed = 0; seed < 5; seed++) {
      IntegerPool pool = new IntegerPool(extent, stride, padding, true);
      check(pooled(size, pool, new Random(seed)), seed);
    }
  }

  /** Two layers, each of a pool: the first is read through a convolution, the second by the end. */
  private static IntegerNetwork pooled(int size, IntegerPool pool, Random random) {
    byte[] codes = new byte[2 * 9];
    random.nextBytes(codes);
    byte[] bits = new byte[(2 * 2 * 9 + 7) / 8];
    random.nextBytes(bits);
    bits[bits.length - 1] &= 0xF;
    int out = pool.outputSize(size);
    IntegerBranch first =
        new IntegerBranch(
            IntegerBranch.Kind.CODES, -1, 1, 3, 1, 1, codes, new long[] {1 << 18, 3 << 17});
    IntegerBranch second =
        new IntegerBranch(
            IntegerBranch.Kind.SIGNS, 0, 2, 3, 1, 1, bits, new long[] {1 << 29, -(1 << 28)});
    byte[] readout = new byte[3 * 2 * out * out];
    random.nextBytes(readout);
    return new IntegerNetwork(
        "pools",
        2,
        List.of("a", "b", "c"),
        new IntegerInput(1, size, false, 0, new short[0]),
        List.of(layer("first", size, pool, first), layer("second", out, IntegerPool.NONE, second)),
        new IntegerReadout(2 * out * out, readout, new long[] {5, -6, 7}, 0.125));
  }

  private static IntegerLayer layer(String name, int size, IntegerPool pool, IntegerBranch branch) {
    IntegerMembrane membrane =
        new IntegerMembrane(
            1,
            new long[] {-(1 << 28), 0, 1 << 28},
            new int[] {Float.floatToIntBits(0.25f)},
            new int[0]);
    long[] offsets = {1 << 27, 1 << 28};
    return new IntegerLayer(
        name, 2, size, 30, 1 << 30, 0, List.of(branch), offsets, List.of(membrane), pool);
  }

  @Test
  void countsThatNoByteHoldsAreRefusedByNameWhereAConvolutionReadsThem() {
    assertThatThrownBy(
            () ->
                OnnxExport.bytes(
                    pooled(16, new IntegerPool(16, 16, 0, false), new Random(1)), SHA256))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("second: ")
        .hasMessageContaining("at most 255")
        .hasMessageContaining("found 256 in first");
  }

  @Test
  void aWeightOfOneBitTakesOneBitOfTheFile() {
    int narrow =
        OnnxExport.bytes(IntegerNetwork.of(RandomModels.resNet(4, 1, 2, 1)), SHA256).length;
    int wide = OnnxExport.bytes(IntegerNetwork.of(RandomModels.resNet(32, 1, 2, 1)), SHA256).length;
    long weights = inner(32) - inner(4);
    assertThat((long) wide - narrow)
        .as("bytes of %d weights", weights)
        .isLessThan(weights / 8 + weights / 20);
  }

  private static long inner(int width) {
    return RandomModels.resNet(width, 1, 2, 1).spec().weights().stream()
        .mapToLong(weight -> weight.elements())
        .sum();
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    byte[] file = OnnxExport.bytes(IntegerNetwork.of(RandomModels.vgg(1, 2, 4, 3)), SHA256);
    assertThat(OnnxExport.bytes(IntegerNetwork.of(RandomModels.vgg(1, 2, 4, 3)), SHA256))
        .isEqualTo(file);
  }

  @Test
  void theFileSaysWhatItIs() throws Exception {
    ModelProto model =
        ModelProto.parseFrom(
            OnnxExport.bytes(pooled(4, new IntegerPool(2, 2, 0, true), new Random(1)), SHA256));
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(18);
    assertThat(model.getMetadataPropsList())
        .extracting(property -> property.getKey() + "=" + property.getValue())
        .containsExactly(
            "class.0=a",
            "class.1=b",
            "class.2=c",
            "input=frames in units of 2^-0",
            "model_sha256=" + SHA256,
            "score_unit=0.125",
            "timesteps=2");
  }
}
