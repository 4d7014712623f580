package org.qsnn.bench;

/**
 * Times something that is repeated: in windows of some length at least, until two that follow each
 * other agree within 3 %.
 */
final class Stopwatch {
  private static final double AGREEMENT = 0.03;

  private Stopwatch() {}

  /**
   * Seconds of one repetition, in at most 15 windows of a second: the faster of two agreeing
   * windows, or the best there was.
   */
  static double seconds(Runnable work) {
    return seconds(work, 1, 15);
  }

  /** The same in at most 5 windows of 50 ms, for one of many kernels. */
  static double briefly(Runnable work) {
    return seconds(work, 0.05, 5);
  }

  private static double seconds(Runnable work, double window, int mostWindows) {
    work.run();
    double previous = window(work, window);
    double best = previous;
    for (int i = 1; i < mostWindows; i++) {
      double current = window(work, window);
      best = Math.min(best, current);
      if (Math.abs(current - previous) <= AGREEMENT * Math.min(current, previous)) {
        return Math.min(current, previous);
      }
      previous = current;
    }
    return best;
  }

  private static double window(Runnable work, double least) {
    long start = System.nanoTime();
    int repetitions = 0;
    double spent;
    do {
      work.run();
      repetitions++;
      spent = (System.nanoTime() - start) / 1e9;
    } while (spent < least);
    return spent / repetitions;
  }
}
