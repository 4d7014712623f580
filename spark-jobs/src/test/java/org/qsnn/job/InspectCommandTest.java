package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  void drawsARecordingAndReplacesAPictureThatItDrewBefore() throws IOException {
    Path png = folder.resolve("cup.png");
    assertThat(draw(png).exitCode()).isZero();
    byte[] first = Files.readAllBytes(png);
    Files.write(png, new byte[] {0}, StandardOpenOption.APPEND);

    CommandRun run = draw(png);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("128 × 128 pixels");
    assertThat(png).hasBinaryContent(first);
    assertThat(ImageIO.read(png.toFile()).getRGB(3 * 2, 4 * 2) & 0xFFFFFF).isEqualTo(0x1E64DC);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("cup.aedat", "cup.png");
  }

  @Test
  void drawsOverNothingElse() throws IOException {
    byte[] recorded = Files.readAllBytes(recording);
    Path photo = folder.resolve("photo.png");
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
    byte[] pixels = Files.readAllBytes(photo);
    Path thesis = Files.createDirectory(folder.resolve("thesis"));
    Files.writeString(thesis.resolve("chapter.tex"), "years of work");
    Path empty = Files.createFile(folder.resolve("empty"));
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), recording);

    draw(thesis).assertFailed(3, thesis.toString(), "found a folder with chapter.tex");
    draw(photo).assertFailed(3, photo.toString(), "found another file");
    draw(recording).assertFailed(3, recording.toString(), "found another file");
    draw(link).assertFailed(3, recording.toString(), "found another file");
    draw(folder.resolve("thesis/../cup.aedat")).assertFailed(3, "found another file");
    draw(empty).assertFailed(3, "found another file");

    assertThat(recording).hasBinaryContent(recorded);
    assertThat(photo).hasBinaryContent(pixels);
    assertThat(thesis.resolve("chapter.tex")).hasContent("years of work");
    assertThat(folder.toFile().list()).hasSize(5);
  }

  private CommandRun draw(Path png) {
    return CommandRun.of("inspect", recording.toString(), "--png", png.toString());
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

  @Test
  void readsATableAsItIsTold() throws IOException {
    Path table = folder.resolve("events.csv");
    Files.writeString(table, "stamp,u,v,sign\n5000,7,8,1\n9000,300,200,0\n");
    CommandRun.of("inspect", table.toString()).assertFailed(3, "events.csv", "a column t");

    CommandRun run =
        CommandRun.of(
            "inspect",
            table.toString(),
            "--columns=stamp,u,v,sign",
            "--time-unit=ns",
            "--sensor=320x240");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("320 × 240 pixels")
        .doesNotContain("the file names none")
        .containsPattern("5 +7 +8 +ON");
  }

  @Test
  void saysWhatItsOptionsMayBe() {
    assertOption("--sensor=320", "must be width and height in pixels, each from 1 to 32768");
    assertOption("--sensor=0x240", "as 304x240; found 0x240");
    assertOption("--source=-1", "must be a whole number from 0 to 1000000; found -1");
    assertOption("--columns=t,x,y", "must be four names, of time, x, y and polarity");
    assertOption("--time-unit=h", "h is none of us, ns, ms, s");
    assertOption("--on-bad-events=keep", "keep is none of fail, drop, sort");
  }

  private void assertOption(String option, String message) {
    CommandRun run = CommandRun.of("inspect", recording.toString(), option);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void pictureForAnObjectStoreIsRefusedBeforeAnythingIsRead() {
    CommandRun.of("inspect", folder + "/missing.aedat", "--png", "s3a://bucket/cup.png")
        .assertFailed(2, "s3a://bucket/cup.png", "found an object store");
  }
}
