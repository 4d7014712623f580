package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.DataException;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;

class PackedModelTest {
  private static final String NAME = "model.safetensors";

  @ParameterizedTest
  @CsvSource({
    "REGULATED, 8, 3",
    "REGULATED, 8, 1",
    "REGULATED, 32, 3",
    "PLAIN, 2, 2",
    "FLOAT, 32, 2"
  })
  void roundTripsEveryForm(WeightScheme scheme, int membraneBits, int timesteps)
      throws IOException {
    for (PackedModel model : TinyModels.both(scheme, membraneBits, timesteps)) {
      PackedModel found = read(bytes(model.toFile()));

      assertThat(found).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(model);
      assertThat(found.description()).isEqualTo(model.description());
    }
  }

  @Test
  void roundTripsBitsByLayer() throws IOException {
    MembraneBits bits = new MembraneBits(List.of(8, 4, 2, 32, 4, 8, 32, 2));
    for (Quantization quantization : Quantization.values()) {
      PackedModel model =
          TinyModels.model(
              Architectures.VGGSNN.spec(
                  1,
                  3,
                  2,
                  16,
                  3,
                  WeightScheme.REGULATED,
                  bits,
                  new LifNeuron(quantization, Firing.ABOVE),
                  Head.FLATTENED));

      PackedModel found = read(bytes(model.toFile()));

      assertThat(found).usingRecursiveComparison().isEqualTo(model);
      assertThat(found.spec().membraneBits()).isEqualTo(bits);
      assertThat(model.toFile().metadata())
          .containsEntry("network.membrane-bits", "8,4,2,32,4,8,32,2");
      assertThat(model.toFile().tensors())
          .extracting(Tensor::name)
          .contains("lifs.2.membrane_scale")
          .doesNotContain("lifs.3.membrane_scale", "lifs.6.membrane_scale");
    }
  }

  @ParameterizedTest
  @EnumSource(WeightScheme.class)
  void roundTripsWhatThePapersTextHas(WeightScheme scheme) throws IOException {
    for (Firing firing : Firing.values()) {
      for (Quantization quantization : Quantization.values()) {
        for (Head head : Head.values()) {
          LifNeuron neuron = new LifNeuron(quantization, firing);
          PackedModel model =
              TinyModels.model(
                  Architectures.VGGSNN.spec(
                      1, 2, 2, 32, 3, scheme, MembraneBits.of(8), neuron, head));

          PackedModel found = read(bytes(model.toFile()));

          assertThat(found).usingRecursiveComparison().isEqualTo(model);
          assertThat(found.spec().neuron()).isEqualTo(neuron);
          assertThat(found.spec().head()).isEqualTo(head);
          assertThat(Footprint.of(model.spec()).packedBytes())
              .isEqualTo(TinyModels.tensorBytes(model));
        }
      }
    }
  }

