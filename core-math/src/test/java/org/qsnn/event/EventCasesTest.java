package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.golden.EventSamples;

/** Files of other cameras, and files that other software stumbled over. */
class EventCasesTest {
  private static RecordingSummary summary(String name, String key) throws IOException {
    RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
    read(name, key, accumulator);
    return accumulator.summary();
  }

  /** As a format, or as the one that the file says. */
  private static void read(String name, String key, EventSink sink) throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(EventSamples.path("event-cases/" + name)))) {
      EventFormat format =
          key.isEmpty()
              ? EventFormat.of(in, name, Aedat2Convention.DVS128)
              : EventFormat.named(key);
      format.read(in, name, sink);
    }
  }

  private static Events events(String name, String key) throws IOException {
    RecordingCollector collector = new RecordingCollector(name);
    read(name, key, collector);
    return collector.events();
  }

  @ParameterizedTest
  @CsvSource({
    "real/davis240c_aps_imu_translBoxes.aedat, '', 162771, 240, 180",
    "real/davis240_synth_no_aechip_TranslatingSquare.aedat, aedat2-davis240, 16000, 240, 180",
    "real/davis346_dv_demo-01.aedat4, '', 319512, 346, 260",
    "real/ncars_sample.dat, '', 2009, 128, 128",
    "real/evt2_faery.raw, '', 521252, 640, 480",
    "real/evt3_expelliarmus.raw, '', 219596, 1280, 720",
    "real/nmnist_slayer_1.bs2, n-mnist, 4681, 34, 34",
    "failing/a9_aestream_empty_outInfo.aedat4, '', 5938, 346, 260",
    "failing/b2_davis640.aedat, '', 4000, 640, 480",
    "failing/b3b_old_source_kept.aedat, '', 4000, 240, 180",
    "failing/c1_dvs128_external_event_bit15.aedat, '', 5999, 128, 128",
    "failing/c3_wrap_2pow32.aedat, '', 6000, 128, 128",
    "failing/c6_v2e_davis346_no_aechip.aedat, aedat2-davis346, 5000, 346, 260",
    "failing/d2_overflow_y240.bin, n-mnist, 4681, 34, 34",
    "failing/o1_same_mug.aedat, '', 40000, 128, 128"
  })
  void readsWhatOthersStumbleOver(String name, String key, int events, int width, int height)
      throws IOException {
    RecordingSummary summary = summary(name, key);

    assertThat(summary.events()).isEqualTo(events);
    assertThat(summary.sensor()).isEqualTo(new Sensor(width, height));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "real/davis240_synth_no_aechip_TranslatingSquare.aedat | names no camera; dataset.recordings",
        "failing/c6_v2e_davis346_no_aechip.aedat | the file names no camera",
        "failing/a4_crashed_truncated.aedat4 | the file is truncated",
        "failing/a8_one_event_3us_back.aedat4 | expected a timestamp of at least ",
        "failing/a13_one_event_x346.aedat4 | found x = 346, y = ",
        "failing/a14_first_event_t0.aedat4 | the clock jumped",
        "failing/b9_two_cameras_interleaved.aedat | source 1: \"DVS128\", source 2: \"DVS128\"",
        "failing/c4_one_event_50us_back.aedat | expected a timestamp of at least ",
        "failing/c25_zero_bytes.aedat | it is empty"
      })
  void saysWhatIsWrongAndWhere(String name, String message) {
    EventSamples.path("event-cases/" + name); // skips here: within the assertion it would fail
    assertThatThrownBy(() -> summary(name, ""))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(name + ": offset ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("damaged");
  }

  @Test
  void countsWhatItPassesOver() throws IOException {
    assertThat(summary("real/davis240c_aps_imu_translBoxes.aedat", "").passedOver().values())
        .satisfies(counts -> assertThat(counts.stream().mapToLong(n -> n).sum()).isEqualTo(33_837));
    assertThat(summary("real/davis346_dv_demo-01.aedat4", "").passedOver())
        .containsOnlyKeys("packets of FRME", "packets of IMUS", "packets of TRIG");
    assertThat(summary("failing/c1_dvs128_external_event_bit15.aedat", "").passedOver())
        .containsEntry("external events", 1L);
  }

  @Test
  void timeGoesOn() throws IOException {
    assertThat(summary("failing/c3_wrap_2pow32.aedat", "").lastTimestamp())
        .isEqualTo((1L << 32) + 413_167);
    assertThat(summary("real/nmnist_slayer_1.bs2", "n-mnist").lastTimestamp()).isEqualTo(305_924);
    assertThat(summary("failing/d2_overflow_y240.bin", "n-mnist").lastTimestamp())
        .isEqualTo(305_924 + (1 << 13));
  }

  /** Counts and times of another reader of these formats. */
  @ParameterizedTest
  @CsvSource({
    "real/ncars_sample.dat, 1350, 0, 99952",
    "real/evt2_faery.raw, 185861, 913716224, 913812095",
    "real/evt3_expelliarmus.raw, 115532, 11718656, 11727457"
  })
  void propheseesFilesAreReadInTheirOwnTime(String name, int on, long first, long last)
      throws IOException {
    RecordingSummary summary = summary(name, "");

    assertThat(summary.onEvents()).isEqualTo(on);
    assertThat(summary.firstTimestamp()).isEqualTo(first);
    assertThat(summary.lastTimestamp()).isEqualTo(last);
    assertThat(summary.passedOver()).isEmpty();
  }

  @Test
  void ofTwoCamerasEachCanBeChosen() throws IOException {
    String name = "failing/b9_two_cameras_interleaved.aedat";
    for (int source = 1; source <= 2; source++) {
      RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
      try (InputStream in = Files.newInputStream(EventSamples.path("event-cases/" + name))) {
        EventFormat.AEDAT31.read(
            in, name, RecordingOptions.DEFAULT.withSource(source), accumulator);
      }

      assertThat(accumulator.summary().events()).isPositive();
      assertThat(accumulator.summary().passedOver()).containsKey("events of other sources");
    }
  }

  @Test
  void uprightIsWhatTheCamerasMakerShows() throws IOException {
    Events shown = events("failing/o1_same_mug_as_jaer_shows_it.aedat4", "");
    Events upright = events("failing/o1_same_mug.aedat", "aedat2-dvs128-upright");

    assertThat(upright.size()).isEqualTo(shown.size());
    for (int i = 0; i < shown.size(); i++) {
      assertThat(upright.x(i)).isEqualTo(shown.x(i));
      assertThat(upright.y(i)).isEqualTo(shown.y(i));
      assertThat(upright.isOn(i)).isEqualTo(shown.isOn(i));
    }
  }
}
