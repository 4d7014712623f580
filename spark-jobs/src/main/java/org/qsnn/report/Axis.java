package org.qsnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear scale with round ticks.
 *
 * @param from at or below the smallest value
 * @param to at or above the largest
 * @param step between ticks, which are multiples of it
 */
record Axis(double from, double to, double step) implements Scale {
  private static final int TICKS = 5;
  private static final double ROUNDING = 1e-9;

  /** Of numbers counted from 1 to the last. */
  static Axis counted(int count) {
    int last = Math.max(2, count);
    return new Axis(1, last, Math.max(1, round((double) last / TICKS)));
  }

  /** Covers the values; of one value only, some room beside it in its own order of magnitude. */
  static Axis of(double least, double most) {
    double alone = most == 0 ? 1 : Math.abs(most);
    double span = most > least ? most - least : alone;
    double step = round(span / TICKS);
    return new Axis(Math.floor(least / step) * step, Math.ceil(most / step) * step, step)
        .notEmpty();
  }

  private Axis notEmpty() {
    return to > from ? this : new Axis(from, from + step, step);
  }

  /** 1, 2 or 5 times a power of ten, not less. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (int factor : new int[] {1, 2, 5}) {
      if (step <= factor * power * (1 + ROUNDING)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  @Override
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long last = (long) Math.floor(to / step + ROUNDING);
    for (long i = (long) Math.ceil(from / step - ROUNDING); i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  @Override
  public String shown(double tick) {
    double most = Math.max(Math.abs(from), Math.abs(to));
    if (most >= 1e4 && most < 1e10) {
      return most < 1e6
          ? shown(tick / 1e3, step / 1e3) + " k"
          : shown(tick / 1e6, step / 1e6) + " M";
    }
    if (most >= 1e10 || step < 1e-4) {
      int digits = (int) (Math.floor(Math.log10(most)) - Math.floor(Math.log10(step) + ROUNDING));
      return String.format(Locale.ROOT, "%." + Math.max(1, digits) + "e", tick);
    }
    return shown(tick, step);
  }

  private static String shown(double tick, double step) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + ROUNDING));
    String text = String.format(Locale.ROOT, "%." + digits + "f", tick);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }

  @Override
  public double place(double value) {
    return (value - from) / (to - from);
  }
}
