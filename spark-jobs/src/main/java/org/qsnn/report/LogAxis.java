package org.qsnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A logarithmic scale with a tick at each power of ten, and at 2 and 5 times it where there are
 * few.
 *
 * @param from above 0
 * @param to above it
 */
record LogAxis(double from, double to) implements Scale {
  private static final int FEW = 3;
  private static final double MARGIN = 1.15;

  /** Numbers within this factor have too few powers of ten and their like between them. */
  private static final double CLOSE = 4;

  /** Covers numbers above 0, with some room around them; linear where they lie close together. */
  static Scale of(double least, double most) {
    return most / least < CLOSE ? Axis.of(least, most) : new LogAxis(least / MARGIN, most * MARGIN);
  }

  @Override
  public List<Double> ticks() {
    boolean isWide = Math.log10(to / from) >= FEW;
    List<Double> ticks = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(from));
    for (int power = first; Math.pow(10, power) <= to; power++) {
      for (int factor : isWide ? new int[] {1} : new int[] {1, 2, 5}) {
        double tick = factor * Math.pow(10, power);
        if (tick >= from && tick <= to) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  @Override
  public String shown(double tick) {
    if (tick >= 1e6 || tick < 1e-4) {
      return String.format(Locale.ROOT, "%.0e", tick);
    }
    int digits = (int) Math.max(0, -Math.floor(Math.log10(tick) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", tick);
  }

  @Override
  public double place(double value) {
    return Math.log(value / from) / Math.log(to / from);
  }
}
