package org.qsnn.simulate;

import org.qsnn.event.Events;
import org.qsnn.tensor.RandomStream;

/**
 * One simulated camera: its pixels' thresholds differ from each other, and are the same in all of
 * its recordings. Any number of threads may record with it.
 */
public final class EventCamera {
  /** Keeps these random numbers apart from others of the same seed. */
  private static final long MISMATCH = 0x6D69736D61746368L;

  private static final long NOISE = 0x6E6F697365L;

  private final CameraModel model;
  private final long seed;
  private final float[] onThresholds;
  private final float[] offThresholds;

  public EventCamera(CameraModel model, long seed) {
    this.model = model;
    this.seed = seed;
    RandomStream random = RandomStream.of(seed, MISMATCH);
    int pixels = model.sensor().width() * model.sensor().height();
    this.onThresholds = thresholds(model.onThreshold(), pixels, random);
    this.offThresholds = thresholds(model.offThreshold(), pixels, random);
  }

  private float[] thresholds(double mean, int pixels, RandomStream random) {
    float[] thresholds = new float[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double threshold = mean + model.mismatch() * random.nextGaussian();
      thresholds[pixel] = (float) Math.max(CameraModel.LEAST_THRESHOLD, threshold);
    }
    return thresholds;
  }

  /**
   * Records a scene; timestamps count from its beginning.
   *
   * @param id of the recording: its noise is a function of it and of the camera's seed
   * @throws IllegalArgumentException if the scene takes 2³¹ µs or more
   */
  public Events record(Scene scene, long id) {
    if (scene.durationMicros() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "event camera: expected a scene of less than 2^31 µs, found " + scene.durationMicros());
    }
    return new Exposure(model, onThresholds, offThresholds, RandomStream.of(seed, NOISE, id))
        .record(scene);
  }
}
