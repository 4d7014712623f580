package org.qsnn.simulate;

import java.util.Arrays;

/** A scene of one luminance everywhere: one level after the other, a millisecond apart. */
record LightLevels(float... levels) implements Scene {
  static final long INTERVAL = 1000;

  @Override
  public long durationMicros() {
    return INTERVAL * (levels.length - 1);
  }

  @Override
  public long intervalMicros() {
    return INTERVAL;
  }

  @Override
  public void render(long micros, float[] luminance) {
    Arrays.fill(luminance, levels[(int) (micros / INTERVAL)]);
  }

  /** Goes up and down between two levels. */
  static LightLevels flicker(float dark, float bright, int changes) {
    float[] levels = new float[changes + 1];
    for (int i = 0; i <= changes; i++) {
      levels[i] = i % 2 == 0 ? dark : bright;
    }
    return new LightLevels(levels);
  }

  static LightLevels constant(float level, int milliseconds) {
    return flicker(level, level, milliseconds);
  }
}
