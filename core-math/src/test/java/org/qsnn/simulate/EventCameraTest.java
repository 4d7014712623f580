package org.qsnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.qsnn.event.Events;
import org.qsnn.event.Sensor;

class EventCameraTest {
  private static final Sensor PIXEL = new Sensor(1, 1);
  private static final Sensor SMALL = new Sensor(20, 10);

  private static CameraModel ideal(Sensor sensor, double threshold) {
    return new CameraModel(sensor, threshold, threshold, 0, 0, 0);
  }

  private static Events record(CameraModel model, Scene scene) {
    return new EventCamera(model, 1).record(scene, 0);
  }

  private static int onEvents(Events events) {
    int count = 0;
    for (int i = 0; i < events.size(); i++) {
      count += events.isOn(i) ? 1 : 0;
    }
    return count;
  }

  @Test
  void staticSceneWithoutNoiseGivesNoEvents() {
    CameraModel sensitive = new CameraModel(SMALL, 0.01, 0.01, 0.1, 0, 0);
    assertThat(record(sensitive, LightLevels.constant(77.3f, 50)).isEmpty()).isTrue();
  }

  @Test
  void brighterGivesOnEventsAndDarkerOffEventsOnePerThreshold() {
    // ln(200 / 50) = 1.386: six thresholds of 0.22
    Events up = record(ideal(SMALL, 0.22), new LightLevels(50, 200));
    assertThat(up.size()).isEqualTo(6 * 200);
    assertThat(onEvents(up)).isEqualTo(up.size());
    Events down = record(ideal(SMALL, 0.22), new LightLevels(200, 50));
    assertThat(down.size()).isEqualTo(6 * 200);
    assertThat(onEvents(down)).isZero();
  }

  @Test
  void eventsHaveTheTimesAtWhichTheThresholdsAreCrossed() {
    double rise = Math.log(200 / 50.0);
    Events events = record(ideal(PIXEL, 0.3), new LightLevels(50, 50, 200));
    assertThat(events.size()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat((double) events.timestamp(i))
          .isCloseTo(1000 + 1000 * (i + 1) * 0.3 / rise, within(1.0));
    }
  }

  @Test
  void changesAddUpUntilTheyReachTheThreshold() {
    // 0.05 each: below the threshold, but four of them are not
    LightLevels slow = new LightLevels(100, 105.13f, 110.52f, 116.18f, 122.14f, 122.14f);
    Events events = record(ideal(PIXEL, 0.18), slow);
    assertThat(events.size()).isEqualTo(1);
    assertThat(events.timestamp(0)).isBetween(3000L, 4000L);
  }

  @Test
  void onAndOffHaveThresholdsOfTheirOwn() {
    CameraModel model = new CameraModel(PIXEL, 0.1, 0.4, 0, 0, 0);
    Events events = record(model, LightLevels.flicker(50, 100, 2)); // ±ln 2 = 0.693
    assertThat(onEvents(events)).isEqualTo(6);
    assertThat(events.size() - onEvents(events)).isEqualTo(1);
  }

  @Test
  void moreContrastOrALowerThresholdGivesMoreEvents() {
    int before = 0;
    for (float bright : new float[] {60, 90, 130, 200}) {
      int found = record(ideal(PIXEL, 0.1), new LightLevels(50, bright)).size();
      assertThat(found).isGreaterThan(before);
      before = found;
    }
    for (double threshold : new double[] {0.08, 0.05, 0.02, 0.01}) {
      int found = record(ideal(PIXEL, threshold), new LightLevels(50, 200)).size();
      assertThat(found).isGreaterThan(before);
      before = found;
    }
  }

  @Test
  void refractoryPeriodBoundsEveryPixelsRate() {
    CameraModel model = new CameraModel(SMALL, 0.02, 0.02, 0.005, 300, 200);
    Events events = record(model, LightLevels.flicker(10, 250, 40));
    long[] last = new long[200];
    Arrays.fill(last, -300);
    for (int i = 0; i < events.size(); i++) {
      int pixel = events.y(i) * 20 + events.x(i);
      assertThat(events.timestamp(i) - last[pixel]).as("event %d", i).isGreaterThanOrEqualTo(300);
      last[pixel] = events.timestamp(i);
    }
    // nearly as many as there can be: 40 ms of at least 300 µs each
    assertThat(events.size()).isBetween(100 * 200, 134 * 200);
  }

  @Test
  void pixelMeasuresFromWhereItsResetEnds() {
    // released after 10 ms, when the luminance is long what it remains
    CameraModel model = new CameraModel(PIXEL, 0.3, 0.3, 0, 10_000, 0);
    LightLevels step = new LightLevels(Arrays.copyOf(new float[] {50}, 20));
    Arrays.fill(step.levels(), 1, 20, 200);
    assertThat(record(model, step).size()).isEqualTo(1);
  }

  @Test
  void noiseHasTheRateThatWasAskedForAndBothPolarities() {
    CameraModel model = new CameraModel(SMALL, 0.2, 0.2, 0.03, 0, 5);
    Events events = record(model, LightLevels.constant(100, 20_000));
    // 200 pixels · 20 s · 5 Hz = 20,000 events; five standard deviations
    assertThat(events.size()).isCloseTo(20_000, within(700));
    assertThat(onEvents(events) / (double) events.size()).isCloseTo(0.5, within(0.02));
    Set<Integer> pixels = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      pixels.add(events.y(i) * 20 + events.x(i));
    }
    assertThat(pixels).hasSize(200);
  }

  @Test
  void mismatchMakesPixelsDifferButNotRecordings() {
    CameraModel model = new CameraModel(SMALL, 0.2, 0.2, 0.05, 0, 0);
    EventCamera camera = new EventCamera(model, 1);
    Events events = camera.record(new LightLevels(50, 200), 0);
    int[] counts = new int[200];
    for (int i = 0; i < events.size(); i++) {
      counts[events.y(i) * 20 + events.x(i)]++;
    }
    assertThat(Arrays.stream(counts).distinct().count()).isGreaterThan(3);
    assertThat(camera.record(new LightLevels(50, 200), 1)).isEqualTo(events);
    assertThat(new EventCamera(model, 2).record(new LightLevels(50, 200), 0)).isNotEqualTo(events);
  }

  @Test
  void sameSeedAndIdGiveTheSameEventsAndOthersOthers() {
    EventCamera camera = new EventCamera(CameraModel.typical(SMALL), 1);
    Scene scene = LightLevels.flicker(50, 90, 100);
    Events events = camera.record(scene, 7);
    assertThat(new EventCamera(CameraModel.typical(SMALL), 1).record(scene, 7)).isEqualTo(events);
    assertThat(new EventCamera(CameraModel.typical(SMALL), 2).record(scene, 7))
        .isNotEqualTo(events);
    assertThat(camera.record(scene, 8)).isNotEqualTo(events);
  }

  @Test
  void darkSensorNoiseDoesNotLookLikeMotion() {
    // a step of one in eight bits, in the linear part
    assertThat(record(ideal(PIXEL, 0.2), new LightLevels(1, 2, 1, 2)).isEmpty()).isTrue();
  }

  @Test
  void refusesWhatNoCameraIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CameraModel(PIXEL, 0, 0.2, 0, 0, 0))
        .withMessage("event camera: expected on threshold of at least 0.01, found 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CameraModel(PIXEL, 0.2, Double.NaN, 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CameraModel(PIXEL, 0.2, 0.2, -1, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CameraModel(PIXEL, 0.2, 0.2, 0, -1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CameraModel(PIXEL, 0.2, 0.2, 0, 0, Double.POSITIVE_INFINITY));
  }
}
