package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.golden.EventSamples;

/** Real recordings and the fixtures beside them; the numbers are other readers'. */
class RecordingsGoldenTest {
  private static final String SAMPLES = "event-samples/";
  private static final String FIXTURES = SAMPLES + "aedat31-gesture/handmade-fixtures/";

  private static Events read(EventFormat format, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return format.read(in, file.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "other/Celular, 307531, 4017978467, 4035143381",
    "other/Mouse, 293096, 3001156957, 3019582257",
    "other/pendulo2, 160245, 122448607, 134582678",
    "test/Caixa, 201523, 3151642323, 3170134272",
    "test/Caneca, 351217, 3251121587, 3271661663",
    "test/Estilete, 314257, 3939025946, 3957404391",
    "test/Lapiseira, 126164, 3799644735, 3818152388",
    "test/Tesoura, 143655, 2890272251, 2909034948",
    "train/Caixa, 374039, 525879511, 558653691",
    "train/Caneca, 518133, 835302848, 868811233",
    "train/Estilete, 413436, 1177010601, 1210566875",
    "train/Lapiseira, 249545, 597323253, 633767504",
    "train/Tesoura, 263941, 446340208, 479347989"
  })
  void decodesEveryEventOfADvs128(String name, int events, long first, long last)
      throws IOException {
    Events recording =
        read(EventFormat.AEDAT2_DVS128, EventSamples.path("dvs128/" + name + ".aedat"));

    assertThat(recording.size()).isEqualTo(events);
    assertThat(recording.timestamp(0)).isEqualTo(first);
    assertThat(recording.timestamp(events - 1)).isEqualTo(last);
  }

  @Test
  void decodesTheEventsOfAnAedat4Recording() throws IOException {
    List<Events> packets = new ArrayList<>();
    try (InputStream in = Files.newInputStream(EventSamples.path(SAMPLES + "sample.aedat4"))) {
      EventFormat.AEDAT4.read(in, "sample.aedat4", packets::add);
    }
    Events first = packets.get(0);
    Events last = packets.get(packets.size() - 1);

    assertThat(packets).hasSize(59);
    assertThat(packets.stream().mapToInt(Events::size).sum()).isEqualTo(111_954);
    assertThat(first.sensor()).isEqualTo(new Sensor(320, 240));
    assertThat(first.size()).isEqualTo(918);
    assertThat(first.timestamp(0)).isEqualTo(1_605_537_493_718_345L);
    assertThat(first.x(0)).isEqualTo(154);
    assertThat(first.y(0)).isEqualTo(204);
    assertThat(first.isOn(0)).isFalse();
    assertThat(last.timestamp(last.size() - 1)).isEqualTo(1_605_537_494_308_262L);
  }

  @Test
  void decodesASampleOfNMnist() throws IOException {
    Events sample = read(EventFormat.N_MNIST, EventSamples.path(SAMPLES + "sample_nmnist.bin"));

    assertThat(sample.size()).isEqualTo(4325);
    assertThat(sample.timestamp(0)).isEqualTo(654);
    assertThat(sample.timestamp(4324)).isEqualTo(311_175);
  }

  @ParameterizedTest
  @CsvSource({
    "aedat1_for_testing, 12, 3 3 0",
    "aedat2_led, 18, 1 1 3 3",
    "aedat3_fluorescent, 5, 0 3"
  })
  void cutsGesturesOutOfAedat31(String name, int events, String eventsOfRows) throws IOException {
    Events recording = read(EventFormat.AEDAT31, EventSamples.path(FIXTURES + name + ".aedat"));
    GestureLabels labels = labels(EventSamples.path(FIXTURES + name + "_labels.csv"));

    assertThat(recording.size()).isEqualTo(events);
    assertThat(labels.rows())
        .extracting(row -> row.of(recording).size())
        .isEqualTo(List.of(eventsOfRows.split(" ")).stream().map(Integer::valueOf).toList());
  }

  @Test
  void readsTheLabelsOfARealRecording() throws IOException {
    GestureLabels labels =
        labels(EventSamples.path(SAMPLES + "aedat31-gesture/user01_natural_labels.csv"));

    assertThat(labels.rows()).hasSize(12);
    assertThat(labels.rows().get(11))
        .isEqualTo(new GestureLabels.Row(13, 10, 171_367_247, 177_991_967));
    assertThat(labels.overlapping()).isEmpty();
  }

  private static GestureLabels labels(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return GestureLabels.read(in, file.toString());
    }
  }

  @Test
  void refusesAHeaderWithoutEvents() {
    assertThatThrownBy(
            () ->
                read(
                    EventFormat.AEDAT2_DVS128,
                    EventSamples.path(SAMPLES + "sample_aedat_header.aedat")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Davis346red");
  }
}
