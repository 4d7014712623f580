package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.event.Events;
import org.qsnn.event.Sensor;
import org.qsnn.model.FrameInput.Resize;

class FrameTransformTest {
  private static final int SIZE = 6;
  private static final Events EVENTS = RandomEvents.of(new Sensor(16, 16), 400, 3);

  private static float[] frames(FrameTransform transform) {
    FrameIntegrator integrator =
        new FrameIntegrator(FrameSlicing.byNumber(3), SIZE, SIZE, Resize.AREA, CountScale.counts());
    float[] frames = new float[integrator.length()];
    integrator.integrate(EVENTS, transform, frames, 0);
    return frames;
  }

  /** As the frames are after flip along the last axis and torch.roll(x, (rollY, rollX)). */
  @Test
  void mirrorsTheFramesAndThenRollsThem() {
    float[] plain = frames(FrameTransform.NONE);
    float[] changed = frames(new FrameTransform(true, -2, 5, false, 0, 0));
    for (int i = 0; i < plain.length; i++) {
      int x = Math.floorMod(SIZE - 1 - i % SIZE + 5, SIZE);
      int y = Math.floorMod(i / SIZE % SIZE - 2, SIZE);
      int plane = i / (SIZE * SIZE);
      assertThat(changed[(plane * SIZE + y) * SIZE + x]).as("pixel %d", i).isEqualTo(plain[i]);
    }
  }

  @Test
  void reversedTimeEndsWhereItBeganAndSwapsPolarity() {
    Events forward =
        Events.builder(new Sensor(9, 9))
            .append(100, 1, 2, true)
            .append(130, 3, 4, true)
            .append(135, 5, 6, false)
            .build();
    Events backward =
        Events.builder(new Sensor(9, 9))
            .append(100, 5, 6, true)
            .append(105, 3, 4, false)
            .append(135, 1, 2, false)
            .build();
    FrameTransform reverse = new FrameTransform(false, 0, 0, true, 0, 0);
    assertThat(reverse.applyTo(forward)).isEqualTo(backward);
    assertThat(reverse.applyTo(backward)).isEqualTo(forward);
    Events none = forward.slice(0, 0);
    assertThat(reverse.applyTo(none)).isEqualTo(none);
  }

  @Test
  void dropsTheShareOfEventsAndKeepsTheirOrder() {
    Events events = RandomEvents.of(new Sensor(16, 16), 20_000, 4);
    Events kept = new FrameTransform(false, 0, 0, false, 0.3, 5).applyTo(events);
    // five standard deviations of 20,000 draws
    assertThat(kept.size() / 20_000.0).isCloseTo(0.7, within(0.017));
    int next = 0;
    for (int i = 0; i < events.size() && next < kept.size(); i++) {
      next += kept.slice(next, next + 1).equals(events.slice(i, i + 1)) ? 1 : 0;
    }
    assertThat(next).as("kept events found in order").isEqualTo(kept.size());
  }

  @Test
  void dropsAllEventsIfAsked() {
    FrameTransform all = new FrameTransform(false, 0, 0, true, 1, 1);
    assertThat(all.applyTo(EVENTS).isEmpty()).isTrue();
  }
}
