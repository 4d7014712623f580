package org.qsnn.binary;

/**
 * A strip's gradients of the output, times the weights' scales, in integers, of which an int holds
 * two: an image's of the first half of the images in the low half, and one's of the second half in
 * the high one.
 *
 * @param images how many; where they are odd, one more of zeros is there
 * @param values {@code [half, outputs, side, side]}, and behind them a plane of zeros
 * @param unit what 1 stands for; NaN where a gradient was not finite
 * @param terms so many of the integers fit a sum, whichever they are
 */
record PackedGradient(int images, int outputs, int side, int[] values, float unit, int terms) {
  /** Images of the first half. */
  int half() {
    return (images + 1) / 2;
  }

  /** Where a plane starts. */
  int plane(int image, int output) {
    return (image * outputs + output) * side * side;
  }

  /** Where the plane of zeros starts. */
  int zeros() {
    return plane(half(), 0);
  }
}
