package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class InferenceNetworkTest {
  private static final int SAMPLES = 7;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("images", resnet(WeightScheme.REGULATED, 8)),
        Arguments.of("images", resnet(WeightScheme.REGULATED, 2)),
        Arguments.of("images", resnet(WeightScheme.PLAIN, 4)),
        Arguments.of("images", resnet(WeightScheme.FLOAT, 32)),
        Arguments.of("events", vggsnn(WeightScheme.REGULATED, 4)),
        Arguments.of("events", vggsnn(WeightScheme.REGULATED, 32)),
        Arguments.of("events", vggsnn(WeightScheme.PLAIN, 8)),
        Arguments.of("events", vggsnn(WeightScheme.FLOAT, 2)),
        Arguments.of("images", soft(8, 32)),
        Arguments.of("images", soft(32, 24)),
        Arguments.of("images", asWritten(Architectures.RESNET19, 4, 3)),
        Arguments.of("images", asWritten(Architectures.RESNET19, 8, 1)),
        Arguments.of("events", asWritten(Architectures.VGGSNN, 4, 3)));
  }

  /** The paper's text. */
  private static NetworkSpec asWritten(Architecture architecture, int bits, int timesteps) {
    int channels = architecture.usualInput().channels();
    LifNeuron neuron =
        new LifNeuron(LifNeuron.Quantization.BEFORE_FIRING, LifNeuron.Firing.AT_OR_ABOVE);
    WeightScheme scheme = WeightScheme.LAYER_REGULATED_MEAN;
    return architecture.spec(
        4, timesteps, channels, 16, 5, scheme, MembraneBits.of(bits), neuron, Head.AVERAGED);
  }

  private static NetworkSpec soft(int bits, int size) {
    LifNeuron neuron =
        new LifNeuron(
            LifNeuron.Quantization.AFTER_RESET,
            LifNeuron.Firing.ABOVE,
            0.75f,
            0.5f,
            LifNeuron.Reset.SOFT);
    WeightScheme scheme = WeightScheme.REGULATED;
    return Architectures.RESNET19.spec(
        4, 2, 3, size, 5, scheme, MembraneBits.of(bits), neuron, Head.AVERAGED);
  }

  private static NetworkSpec resnet(WeightScheme scheme, int bits) {
    return Architectures.RESNET19.spec(4, 3, 3, 8, 3, scheme, bits);
  }

  private static NetworkSpec vggsnn(WeightScheme scheme, int bits) {
    return Architectures.VGGSNN.spec(2, 3, 2, 16, 11, scheme, bits);
  }

  private static Input input(SmallNetwork network, int batch) {
    boolean isStatic = network.spec.architecture().equals(Architectures.RESNET19);
    return isStatic ? network.images(batch) : network.frames(batch);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aSamplesAnswerNeverDependsOnItsBatchMates(String kind, NetworkSpec spec) {
    SmallNetwork network = new SmallNetwork(spec);
    Input all = input(network, SAMPLES);
    InferenceNetwork inference = inference(network.packed(all));
    InferenceNetwork.Answer together = inference.answer(all);
    assertThat(together.logits()).doesNotContain(Float.NaN);
    assertThat(logits(together, spec, SAMPLES, 0)).isNotEqualTo(logits(together, spec, SAMPLES, 1));
    long[][] spikes = new long[spec.layers().size()][spec.timesteps()];
    for (int sample = 0; sample < SAMPLES; sample++) {
      int[] pair = {SAMPLES - 1 - sample, sample, sample / 2};
      float[] expected = logits(together, spec, SAMPLES, sample);
      InferenceNetwork.Answer alone = inference.answer(select(all, network, sample));
      assertThat(alone.logits()).as("%s, sample %d alone", kind, sample).isEqualTo(expected);
      assertThat(logits(inference.answer(select(all, network, pair)), spec, 3, 1))
          .as("%s, sample %d among three", kind, sample)
          .isEqualTo(expected);
      for (int layer = 0; layer < spikes.length; layer++) {
        long[] sum = spikes[layer];
        long[] counts = alone.spikes()[layer];
        Arrays.setAll(sum, t -> sum[t] + counts[t]);
      }
    }
    assertThat(together.spikes()).isDeepEqualTo(spikes);
  }

  private static InferenceNetwork inference(PackedModel model) {
    return new InferenceNetwork(model, new Workspace());
  }

  /** A sample's row of {@code [T, B, classes]}, for all timesteps. */
  private static float[] logits(
      InferenceNetwork.Answer answer, NetworkSpec spec, int batch, int sample) {
    float[] row = new float[spec.timesteps() * spec.classes()];
    for (int i = 0; i < row.length; i++) {
      int t = i / spec.classes();
      row[i] = answer.logits()[(t * batch + sample) * spec.classes() + i % spec.classes()];
    }
    return row;
  }

  /** A batch of some of the samples. */
  private static Input select(Input all, SmallNetwork network, int... samples) {
    int image = network.imageLength();
    int frames = all.values().dimension(0) / all.batch();
    float[] from = all.values().toArray();
    float[] values = new float[frames * samples.length * image];
    for (int i = 0; i < frames * samples.length; i++) {
      int source = i / samples.length * all.batch() + samples[i % samples.length];
      System.arraycopy(from, source * image, values, i * image, image);
    }
    int[] shape = all.values().shape();
    shape[0] = frames * samples.length;
    return new Input(FloatTensor.of(values, shape), samples.length);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aModelReadFromItsBytesAnswersWithTheSameBits(String kind, NetworkSpec spec)
      throws IOException {
    SmallNetwork network = new SmallNetwork(spec);
    Input input = input(network, 3);
    PackedModel model = network.packed(input);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    PackedModel read =
        PackedModel.read(new ByteArrayInputStream(out.toByteArray()), out.size(), "model");
    assertThat(inference(read).answer(input).logits())
        .as(kind)
        .isEqualTo(inference(model).answer(input).logits());
  }

  @ParameterizedTest
  @EnumSource(WeightScheme.class)
  void answersAsTrainingDoesWhereTheStatisticsAreTheBatches(WeightScheme scheme) {
    for (int bits : new int[] {2, 4, 8, 32}) {
      SmallNetwork network = new SmallNetwork(resnet(scheme, bits));
      Input input = network.images(4);
      try (Workspace workspace = new Workspace()) {
        float[] trained = network.trainingLogits(input, workspace);
        float[] inferred = inference(network.packed(input)).answer(input).logits();
        assertThat(GoldenCase.distance(inferred, trained)).as("%d bits", bits).isLessThan(1e-5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 32})
  void answersAsTrainingDoesWhereMembranesAreQuantizedBeforeTheyFire(int bits) {
    for (int timesteps : new int[] {1, 3}) {
      SmallNetwork network = new SmallNetwork(asWritten(Architectures.VGGSNN, bits, timesteps));
      Input input = network.frames(4);
      try (Workspace workspace = new Workspace()) {
        float[] trained = network.trainingLogits(input, workspace);
        float[] inferred = inference(network.packed(input)).answer(input).logits();
        assertThat(GoldenCase.distance(inferred, trained)).isLessThan(1e-5);
      }
    }
  }

  @Test
  void oneImageIsTheSameAsItsFrameAtEveryTimestep() {
    SmallNetwork network = new SmallNetwork(resnet(WeightScheme.REGULATED, 8));
    Input image = network.images(2);
    InferenceNetwork inference = inference(network.packed(image));
    int[] shape = image.values().shape();
    shape[0] *= 3;
    float[] once = image.values().toArray();
    float[] values = new float[3 * once.length];
    for (int t = 0; t < 3; t++) {
      System.arraycopy(once, 0, values, t * once.length, once.length);
    }
    assertThat(inference.answer(new Input(FloatTensor.of(values, shape), 2)).logits())
        .isEqualTo(inference.answer(image).logits());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void oneTimestepAndTwoClassesAreEnough(int batch) {
    SmallNetwork network =
        new SmallNetwork(Architectures.RESNET19.spec(1, 1, 1, 4, 2, WeightScheme.REGULATED, 8));
    Input input = network.images(batch);
    assertThat(inference(network.packed(input)).answer(input).logits()).hasSize(batch * 2);
  }

  @Test
  void refusesAnInputThatIsNotTheNetworks() {
    SmallNetwork network = new SmallNetwork(resnet(WeightScheme.REGULATED, 8));
    InferenceNetwork inference = inference(network.packed(network.images(2)));
    assertThatThrownBy(() -> inference.answer(new Input(FloatTensor.allocate(2, 3, 9, 9), 2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "network input: resnet19 reads [2 or 6, 3, 8, 8] for a batch of 2, found [2, 3, 9, 9]");
  }

  @Test
  void batchSizeIsOneForHugeLayersAndBoundedForTinyOnes() {
    assertThat(InferenceNetwork.batchSize(resnet(WeightScheme.REGULATED, 8))).isEqualTo(32);
    NetworkSpec full = Architectures.RESNET19.spec(128, 2, 3, 32, 10, WeightScheme.REGULATED, 8);
    assertThat(InferenceNetwork.batchSize(full)).isEqualTo(32);
    NetworkSpec huge = Architectures.RESNET19.spec(128, 64, 3, 256, 10, WeightScheme.FLOAT, 8);
    assertThat(InferenceNetwork.batchSize(huge)).isEqualTo(1);
  }
}
