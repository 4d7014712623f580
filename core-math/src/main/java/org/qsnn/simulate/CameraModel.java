package org.qsnn.simulate;

import java.util.Locale;
import org.qsnn.event.Sensor;

/**
 * What an event camera's pixels do (Lichtsteiner, Posch, Delbruck, IEEE JSSC 43, 2008), in the
 * terms of ESIM (Rebecq, Gehrig, Scaramuzza, CoRL 2018) and v2e (Hu, Liu, Delbruck, CVPR workshops
 * 2021).
 *
 * <pre>
 *   L(t)                     log luminance that the pixel sees, see {@link LogLuminance}
 *   ON  when L − R ≥ θon     OFF when R − L ≥ θoff
 *   R = L(t + refractory)    after an event at t: until then the pixel is held in reset
 *   θ of each pixel          normal around the threshold, at least {@value #LEAST_THRESHOLD}
 * </pre>
 *
 * <p>Between two pictures of a scene, L is a straight line, and an event has the time at which the
 * line crosses the threshold. Noise is a Poisson process in each pixel; a noise event is ON or OFF
 * with equal chance and resets its pixel like any other. Leak events, the finite bandwidth of the
 * photoreceptor and the sensor's bus are not modeled.
 *
 * @param sensor width and height
 * @param onThreshold θon, in units of log luminance
 * @param offThreshold θoff
 * @param mismatch standard deviation of the pixels' thresholds, in the same units
 * @param refractoryMicros least time in µs from an event of a pixel to its next
 * @param noiseRate noise events a second and pixel
 */
public record CameraModel(
    Sensor sensor,
    double onThreshold,
    double offThreshold,
    double mismatch,
    long refractoryMicros,
    double noiseRate) {
  /** No pixel's threshold is lower. */
  public static final double LEAST_THRESHOLD = 0.01;

  public CameraModel {
    require("on threshold", LEAST_THRESHOLD, onThreshold);
    require("off threshold", LEAST_THRESHOLD, offThreshold);
    require("mismatch", 0, mismatch);
    require("refractory period", 0, refractoryMicros);
    require("noise rate", 0, noiseRate);
  }

  /** As v2e takes a DVS to be: thresholds 0.2 ± 0.03, 0.5 ms, and noise of 0.1 Hz. */
  public static CameraModel typical(Sensor sensor) {
    return new CameraModel(sensor, 0.2, 0.2, 0.03, 500, 0.1);
  }

  private static void require(String what, double least, double found) {
    if (!(found >= least) || Double.isInfinite(found)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "event camera: expected %s of at least %s, found %s",
              what,
              least,
              found));
    }
  }
}