  static Stream<LifNeuron> neurons() {
    return Stream.of(Firing.values())
        .flatMap(
            firing ->
                Stream.of(1f, Math.nextDown(1f), Math.nextUp(1f), 0.3f, 0.001f, 1000f)
                    .flatMap(
                        threshold ->
                            Stream.of(Reset.values())
                                .map(
                                    reset ->
                                        new LifNeuron(
                                            Quantization.AFTER_RESET,
                                            firing,
                                            threshold < 1 ? 0.9f : 1f,
                                            threshold,
                                            reset))));
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void roundTripsEveryNeuron(LifNeuron neuron) throws IOException {
    PackedModel model =
        TinyModels.model(
            Architectures.VGGSNN.spec(
                1,
                2,
                2,
                32,
                3,
                WeightScheme.REGULATED,
                MembraneBits.of(8),
                neuron,
                Head.FLATTENED));

    assertThat(read(bytes(model.toFile())).spec().neuron()).isEqualTo(neuron);
  }

  @Test
  void aNeuronOfTheOldKindIsWrittenAsItAlwaysWas() {
    Map<String, String> metadata =
        new TreeMap<>(TinyModels.vggsnn(WeightScheme.REGULATED, 8, 3).toFile().metadata());
    metadata.keySet().removeIf(key -> !key.startsWith("neuron."));
    assertThat(metadata)
        .isEqualTo(
            Map.of(
                "neuron.decay", "0.5",
                "neuron.membrane", "tanh",
                "neuron.reset", "zero",
                "neuron.threshold", "1.0"));
  }

  @Test
  void aFileSaysWhatANeuronMustBeAboveAndWhatIsSubtracted() {
    LifNeuron neuron =
        new LifNeuron(Quantization.AFTER_RESET, Firing.AT_OR_ABOVE, 0.75f, 0.5f, Reset.SOFT);
    NetworkSpec spec =
        Architectures.VGGSNN.spec(
            1, 2, 2, 32, 3, WeightScheme.REGULATED, MembraneBits.of(8), neuron, Head.FLATTENED);

    assertThat(TinyModels.model(spec).toFile().metadata())
        .containsEntry("neuron.decay", "0.75")
        .containsEntry("neuron.threshold", "0.49999997")
        .containsEntry("neuron.firing", "at-or-above")
        .containsEntry("neuron.reset", "subtract");
  }

  @Test
  void whatFiresAtTheThresholdIsAboveTheFloatBelowIt() {
    NetworkSpec spec =
        Architectures.RESNET19.spec(
            1,
            2,
            3,
            4,
            3,
            WeightScheme.LAYER_REGULATED_MEAN,
            MembraneBits.of(8),
            new LifNeuron(Quantization.BEFORE_FIRING, Firing.AT_OR_ABOVE),
            Head.AVERAGED);

    Map<String, String> metadata = TinyModels.model(spec).toFile().metadata();

    assertThat(metadata)
        .containsEntry("neuron.threshold", "0.99999994")
        .containsEntry("neuron.membrane", "linear-before-firing")
        .containsEntry("network.weight-scheme", "layer-regulated-mean")
        .doesNotContainKey("network.head");
    assertThat(Float.parseFloat("0.99999994")).isEqualTo(Math.nextDown(1f));
  }

  @Test
  void keepsNoMembraneScalesWhereNoneAreUsed() {
    for (PackedModel model : TinyModels.both(WeightScheme.REGULATED, 8, 1)) {
      assertThat(model.toFile().tensors()).noneMatch(t -> t.name().contains("membrane_scale"));
    }
  }

  @Test
  void namesATensorOfTheWrongShape() {
    TensorFile file = with(Tensor.floats("fc.bias", new int[] {4}, 1, 2, 3, 4));
    assertThatThrownBy(() -> read(bytes(file)))
        .isInstanceOf(DataException.class)
        .hasMessage("fc.bias: expected shape [3], packed model has [4] (model.safetensors)");
  }

  @Test
  void namesAMissingAndAnUnknownTensor() {
    assertThatThrownBy(() -> read(bytes(without("convs.1.conv.weight.exponents"))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "convs.1.conv.weight.exponents: expected I8 [2], missing from the packed model"
                + " (model.safetensors)");
    assertThatThrownBy(() -> read(bytes(with(Tensor.floats("convs.8.bias", new int[] {1}, 1)))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "convs.8.bias F32 [1]: not expected, found in the packed model (model.safetensors)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.architecture|resnet|must be one of resnet19, vggsnn, vgg16, vgg16-imagenet, resnet18, resnet18-tiny-imagenet, resnet18-imagenet, custom; found resnet",
        "network.width|2|convs.0.conv.weight: expected shape [2, 2, 3, 3]",
        "network.width|100000|metadata network.width: expected 1 to 4096, packed model has 100000",
        "network.width|4096|convs.0.conv.weight: expected shape [4096, 2, 3, 3]",
        "network.timesteps|0|metadata network.timesteps: expected 1 to 4096",
        "network.timesteps|4|lifs.0.membrane_scale: expected shape [3], packed model has [2]",
        "network.timesteps|two|expected an integer, packed model has two",
        "network.input-size|24|input size of vggsnn: must be a multiple of 16; found 24",
        "network.classes|1|number of classes: must be at least 2; found 1",
        "network.weight-scheme|ternary|expected regulated or regulated-mean or layer-regulated",
        "network.head|cut|expected averaged or flattened, packed model has cut",
        "neuron.membrane|sigmoid|expected tanh or linear-before-firing, packed model has sigmoid",
        "neuron.decay|1.5|metadata neuron.decay: expected 0.0 to 1.0, packed model has 1.5",
        "neuron.decay|-0.5|expected a float32 from 0.0 to 1.0, packed model has -0.5",
        "neuron.decay|-0.0|expected a float32 from 0.0 to 1.0, packed model has -0.0",
        "neuron.decay|NaN|expected a float32 from 0.0 to 1.0, packed model has NaN",
        "neuron.decay|half|expected a float32 from 0.0 to 1.0, packed model has half",
        "neuron.threshold|2|expected a float32 above 0, packed model has 2",
        "neuron.threshold|2000.0|expected 0.001 to 1000.0, packed model has 2000.0",
        "neuron.threshold|Infinity|expected 0.001 to 1000.0, packed model has Infinity",
        "neuron.threshold|0.0|expected 0.001 to 1000.0, packed model has 0.0",
        "neuron.firing|at|expected above or at-or-above, packed model has at",
        "neuron.reset|none|expected zero or subtract, packed model has none",
        "network.weight-scheme|plain|convs.1.conv.weight.scales: expected F32 [2], missing",
        "network.membrane-bits|3|network.membrane-bits: must be 2, 4, 8 or 32; found 3",
        "network.membrane-bits|four|must be 2, 4, 8 or 32, or such numbers with commas between them; found four",
        "network.membrane-bits|4,4,2|one for each of the 8 spiking layers convs.0, convs.1, convs.2",
        "network.membrane-bits|4,4,2,,4,4,4,4|found 4,4,2,,4,4,4,4",
        "network.membrane-bits|8,8,8,32,8,8,8,8|lifs.3.membrane_scale F32 [2]: not expected",
        "network.membrane-bits|32|lifs.0.membrane_scale F32 [2]: not expected"
      })
  void namesMetadataThatDoesNotFit(String key, String value, String message) {
    TensorFile file = TinyModels.vggsnn(WeightScheme.REGULATED, 8, 3).toFile();
    Map<String, String> metadata = new TreeMap<>(file.metadata());
    metadata.put(key, value);
    TensorFile changed = TensorFile.of(PackedModel.KIND, metadata, file.tensors());
    assertThatThrownBy(() -> read(bytes(changed)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("(" + NAME + ")");
  }

  @Test
  void refusesACheckpoint() {
    TensorFile file = TensorFile.of("checkpoint", Map.of(), List.of());
    assertThatThrownBy(() -> read(bytes(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(NAME + ": expected a packed-model file, found kind checkpoint");
  }

  @Test
  void isNotMadeFromPartsOfAnotherNetwork() {
    PackedModel wide =
        TinyModels.model(Architectures.VGGSNN.spec(2, 3, 2, 16, 3, WeightScheme.REGULATED, 8));
    PackedModel model = TinyModels.vggsnn(WeightScheme.REGULATED, 8, 3);
    assertThatThrownBy(
            () ->
                new PackedModel(
                    model.spec(),
                    wide.weights(),
                    model.batchNorms(),
                    model.biases(),
                    model.membraneScales(),
                    model.description()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "weight 0: expected convs.0.conv.weight [1, 2, 3, 3] INT8,"
                + " found convs.0.conv.weight [2, 2, 3, 3] INT8");
  }

  private static TensorFile with(Tensor tensor) {
    TensorFile file = without(tensor.name());
    List<Tensor> tensors = new ArrayList<>(file.tensors());
    tensors.add(tensor);
    return TensorFile.of(PackedModel.KIND, file.metadata(), tensors);
  }

  private static TensorFile without(String name) {
    TensorFile file = TinyModels.vggsnn(WeightScheme.REGULATED, 8, 3).toFile();
    return TensorFile.of(
        PackedModel.KIND,
        file.metadata(),
        file.tensors().stream().filter(tensor -> !tensor.name().equals(name)).toList());
  }

  private static byte[] bytes(TensorFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out);
    return out.toByteArray();
  }

  private static PackedModel read(byte[] bytes) throws IOException {
    return PackedModel.read(new ByteArrayInputStream(bytes), bytes.length, NAME);
  }
}
