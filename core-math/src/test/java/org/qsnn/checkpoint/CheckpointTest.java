package org.qsnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.model.TensorFile;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.tensor.RandomStream;

class CheckpointTest {
  private static final String NAME = "step-4000.safetensors";
  private static final ParameterLayout PARAMETERS = layout(784);
  private static final ParameterLayout STATISTICS =
      ParameterLayout.builder().add("bn.mean", 3).add("bn.variance", 3).build();

  @Test
  void roundTripsEveryBit() throws IOException {
    TrainingState state = state(bits(PARAMETERS, 1), bits(STATISTICS, 2), bits(PARAMETERS, 3));

    TrainingState found = read(bytes(state), PARAMETERS, STATISTICS);

    assertThat(intBits(found.parameters())).isEqualTo(intBits(state.parameters()));
    assertThat(intBits(found.statistics())).isEqualTo(intBits(state.statistics()));
    assertThat(intBits(momentum(found))).isEqualTo(intBits(momentum(state)));
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFields("parameters", "statistics", "optimizer")
        .isEqualTo(state);
    assertThat(bytes(found)).isEqualTo(bytes(state));
  }

  @Test
  void roundTripsTheStateBeforeTheFirstStep() throws IOException {
    TrainingState state =
        new TrainingState(
            0,
            0,
            Parameters.zeros(PARAMETERS),
            Parameters.zeros(STATISTICS),
            OptimizerState.zeros(List.of("momentum"), PARAMETERS),
            new double[0],
            new byte[0],
            TrainingState.NONE,
            TrainingState.NONE,
            0,
            Map.of());

    TrainingState found = read(bytes(state), PARAMETERS, STATISTICS);

    assertThat(found).usingRecursiveComparison().isEqualTo(state);
  }

  @Test
  void whatWasLearnedIsReadWhateverOptimizerThereWas() throws IOException {
    TrainingState state = state(bits(PARAMETERS, 1), bits(STATISTICS, 2), bits(PARAMETERS, 3));
    byte[] bytes = bytes(state);

    LearnedWeights learned =
        Checkpoint.readWeights(
            new ByteArrayInputStream(bytes), bytes.length, NAME, PARAMETERS, STATISTICS);

    assertThat(intBits(learned.parameters())).isEqualTo(intBits(state.parameters()));
    assertThat(intBits(learned.statistics())).isEqualTo(intBits(state.statistics()));
    assertThat(learned.sha256())
        .isEqualTo(Checkpoint.parametersSha256(state.parameters(), state.statistics()));
  }

