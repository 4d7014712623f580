package org.qsnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

/** The bytes of a version of the format never change; see FORMAT.md. */
class CheckpointBytesTest {
  private static final String NEWEST = "/format/v2/checkpoint.safetensors";
  private static final ParameterLayout PARAMETERS =
      ParameterLayout.builder().add("stem.conv.weight", 2, 1, 2, 2).add("fc.bias", 3).build();
  private static final ParameterLayout STATISTICS =
      ParameterLayout.builder().add("stem.bn.running_mean", 2).build();

  @Test
  void writesTheGoldenBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Checkpoint.write(state(), out);
    assertThat(out.toByteArray()).isEqualTo(golden(NEWEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/format/v1/checkpoint.safetensors", NEWEST})
  void readsTheGoldenBytesOfEveryVersion(String resource) throws IOException {
    byte[] bytes = golden(resource);
    TrainingState found =
        Checkpoint.read(
            new ByteArrayInputStream(bytes),
            bytes.length,
            resource,
            PARAMETERS,
            STATISTICS,
            List.of("momentum"));
    assertThat(found).usingRecursiveComparison().isEqualTo(state());
  }

  private static TrainingState state() {
    return new TrainingState(
        2,
        5,
        new Parameters(
            PARAMETERS, new float[] {0.5f, -0f, 1e-40f, -3, 0.1f, 7, Float.MAX_VALUE, -1, 1, 2, 3}),
        new Parameters(STATISTICS, new float[] {0.25f, -0.75f}),
        new OptimizerState(
            Map.of(
                "momentum",
                new Parameters(PARAMETERS, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}))),
        new double[] {0.1, 64},
        new byte[] {(byte) 0xA5},
        1,
        0.875,
        105,
        Map.of("seed", "1"));
  }

  private static byte[] golden(String resource) throws IOException {
    try (InputStream in = CheckpointBytesTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return in.readAllBytes();
    }
  }
}
