package org.qsnn.frame;

import java.util.Arrays;

/**
 * Where the pixels of a sensor's row or column fall on an axis of the frame. Each pixel has as many
 * targets as any, the surplus ones with weight 0. Weights are integers, so that sums of them are
 * exact in any order.
 *
 * @param targets of each pixel of the sensor
 * @param index of each target on the frame's axis, pixel after pixel
 * @param weight of each target; those of a pixel add up to {@code unit}
 */
record AxisMap(int length, int targets, int[] index, int[] weight, int unit) {

  static AxisMap nearest(int from, int to) {
    int[] index = new int[from];
    int[] weight = new int[from];
    Arrays.setAll(index, i -> (int) ((long) i * to / from));
    Arrays.fill(weight, 1);
    return new AxisMap(to, 1, index, weight, 1);
  }

  /**
   * In a unit of which both axes have a whole number, a sensor's pixel is {@code unit} long and a
   * frame's pixel {@code cell}; the weight is the length that they share.
   */
  static AxisMap area(int from, int to) {
    int divisor = greatestCommonDivisor(from, to);
    int unit = to / divisor;
    int cell = from / divisor;
    int targets = 1;
    for (int i = 0; i < from; i++) {
      targets = Math.max(targets, (i * unit + unit - 1) / cell - i * unit / cell + 1);
    }
    int[] index = new int[from * targets];
    int[] weight = new int[from * targets];
    for (int i = 0; i < index.length; i++) {
      int begin = i / targets * unit;
      int target = begin / cell + i % targets;
      index[i] = Math.min(target, to - 1);
      int shared = Math.min(begin + unit, (target + 1) * cell) - Math.max(begin, target * cell);
      weight[i] = Math.max(0, shared);
    }
    return new AxisMap(to, targets, index, weight, unit);
  }

  /** Last pixel of the frame first. */
  AxisMap mirrored() {
    return moved(i -> length - 1 - i);
  }

  /** Moved to higher indices; what leaves the frame at one end enters at the other. */
  AxisMap rolled(int shift) {
    return moved(i -> Math.floorMod(i + shift, length));
  }

  private AxisMap moved(java.util.function.IntUnaryOperator move) {
    int[] moved = Arrays.stream(index).map(move).toArray();
    return new AxisMap(length, targets, moved, weight, unit);
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
