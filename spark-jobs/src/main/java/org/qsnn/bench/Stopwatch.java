package org.qsnn.bench;

/**
 * Times something that is repeated: in windows of at least a second, until two that follow each
 * other agree within 3 %.
 */
final class Stopwatch {
  private static final double WINDOW_SECONDS = 1;
  private static final double AGREEMENT = 0.03;
  private static final int MOST_WINDOWS = 15;

  private Stopwatch() {}

  /** Seconds of one repetition: the faster of two agreeing windows, or the best there was. */
  static double seconds(Runnable work) {
    work.run();
    double previous = window(work);
    double best = previous;
    for (int i = 1; i < MOST_WINDOWS; i++) {
      double current = window(work);
      best = Math.min(best, current);
      if (Math.abs(current - previous) <= AGREEMENT * Math.min(current, previous)) {
        return Math.min(current, previous);
      }
      previous = current;
    }
    return best;
  }

  private static double window(Runnable work) {
    long start = System.nanoTime();
    int repetitions = 0;
    double spent;
    do {
      work.run();
      repetitions++;
      spent = (System.nanoTime() - start) / 1e9;
    } while (spent < WINDOW_SECONDS);
    return spent / repetitions;
  }
}
