package org.qsnn.bench;

/**
 * Times something that is repeated, in windows of some length at least, until it no longer gets
 * faster: the compiler takes its time, and a training lasts longer than that.
 */
final class Stopwatch {
  private static final double IMPROVEMENT = 0.03;

  private Stopwatch() {}

  /**
   * Seconds of one repetition in the best of at most 20 windows of a second; ends when three in a
   * row are not faster by 3 %.
   */
  static double seconds(Runnable work) {
    return seconds(work, 1, 20, 3);
  }

  /** The same in at most 5 windows of 50 ms, until one is not faster, for one of many kernels. */
  static double briefly(Runnable work) {
    return seconds(work, 0.05, 5, 1);
  }

  private static double seconds(Runnable work, double window, int mostWindows, int patience) {
    work.run();
    double best = window(work, window);
    int inVain = 0;
    for (int i = 1; i < mostWindows && inVain < patience; i++) {
      double current = window(work, window);
      inVain = current < best * (1 - IMPROVEMENT) ? 0 : inVain + 1;
      best = Math.min(best, current);
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
