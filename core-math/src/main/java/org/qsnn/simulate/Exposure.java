package org.qsnn.simulate;

import java.util.Arrays;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.tensor.RandomStream;

/** One recording in the making: what each pixel has seen and done so far. */
final class Exposure {
  private static final double MICROS = 1e6;

  private final CameraModel model;
  private final double[] onThresholds;
  private final double[] offThresholds;
  private final RandomStream noise;
  private final float[] picture;

  /** Log luminance that each pixel sees at {@link #now}, and at the next picture. */
  private final double[] level;

  private final double[] nextLevel;

  /** How far in time each pixel is: at the last picture, or at a noise event after it. */
  private final double[] now;

  /** Log luminance from which each pixel measures a change. */
  private final double[] reference;

  /** Time at which each pixel is or was released from its last reset. */
  private final double[] release;

  private double nextNoise;

  /** Timestamp, pixel and polarity of each event, in this order of significance. */
  private long[] events = new long[1024];

  private int size;

  Exposure(CameraModel model, double[] onThresholds, double[] offThresholds, RandomStream noise) {
    int pixels = onThresholds.length;
    this.model = model;
    this.onThresholds = onThresholds;
    this.offThresholds = offThresholds;
    this.noise = noise;
    this.picture = new float[pixels];
    this.level = new double[pixels];
    this.nextLevel = new double[pixels];
    this.now = new double[pixels];
    this.reference = new double[pixels];
    this.release = new double[pixels];
    this.nextNoise = pause();
  }

  Events record(Scene scene) {
    look(scene, 0, level);
    System.arraycopy(level, 0, reference, 0, level.length);
    for (long time = 0; time < scene.durationMicros(); ) {
      time = Math.min(time + scene.intervalMicros(), scene.durationMicros());
      look(scene, time, nextLevel);
      for (; nextNoise < time; nextNoise += pause()) {
        addNoise(noise.nextInt(level.length), time);
      }
      for (int pixel = 0; pixel < level.length; pixel++) {
        follow(pixel, time, nextLevel[pixel]);
      }
    }
    return inOrder();
  }

  private void look(Scene scene, long time, double[] levels) {
    scene.render(time, picture);
    for (int pixel = 0; pixel < picture.length; pixel++) {
      levels[pixel] = LogLuminance.of(picture[pixel]);
    }
  }

  /** Time from one noise event anywhere on the sensor to the next, in µs. */
  private double pause() {
    double events = model.noiseRate() * level.length / MICROS;
    return events == 0
        ? Double.POSITIVE_INFINITY
        : -StrictMath.log(1 - noise.nextDouble()) / events;
  }

  private void addNoise(int pixel, double nextTime) {
    double passed = (nextNoise - now[pixel]) / (nextTime - now[pixel]);
    follow(pixel, nextNoise, level[pixel] + passed * (nextLevel[pixel] - level[pixel]));
    boolean isOn = noise.nextBoolean();
    if (nextNoise >= release[pixel]) {
      fire(pixel, nextNoise, level[pixel], isOn);
    }
  }

  /** Lets a pixel see its log luminance go straight from where it is to an end. */
  private void follow(int pixel, double end, double endLevel) {
    while (release[pixel] <= end) {
      if (release[pixel] > now[pixel]) {
        double passed = (release[pixel] - now[pixel]) / (end - now[pixel]);
        level[pixel] += passed * (endLevel - level[pixel]);
        reference[pixel] = level[pixel];
        now[pixel] = release[pixel];
      }
      double change = endLevel - reference[pixel];
      boolean isOn = change > 0;
      double threshold = isOn ? onThresholds[pixel] : -offThresholds[pixel];
      if (Math.abs(change) < Math.abs(threshold)) {
        break;
      }
      double crossed = reference[pixel] + threshold;
      double passed = (crossed - level[pixel]) / (endLevel - level[pixel]);
      fire(pixel, Math.min(end, now[pixel] + passed * (end - now[pixel])), crossed, isOn);
    }
    now[pixel] = end;
    level[pixel] = endLevel;
  }

  private void fire(int pixel, double time, double crossed, boolean isOn) {
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
    }
    events[size++] = (long) time << Integer.SIZE | (long) pixel << 1 | (isOn ? 1 : 0);
    now[pixel] = time;
    level[pixel] = crossed;
    reference[pixel] = crossed;
    release[pixel] = time + model.refractoryMicros();
  }

  private Events inOrder() {
    Arrays.sort(events, 0, size);
    EventsBuilder builder = Events.builder(model.sensor());
    int width = model.sensor().width();
    for (int i = 0; i < size; i++) {
      int pixel = (int) events[i] >>> 1;
      builder.append(
          events[i] >>> Integer.SIZE, pixel % width, pixel / width, (events[i] & 1) == 1);
    }
    return builder.build();
  }
}
