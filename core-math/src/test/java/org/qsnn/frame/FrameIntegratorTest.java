package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsnn.event.Events;
import org.qsnn.event.Sensor;
import org.qsnn.model.FrameInput.Resize;

class FrameIntegratorTest {
  private static final Sensor SENSOR = new Sensor(3, 2);

  private static final Events EVENTS =
      Events.builder(SENSOR)
          .append(10, 0, 0, true)
          .append(11, 2, 1, false)
          .append(12, 2, 1, false)
          .append(13, 1, 0, true)
          .build();

  private static float[] frames(
      FrameIntegrator integrator, Events events, FrameTransform transform) {
    float[] target = new float[integrator.length()];
    integrator.integrate(events, transform, target, 0);
    return target;
  }

  private static float[] frames(FrameIntegrator integrator, Events events) {
    return frames(integrator, events, FrameTransform.NONE);
  }

  private static FrameIntegrator integrator(int size, Resize resize, CountScale scale) {
    return new FrameIntegrator(FrameSlicing.byNumber(2), size, size, resize, scale);
  }

  @Test
  void countsOffEventsBeforeOnEventsRowByRow() {
    FrameIntegrator integrator = FrameIntegrator.counts(FrameSlicing.byNumber(2), SENSOR);
    assertThat(frames(integrator, EVENTS))
        .containsExactly(
            0, 0, 0, 0, 0, 1, // first frame, OFF
            1, 0, 0, 0, 0, 0, // ON
            0, 0, 0, 0, 0, 1, // second frame, OFF
            0, 1, 0, 0, 0, 0);
  }

  @Test
  void writesNothingButItsOwnPart() {
    FrameIntegrator integrator = FrameIntegrator.counts(FrameSlicing.byTime(1), SENSOR);
    float[] target = new float[integrator.length() + 4];
    Arrays.fill(target, 7);
    integrator.integrate(EVENTS, target, 2);
    assertThat(target).startsWith(7, 7).endsWith(7, 7);
    assertThat(Arrays.copyOfRange(target, 2, target.length - 2))
        .containsExactly(frames(integrator, EVENTS));
  }

  @Test
  void areaDividesAnEventAmongThePixelsThatItsPixelOverlaps() {
    Events event = Events.builder(new Sensor(3, 3)).append(0, 1, 0, false).build();
    FrameSlicing one = FrameSlicing.byNumber(1);
    FrameIntegrator integrator = new FrameIntegrator(one, 2, 2, Resize.AREA, CountScale.counts());
    assertThat(frames(integrator, event)).containsExactly(0.5f, 0.5f, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void areaKeepsTheNumberOfEvents() {
    Events events = RandomEvents.of(new Sensor(128, 128), 5000, 1);
    for (int size : new int[] {48, 47, 128, 150}) {
      float[] frames = frames(integrator(size, Resize.AREA, CountScale.counts()), events);
      double sum = 0;
      for (float count : frames) {
        sum += count;
      }
      assertThat(sum).as("size %d", size).isCloseTo(5000, within(1e-2));
    }
  }

  @Test
  void areaDoesNotDependOnTheOrderOfEventsInAFrame() {
    Events events = RandomEvents.of(new Sensor(128, 128), 5000, 2);
    FrameTransform backward = new FrameTransform(false, 0, 0, true, 0, 0);
    FrameIntegrator integrator =
        new FrameIntegrator(FrameSlicing.byNumber(1), 48, 48, Resize.AREA, CountScale.log());
    float[] forward = frames(integrator, events);
    float[] reversed = frames(integrator, events, backward);
    int half = forward.length / 2;
    assertThat(Arrays.copyOfRange(reversed, half, 2 * half))
        .containsExactly(Arrays.copyOf(forward, half));
  }

  @Test
  void nearestIsTheIndexOfThePublishedCode() {
    Events event = Events.builder(Sensor.DVS128).append(0, 127, 5, true).build();
    float[] frames =
        frames(
            new FrameIntegrator(
                FrameSlicing.byNumber(1), 48, 48, Resize.NEAREST, CountScale.counts()),
            event);
    assertThat(frames[48 * 48 + 5 * 48 / 128 * 48 + 127 * 48 / 128]).isEqualTo(1);
  }

  @Test
  void scalesRareAndFrequentCountsAlike() {
    var events = Events.builder(new Sensor(2, 1));
    for (int i = 0; i < 3000; i++) {
      events.append(i, i % 3 == 0 ? 0 : 1, 0, true);
    }
    FrameSlicing one = FrameSlicing.byNumber(1);
    assertThat(
            frames(
                new FrameIntegrator(one, 1, 2, Resize.NEAREST, CountScale.log()), events.build()))
        .containsExactly(0, 0, (float) StrictMath.log(1001), (float) StrictMath.log(2001));
    assertThat(
            frames(
                new FrameIntegrator(one, 1, 2, Resize.NEAREST, CountScale.clipped(1500)),
                events.build()))
        .containsExactly(0, 0, (float) (1000 / 1500.0), 1);
  }

  @Test
  void clipsAPartOfACountAsWell() {
    Events event = Events.builder(new Sensor(3, 1)).append(0, 1, 0, false).build();
    FrameIntegrator integrator =
        new FrameIntegrator(FrameSlicing.byNumber(1), 1, 2, Resize.AREA, CountScale.clipped(2));
    assertThat(frames(integrator, event)).containsExactly(0.25f, 0.25f, 0, 0);
  }

  @Test
  void noEventsAreAllZero() {
    Events none = Events.builder(SENSOR).build();
    assertThat(frames(integrator(4, Resize.AREA, CountScale.log()), none))
        .hasSize(2 * 2 * 4 * 4)
        .containsOnly(0);
  }
}
