package org.qsnn.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.model.PackedModel;

class MainTest {
  @TempDir Path folder;
  private final PackedModel model = RandomModels.resNet(2, 2, 4, 5);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String file;

  @BeforeEach
  void write() throws IOException {
    Path path = folder.resolve("model.safetensors");
    try (OutputStream stream = Files.newOutputStream(path)) {
      model.write(stream);
    }
    file = path.toString();
  }

  private int run(byte[] in, String... arguments) {
    return Main.run(
        arguments,
        new ByteArrayInputStream(in),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void anImageFromStdinIsAnswered() {
    byte[] image = new byte[3 * 8 * 8];
    image[7] = 99;

    assertThat(run(image, file)).as(err.toString(UTF_8)).isZero();

    IntegerNetwork network = IntegerNetwork.of(model);
    IntegerRunner runner = new IntegerRunner(network);
    long[] scores = runner.scores(network.input().ofImage(image), runner.arena());
    assertThat(out.toString(UTF_8).lines())
        .hasSize(4)
        .startsWith(String.valueOf(IntegerReadout.prediction(scores)))
        .anyMatch(line -> line.startsWith("2 " + scores[2] + " "));
  }

  @Test
  void whatIsWrongIsSaidInALine() {
    assertThat(run(new byte[5], file)).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .isEqualTo("qsnn: sample: expected 192 bytes (3 × 8 × 8), found 5\n");
    assertThat(run(new byte[0], folder.resolve("none").toString())).isEqualTo(3);
    assertThat(run(new byte[0])).isEqualTo(2);
    assertThat(out.size()).isZero();
  }
}
