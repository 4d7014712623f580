package org.qsnn.simulate;

/** What a camera looks at for a while, from time 0 on. */
public interface Scene {
  long durationMicros();

  /** Time from one picture to the next; a pixel's log luminance is a straight line in between. */
  long intervalMicros();

  /**
   * Writes what each pixel of the sensor sees, row by row: a luminance of 0 … 255.
   *
   * @param micros from 0 to the duration
   */
  void render(long micros, float[] luminance);
}
