package org.qsnn.simulate;

import org.qsnn.event.Events;
import org.qsnn.tensor.RandomStream;

/**
 * One recording in the making: what each pixel has seen and done so far. Between one picture of the
 * scene and the next, noise events come first, each at its time; then every pixel goes the rest of
 * its way.
 */
final class Exposure {
  private static final double MICROS = 1e6;

  private final CameraModel model;
  private final float[] onThresholds;
  private final float[] offThresholds;
  private final RandomStream noise;
  private final PictureEvents events;
  private final float[] picture;

  /** Log luminance at the last picture, or where {@link #follow} has come since. */
  private float[] level;

  /** Log luminance at the next picture. */
  private float[] nextLevel;

  /** Log luminance from which each pixel measures a change. */
  private final float[] reference;

  /** Where {@link #follow} has come, if that is after the last picture. */
  private final double[] seen;

  /** When each pixel is or was released from its last reset. */
  private final double[] release;

  private double nextNoise;

  Exposure(CameraModel model, float[] onThresholds, float[] offThresholds, RandomStream noise) {
    int pixels = onThresholds.length;
    this.model = model;
    this.onThresholds = onThresholds;
    this.offThresholds = offThresholds;
    this.noise = noise;
    this.events = new PictureEvents(model.sensor());
    this.picture = new float[pixels];
    this.level = new float[pixels];
    this.nextLevel = new float[pixels];
    this.reference = new float[pixels];
    this.seen = new double[pixels];
    this.release = new double[pixels];
    this.nextNoise = pause();
  }

  Events record(Scene scene) {
    look(scene, 0, level);
    System.arraycopy(level, 0, reference, 0, level.length);
    for (long last = 0; last < scene.durationMicros(); ) {
      long next = Math.min(last + scene.intervalMicros(), scene.durationMicros());
      look(scene, next, nextLevel);
      for (; nextNoise < next; nextNoise += pause()) {
        addNoise(noise.nextInt(level.length), last, next);
      }
      followAll(last, next);
      events.flush();
      float[] passed = level;
      level = nextLevel;
      nextLevel = passed;
      last = next;
    }
    return events.all();
  }

  private void look(Scene scene, long time, float[] levels) {
    scene.render(time, picture);
    for (int pixel = 0; pixel < picture.length; pixel++) {
      levels[pixel] = LogLuminance.of(picture[pixel]);
    }
  }

  /** Time from one noise event anywhere on the sensor to the next, in µs. */
  private double pause() {
    double rate = model.noiseRate() * level.length / MICROS;
    return rate == 0 ? Double.POSITIVE_INFINITY : -StrictMath.log(1 - noise.nextDouble()) / rate;
  }

  private void addNoise(int pixel, long last, long next) {
    double start = Math.max(last, seen[pixel]);
    double share = (nextNoise - start) / (next - start);
    follow(pixel, start, nextNoise, between(level[pixel], nextLevel[pixel], share));
    boolean isOn = noise.nextBoolean();
    if (nextNoise >= release[pixel]) {
      fire(pixel, nextNoise, level[pixel], isOn);
    }
  }

  /** Most pixels have no event between two pictures; these two comparisons tell. */
  private void followAll(long last, long next) {
    float[] levels = nextLevel;
    for (int pixel = 0; pixel < levels.length; pixel++) {
      float change = levels[pixel] - reference[pixel];
      if (release[pixel] > last
          || change >= onThresholds[pixel]
          || -change >= offThresholds[pixel]) {
        follow(pixel, Math.max(last, seen[pixel]), next, levels[pixel]);
      }
    }
  }

  /**
   * Lets a pixel see its log luminance go straight from where it is to an end.
   *
   * @param start when it is there
   */
  private void follow(int pixel, double start, double end, float endLevel) {
    double time = start;
    while (release[pixel] <= end) {
      if (release[pixel] > time) {
        double share = (release[pixel] - time) / (end - time);
        level[pixel] = between(level[pixel], endLevel, share);
        reference[pixel] = level[pixel];
        time = release[pixel];
      }
      float change = endLevel - reference[pixel];
      boolean isOn = change > 0;
      if (isOn ? change < onThresholds[pixel] : -change < offThresholds[pixel]) {
        break;
      }
      float crossed = reference[pixel] + (isOn ? onThresholds[pixel] : -offThresholds[pixel]);
      double share = ((double) crossed - level[pixel]) / ((double) endLevel - level[pixel]);
      time += Math.max(0, Math.min(share, 1)) * (end - time);
      fire(pixel, time, crossed, isOn);
    }
    seen[pixel] = end;
    level[pixel] = endLevel;
  }

  private static float between(float from, float to, double share) {
    return (float) (from + share * ((double) to - from));
  }

  private void fire(int pixel, double time, float crossed, boolean isOn) {
    events.add((long) time, pixel, isOn);
    level[pixel] = crossed;
    reference[pixel] = crossed;
    release[pixel] = time + model.refractoryMicros();
  }
}
