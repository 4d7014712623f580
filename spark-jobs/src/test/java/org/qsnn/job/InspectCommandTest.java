package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.Aedat2Writer;
import org.qsnn.event.Events;
import org.qsnn.event.Sensor;

class InspectCommandTest {
  @TempDir Path folder;
  private Path recording;

  @BeforeEach
  void record() throws IOException {
    recording = folder.resolve("cup.aedat");
    Events events = Events.builder(Sensor.DVS128).append(5, 3, 4, true).build();
    try (OutputStream out = Files.newOutputStream(recording)) {
      Aedat2Writer.write(events, Aedat2Convention.DVS128, out);
    }
  }

  @Test
  void drawsARecordingAndReplacesAnOlderPicture() throws IOException {
    Path png = Files.writeString(folder.resolve("cup.png"), "old");

    CommandRun run = CommandRun.of("inspect", recording.toString(), "--png", png.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("128 × 128 pixels");
    assertThat(ImageIO.read(png.toFile()).getRGB(3 * 2, 4 * 2) & 0xFFFFFF).isEqualTo(0x1E64DC);
  }

  @Test
  void readsARecordingAsItIsTold() {
    CommandRun run =
        CommandRun.of("inspect", recording.toString(), "--recording", "aedat2-cifar10-dvs");

    assertThat(run.out()).containsPattern("5 +123 +124 +ON");
    CommandRun.of("inspect", recording.toString(), "--recording", "aedat31")
        .assertFailed(3, "cup.aedat", "#!AER-DAT3.1");
  }

  @Test
  void namesTheFormatsThatAreAllowed() {
    CommandRun run = CommandRun.of("inspect", recording.toString(), "--recording", "raw");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("raw is none of", "n-mnist");
  }
}
