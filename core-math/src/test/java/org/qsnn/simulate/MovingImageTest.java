package org.qsnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.event.Events;
import org.qsnn.event.Sensor;

class MovingImageTest {
  private static final ClosedLoop STILL = new ClosedLoop(1, 1000, 0);

  /** 4 × 4 pixels: each has its column times 10 plus its row. */
  private static LuminanceImage ramp() {
    float[] values = new float[16];
    for (int i = 0; i < 16; i++) {
      values[i] = 10 * (i % 4) + i / 4;
    }
    return new LuminanceImage(4, 4, values);
  }

  /** Dark on the left, bright on the right. */
  private static LuminanceImage edge() {
    float[] values = new float[32 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 32 < 16 ? 50 : 200;
    }
    return new LuminanceImage(32, 32, values);
  }

  private static float[] render(LuminanceImage image, Sensor sensor, ClosedLoop loop, long micros) {
    float[] seen = new float[sensor.width() * sensor.height()];
    new MovingImage(image, sensor, loop).render(micros, seen);
    return seen;
  }

  @Test
  void sensorOfTheImagesSizeSeesItAsItIs() {
    assertThat(render(ramp(), new Sensor(4, 4), STILL, 0)).isEqualTo(ramp().values());
  }

  @Test
  void largerSensorSeesWhatIsBetweenThePixelsAndTheBorderGoesOn() {
    float[] seen = render(ramp(), new Sensor(8, 4), STILL, 0);
    assertThat(seen).startsWith(0, 2.5f, 7.5f, 12.5f, 17.5f, 22.5f, 27.5f, 30);
    assertThat(seen).endsWith(33);
  }

  @Test
  void imageMovesRightAndDown() {
    ClosedLoop loop = new ClosedLoop(1, 1000, 0.25); // one pixel of four
    float[] right = render(ramp(), new Sensor(4, 4), loop, 2000);
    assertThat(right).startsWith(0, 0, 10, 20, 1, 1, 11, 21);
    float[] down = render(ramp(), new Sensor(4, 4), loop, 3000);
    assertThat(down).startsWith(0, 10, 20, 30, 0, 10, 20, 30, 1, 11);
  }

  @Test
  void movesAtMostHalfAPixelFromPictureToPicture() {
    MovingImage image =
        new MovingImage(ramp(), Sensor.DVS128, new ClosedLoop(1, 50_000, 10.0 / 512));
    assertThat(image.intervalMicros()).isEqualTo(10_000); // 2.5 pixels a path
    assertThat(image.durationMicros()).isEqualTo(200_000);
  }

  @Test
  void edgeGivesEventsWhereItMovesAndOfBothPolarities() {
    Sensor sensor = new Sensor(64, 64);
    CameraModel model = new CameraModel(sensor, 0.2, 0.2, 0, 0, 0);
    Events events =
        new EventCamera(model, 1)
            .record(new MovingImage(edge(), sensor, ClosedLoop.CIFAR10_DVS), 0);
    int on = 0;
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.x(i)).isBetween(32 - 4, 32 + 3);
      on += events.isOn(i) ? 1 : 0;
    }
    assertThat(events.size()).isGreaterThan(64 * 6);
    assertThat(on / (double) events.size()).isCloseTo(0.5, within(0.1));
    assertThat(events.duration()).isLessThan(1_200_000);
  }

  @Test
  void lumaWeighsGreenMost() {
    LuminanceImage image =
        LuminanceImage.ofRgbPlanes(2, 1, new byte[] {(byte) 255, 100, 0, 100, 0, 100});
    assertThat(image.values()[0]).isCloseTo(0.299f * 255, within(1e-3f));
    assertThat(image.values()[1]).isCloseTo(100, within(1e-3f));
  }

  @Test
  void refusesImagesOfAnotherSizeOrBeyondWhite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LuminanceImage.ofRgbPlanes(2, 2, new byte[11]))
        .withMessage("luminance: expected three planes of 2 × 2 bytes, found 11");
    assertThatIllegalArgumentException().isThrownBy(() -> new LuminanceImage(2, 2, new float[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LuminanceImage(1, 1, new float[] {256}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LuminanceImage(1, 1, new float[] {Float.NaN}));
  }
}
