package org.qsnn.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.Aedat2Writer;
import org.qsnn.event.BadEvents;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.RecordingOptions;
import org.qsnn.event.Sensor;

class RecordingInspectionTest {
  @TempDir Path directory;
  private LocalFiles files;

  @BeforeEach
  void writeRecordings() throws IOException {
    files = new LocalFiles(directory);
    EventsBuilder builder = Events.builder(Sensor.DVS128);
    for (int i = 0; i < 1600; i++) {
      builder.append(4_000_000_000L + 625L * i, i % 100, 20, i % 4 == 0);
    }
    ByteArrayOutputStream aedat = new ByteArrayOutputStream();
    Aedat2Writer.write(builder.build(), Aedat2Convention.DVS128, aedat);
    files.write("cup", aedat.toByteArray());
    files.write("7.bin", new byte[] {33, 1, (byte) 0x80, 0, 5});
  }

  @Test
  void aRecordingShowsItsEventsAndTheirBalance() {
    assertThat(String.join("\n", Inspection.of(files, "cup").text()))
        .isEqualTo(
            """
            recording  cup
            format     aedat2-dvs128
            sensor     128 × 128 pixels
            events     1,600
            duration   0.999375 s, 4000000000 … 4000999375 µs
            rate       1,601 events a second
            polarity   25.0 % ON, 75.0 % OFF
            file       0.01 MB

            first events, µs  x   y  polarity
                  4000000000  0  20  ON
                  4000000625  1  20  OFF
                  4000001250  2  20  OFF
                  4000001875  3  20  OFF
                  4000002500  4  20  ON
                  4000003125  5  20  OFF
                  4000003750  6  20  OFF
                  4000004375  7  20  OFF\
            """);
  }

  @Test
  void programsGetTheSameAsJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Inspection.of(files, "7.bin").json());

    assertThat(json.get("what").textValue()).isEqualTo("recording");
    assertThat(json.get("format").textValue()).isEqualTo("n-mnist");
    assertThat(json.get("width").intValue()).isEqualTo(34);
    assertThat(json.get("events").longValue()).isEqualTo(1);
    assertThat(json.get("duration_us").longValue()).isZero();
    assertThat(json.at("/first_events/0/x").intValue()).isEqualTo(33);
    assertThat(json.at("/first_events/0/on").booleanValue()).isTrue();
  }

  @Test
  void theFormatCanBeNamed() {
    assertThat(
            RecordingInspection.of(files, "7.bin", Optional.of(EventFormat.N_CALTECH101))
                .inspection()
                .text())
        .contains("sensor     240 × 180 pixels");
    assertThatThrownBy(() -> RecordingInspection.of(files, "cup", Optional.of(EventFormat.AEDAT4)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("cup", "#!AER-DAT4.0", "#!AER-DAT2.0");
  }

  @Test
  void thePictureIsAPng() throws IOException {
    BufferedImage picture = RecordingInspection.of(files, "cup", Optional.empty()).picture();

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(PngFile.bytes(picture)));
    assertThat(image.getWidth()).isEqualTo(4 * 256 + 3 * 4);
    assertThat(image.getHeight()).isEqualTo(2 * 256 + 4);
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(image.getRGB(0, 40) & 0xFFFFFF).isNotEqualTo(0xFFFFFF);
  }

  @Test
  void whatAFileHoldsBesideEventsIsListed() throws IOException {
    files.write("9.BIN", new byte[] {33, 1, (byte) 0x80, 0, 5, 0, (byte) 240, 0, 0, 0});

    assertThat(Inspection.of(files, "9.BIN").text())
        .contains("skipped    1 overflows of the clock");
    assertThat(
            new ObjectMapper()
                .readTree(Inspection.of(files, "9.BIN").json())
                .at("/passed_over/overflows of the clock")
                .longValue())
        .isEqualTo(1);
  }

  @Test
  void recordingsThatAreNotReadSayWhatTheyAre() {
    files.write("a", "% evt 2.1\n".getBytes(StandardCharsets.US_ASCII));
    files.write("b.AEDAT", new byte[0]);
    files.write("c.aedat.gz", new byte[] {31, (byte) 139, 8, 0});
    files.write("d.bs2", new byte[] {33, 1, (byte) 0x80, 0, 5});

    assertRefused("a", "expected a DAT file or EVT 2.0 or 3.0, found \"EVT21\"");
    assertRefused("b.AEDAT", "it is empty");
    assertRefused("c.aedat.gz", "found a file compressed with gzip: unpack it");
    assertRefused("d.bs2", "--recording n-mnist");
    assertThat(
            RecordingInspection.of(files, "d.bs2", Optional.of(EventFormat.N_MNIST))
                .inspection()
                .text())
        .contains("format     n-mnist");
  }

  private void assertRefused(String path, String message) {
    assertThatThrownBy(() -> Inspection.of(files, path))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsToleratedIsCounted() {
    files.write("a.bin", new byte[] {1, 1, 0, 0, 5, 2, 2, 0, 0, 4, 3, 3, 0, 0, 6, 1});
    RecordingOptions sorting =
        RecordingOptions.DEFAULT.withBadEvents(new BadEvents(BadEvents.Action.SORT, 2));

    assertRefused("a.bin", "dataset.on-bad-events tolerates it");
    assertThat(
            RecordingInspection.of(files, "a.bin", Optional.empty(), sorting).inspection().text())
        .contains("events     3")
        .anyMatch(line -> line.contains("1 events earlier than the one before, sorted"))
        .anyMatch(line -> line.contains("1 bytes of an end that was cut off"));
  }

  @Test
  void whatIsNoRecordingSaysSo() {
    files.write("other", new byte[100]);

    assertThatThrownBy(() -> RecordingInspection.of(files, "other", Optional.empty()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("other", "#!AER-DAT2.0");
  }
}
