package org.qsnn.simulate;

import java.util.Locale;

/**
 * The repeated closed-loop smooth movement with which CIFAR10-DVS was recorded (Li, Liu, Ji, Li,
 * Shi, Front. Neurosci. 11:309, 2017): at constant speed along four paths at 45 degrees, right and
 * up, right and down, left and down, left and up, back to where it began.
 *
 * @param loops how often
 * @param pathMicros µs of one of the four paths
 * @param reach how far a path leads to each side, as a share of the image's width
 */
public record ClosedLoop(int loops, long pathMicros, double reach) {
  /** Six loops of 200 ms; paths of 10 pixels of an image that is 512 pixels wide. */
  public static final ClosedLoop CIFAR10_DVS = new ClosedLoop(6, 50_000, 10.0 / 512);

  private static final int PATHS = 4;

  public ClosedLoop {
    if (loops < 1 || pathMicros < 1 || !(reach >= 0 && reach <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "closed loop: expected at least one loop and µs, and a reach of 0…1, found %d, %d and %s",
              loops,
              pathMicros,
              reach));
    }
  }

  public long durationMicros() {
    return PATHS * pathMicros * loops;
  }

  /** The image's distance to the right of its middle position, as a share of its width. */
  double x(long micros) {
    return reach * (distance(micros) < 2 ? distance(micros) - 1 : 3 - distance(micros));
  }

  /** The image's distance below its middle position. */
  double y(long micros) {
    double distance = distance(micros);
    if (distance < 1) {
      return reach * -distance;
    }
    return reach * (distance < 3 ? distance - 2 : PATHS - distance);
  }

  /** How far on its loop the image is, in paths. */
  private double distance(long micros) {
    return (double) (micros % (PATHS * pathMicros)) / pathMicros;
  }
}
