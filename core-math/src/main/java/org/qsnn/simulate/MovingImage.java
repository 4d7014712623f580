package org.qsnn.simulate;

import org.qsnn.event.Sensor;

/**
 * An image that moves in front of a sensor which it fills when it is in the middle. Between its
 * pixels luminance is interpolated bilinearly, which is how a small image becomes a large one;
 * beyond its border its outermost pixels go on. A sensor with fewer pixels than the image sees what
 * is at the centers of its own.
 */
public final class MovingImage implements Scene {
  /** Most that the image moves from one picture to the next, in pixels of the sensor. */
  private static final double LARGEST_MOVE = 0.5;

  private final LuminanceImage image;
  private final Sensor sensor;
  private final ClosedLoop movement;
  private final long intervalMicros;

  public MovingImage(LuminanceImage image, Sensor sensor, ClosedLoop movement) {
    this.image = image;
    this.sensor = sensor;
    this.movement = movement;
    double pixels = movement.reach() * Math.max(sensor.width(), sensor.height());
    long pictures = Math.max(1, (long) Math.ceil(pixels / LARGEST_MOVE));
    this.intervalMicros = Math.max(1, movement.pathMicros() / pictures);
  }

  @Override
  public long durationMicros() {
    return movement.durationMicros();
  }

  @Override
  public long intervalMicros() {
    return intervalMicros;
  }

  @Override
  public void render(long micros, float[] luminance) {
    Axis columns = Axis.of(sensor.width(), image.width(), movement.x(micros));
    Axis rows = Axis.of(sensor.height(), image.height(), movement.y(micros));
    float[] line = new float[image.width() + 1];
    int pixel = 0;
    for (int y = 0; y < sensor.height(); y++) {
      blend(rows.index[y], rows.share[y], line);
      for (int x = 0; x < sensor.width(); x++) {
        int left = columns.index[x];
        luminance[pixel++] = between(line[left], line[left + 1], columns.share[x]);
      }
    }
  }

  /** The image's line between two rows; its last value stands there twice. */
  private void blend(int row, float share, float[] line) {
    float[] values = image.values();
    int width = image.width();
    int upper = row * width;
    int lower = Math.min(row + 1, image.height() - 1) * width;
    for (int x = 0; x < width; x++) {
      line[x] = between(values[upper + x], values[lower + x], share);
    }
    line[width] = line[width - 1];
  }

  private static float between(float from, float to, float share) {
    return (1 - share) * from + share * to;
  }

  /** For each pixel of the sensor the image's pixel before it, and its distance from there. */
  private record Axis(int[] index, float[] share) {
    static Axis of(int pixels, int imagePixels, double moved) {
      int[] index = new int[pixels];
      float[] share = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        double position = ((i + 0.5) / pixels - moved) * imagePixels - 0.5;
        double inside = Math.max(0, Math.min(position, imagePixels - 1));
        index[i] = (int) inside;
        share[i] = (float) (inside - index[i]);
      }
      return new Axis(index, share);
    }
  }
}
