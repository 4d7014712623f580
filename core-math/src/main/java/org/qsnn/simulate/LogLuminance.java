package org.qsnn.simulate;

/**
 * What a photoreceptor makes of a luminance of 0 … 255: its logarithm, but a straight line from 0
 * to {@value #LINEAR_BELOW}, where steps between dark values of eight bits would look like motion
 * (v2e's lin-log mapping). From a table of sixteenths, the same bits on every JVM.
 */
final class LogLuminance {
  static final int LARGEST = 255;
  static final int LINEAR_BELOW = 20;
  private static final int PARTS = 16;
  private static final float[] TABLE = new float[LARGEST * PARTS + 1];

  static {
    double slope = StrictMath.log(LINEAR_BELOW) / LINEAR_BELOW;
    for (int i = 0; i < TABLE.length; i++) {
      double luminance = (double) i / PARTS;
      TABLE[i] = (float) (luminance < LINEAR_BELOW ? slope * luminance : StrictMath.log(luminance));
    }
  }

  private LogLuminance() {}

  /**
   * @throws IndexOutOfBoundsException if the luminance is not one of 0 … 255
   */
  static float of(float luminance) {
    return TABLE[(int) (luminance * PARTS + 0.5f)];
  }
}