  @Test
  void weightsOfAnotherNetworkAreNotLearnedFrom() throws IOException {
    byte[] narrow = bytes(state(bits(layout(768), 1), bits(STATISTICS, 2), bits(layout(768), 3)));
    assertThatThrownBy(
            () ->
                Checkpoint.readWeights(
                    new ByteArrayInputStream(narrow), narrow.length, NAME, PARAMETERS, STATISTICS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("parameters.dense2.weight: expected shape [4, 784]");
  }

  @Test
  void namesTheWindowWhoseShapeDiffers() throws IOException {
    byte[] narrow = bytes(state(bits(layout(768), 1), bits(STATISTICS, 2), bits(layout(768), 3)));
    assertThatThrownBy(() -> read(narrow, PARAMETERS, STATISTICS))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "optimizer.momentum.dense2.weight: expected shape [4, 784], checkpoint has [4, 768]"
                + " (step-4000.safetensors)");
  }

  @Test
  void namesMissingAndSurplusWindows() throws IOException {
    byte[] bytes = bytes(state(bits(PARAMETERS, 1), bits(STATISTICS, 2), bits(PARAMETERS, 3)));
    ParameterLayout more =
        ParameterLayout.builder().add("bn.mean", 3).add("bn.variance", 3).add("bn.count").build();
    assertThatThrownBy(() -> read(bytes, PARAMETERS, more))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "statistics.bn.count: expected F32 [], missing from the checkpoint"
                + " (step-4000.safetensors)");
    ParameterLayout less = ParameterLayout.builder().add("bn.mean", 3).build();
    assertThatThrownBy(() -> read(bytes, PARAMETERS, less))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "statistics.bn.variance F32 [3]: not expected, found in the checkpoint"
                + " (step-4000.safetensors)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epoch|-1|metadata epoch: expected 0 to 2147483647, checkpoint has -1",
        "step|1.5|metadata step: expected an integer, checkpoint has 1.5",
        "best-accuracy|NaN|metadata best-accuracy: expected 0 to 1, or -1 for none",
        "best-accuracy|high|metadata best-accuracy: expected 0 to 1, or -1 for none",
        "best-epoch|-2|metadata best-epoch: expected -1 to 2147483647, checkpoint has -2"
      })
  void namesMetadataThatDoesNotFit(String key, String value, String message) throws IOException {
    byte[] bytes = bytes(state(bits(PARAMETERS, 1), bits(STATISTICS, 2), bits(PARAMETERS, 3)));
    TensorFile file = TensorFile.read(new ByteArrayInputStream(bytes), bytes.length, NAME);
    Map<String, String> metadata = new HashMap<>(file.metadata());
    metadata.put(key, value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorFile.of(Checkpoint.KIND, metadata, file.tensors()).write(out);
    assertThatThrownBy(() -> read(out.toByteArray(), PARAMETERS, STATISTICS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("(" + NAME + ")");
  }

  @Test
  void refusesAPackedModel() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorFile.of("packed-model", Map.of(), List.of()).write(out);
    assertThatThrownBy(() -> read(out.toByteArray(), PARAMETERS, STATISTICS))
        .isInstanceOf(DataException.class)
        .hasMessage(NAME + ": expected a checkpoint file, found kind packed-model");
  }

  @Test
  void hashesParametersThenStatisticsAsLittleEndianFloats() throws Exception {
    Parameters parameters = bits(PARAMETERS, 1);
    Parameters statistics = bits(STATISTICS, 2);
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * (PARAMETERS.size() + STATISTICS.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters.values()).put(statistics.values());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    assertThat(Checkpoint.parametersSha256(parameters, statistics))
        .isEqualTo(HexFormat.of().formatHex(digest))
        .isNotEqualTo(Checkpoint.parametersSha256(statistics, parameters));
  }

  @Test
  void hashesEachWindowByItself() throws Exception {
    Parameters parameters = bits(PARAMETERS, 1);
    Map<String, String> before = Checkpoint.windowsSha256(parameters);
    int bias = PARAMETERS.window("dense2.bias").offset();
    parameters.values()[bias] = -parameters.values()[bias];
    Map<String, String> after = Checkpoint.windowsSha256(parameters);

    assertThat(before).containsOnlyKeys("dense1.weight", "dense2.weight", "dense2.bias");
    assertThat(after.get("dense1.weight")).isEqualTo(before.get("dense1.weight"));
    assertThat(after.get("dense2.weight")).isEqualTo(before.get("dense2.weight"));
    assertThat(after.get("dense2.bias")).isNotEqualTo(before.get("dense2.bias"));
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters.get("dense2.bias"));
    assertThat(after.get("dense2.bias"))
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
  }

  @Test
  void isNotMadeOfNumbersThatCannotBe() {
    Parameters parameters = bits(PARAMETERS, 1);
    Parameters statistics = bits(STATISTICS, 2);
    assertThatThrownBy(() -> state(parameters, statistics, statistics))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("momentum: expected " + PARAMETERS.size() + " values, found 6");
    assertThatThrownBy(
            () ->
                new TrainingState(
                    0,
                    0,
                    parameters,
                    statistics,
                    new OptimizerState(Map.of("momentum", parameters)),
                    new double[0],
                    new byte[0],
                    0,
                    Double.NaN,
                    0,
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ParameterLayout layout(int fanIn) {
    return ParameterLayout.builder()
        .add("dense1.weight", 2, 3, 3, 3)
        .add("dense2.weight", 4, fanIn)
        .add("dense2.bias", 4)
        .build();
  }

  private static TrainingState state(
      Parameters parameters, Parameters statistics, Parameters momentum) {
    return new TrainingState(
        12,
        34,
        parameters,
        statistics,
        new OptimizerState(Map.of("momentum", momentum)),
        new double[] {Math.PI, -0.0, Double.MIN_VALUE, 1e300},
        new byte[] {0, -1, 127, -128},
        11,
        0.1 + 0.2,
        5_000_000_000L,
        Map.of("seed", "1", "config", "0f3c"));
  }

  /** Every kind of float: zeros, subnormals, the largest, and random bits that are no NaN. */
  private static Parameters bits(ParameterLayout layout, long seed) {
    float[] special = {
      0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 0x0.fffffep-126f, Float.MAX_VALUE,
    };
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[layout.size()];
    for (int i = 0; i < values.length; i++) {
      float drawn = Float.intBitsToFloat((int) random.nextLong());
      values[i] = i < special.length ? special[i] : Float.isNaN(drawn) ? 1f : drawn;
    }
    return new Parameters(layout, values);
  }

  private static Parameters momentum(TrainingState state) {
    return state.optimizer().vectors().get("momentum");
  }

  private static int[] intBits(Parameters vector) {
    int[] bits = new int[vector.values().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(vector.values()[i]);
    }
    return bits;
  }

  private static byte[] bytes(TrainingState state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Checkpoint.write(state, out);
    return out.toByteArray();
  }

  private static TrainingState read(
      byte[] bytes, ParameterLayout parameters, ParameterLayout statistics) throws IOException {
    return Checkpoint.read(
        new ByteArrayInputStream(bytes),
        bytes.length,
        NAME,
        parameters,
        statistics,
        List.of("momentum"));
  }
}
