package org.qsnn.event;

import java.util.Arrays;

/** How pixels with events are drawn: ON is blue, OFF is red, both violet, none white. */
public final class EventColors {
  private static final int ON_COLOR = 0x1E64DC;
  private static final int OFF_COLOR = 0xD23C28;

  /** The brightest pixels, in percent, all look the same: a hot pixel hides nothing. */
  private static final int SATURATED_PERCENT = 5;

  private EventColors() {}

  /**
   * The color of each pixel: red, green and blue in the lower 24 bits.
   *
   * @param on how many events of a pixel are ON; only what share of the most matters
   * @param off the same of OFF
   */
  public static int[] rgb(float[] on, float[] off) {
    double full = fullCount(on, off);
    int[] rgb = new int[on.length];
    Arrays.setAll(rgb, pixel -> color(on[pixel] / full, off[pixel] / full));
    return rgb;
  }

  /** The number of events of a pixel that gives the full color. */
  private static double fullCount(float[] on, float[] off) {
    float[] counts = new float[on.length];
    int drawn = 0;
    for (int pixel = 0; pixel < on.length; pixel++) {
      float count = on[pixel] + off[pixel];
      if (count > 0) {
        counts[drawn++] = count;
      }
    }
    Arrays.sort(counts, 0, drawn);
    return drawn == 0 ? 1 : counts[(int) ((long) drawn * (100 - SATURATED_PERCENT) / 100)];
  }

  private static int color(double on, double off) {
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double ink =
          Math.min(1, on) * ink(ON_COLOR, shift) + Math.min(1, off) * ink(OFF_COLOR, shift);
      color |= (int) Math.max(0, 255 - ink) << shift;
    }
    return color;
  }

  /** What a color takes away from white. */
  private static int ink(int color, int shift) {
    return 255 - (color >> shift & 0xFF);
  }
}
