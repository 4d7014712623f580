package org.qsnn.frame;

import java.util.Arrays;

/**
 * What happens to the frames of a sample once events are counted, the same to each: they are
 * sheared, then rotated, then a square of them is blanked.
 *
 * <p>A pixel (x, y) from the center becomes, with s the tangent of the shear, (x + s·y, y), and by
 * a rotation through a, (x·cos a − y·sin a, x·sin a + y·cos a): y points down, so that a positive
 * angle turns clockwise. Each pixel of the result is the nearest one of what it was, 0 from
 * outside.
 *
 * @param angle of the rotation in degrees
 * @param shear along the x axis in degrees
 * @param hole height and width in pixels of the square; 0 for none
 * @param holeY middle of the square as a part of the height, 0 … 1; it may reach over the border
 * @param holeX middle of the square as a part of the width
 */
record FrameWarp(double angle, double shear, int hole, double holeY, double holeX) {
  static final FrameWarp NONE = new FrameWarp(0, 0, 0, 0, 0);

  private boolean isMoving() {
    return angle != 0 || shear != 0;
  }

  /**
   * @param values planes of {@code height × width} from {@code offset} on
   */
  void applyTo(float[] values, int offset, int planes, int height, int width) {
    if (isMoving()) {
      int[] sources = sources(height, width);
      float[] plane = new float[height * width];
      for (int p = 0; p < planes; p++) {
        int from = offset + p * plane.length;
        System.arraycopy(values, from, plane, 0, plane.length);
        for (int i = 0; i < plane.length; i++) {
          values[from + i] = sources[i] < 0 ? 0 : plane[sources[i]];
        }
      }
    }
    if (hole > 0) {
      blank(values, offset, planes, height, width);
    }
  }

  /** For each pixel of the result, the one that it is; −1 if that is outside. */
  private int[] sources(int height, int width) {
    // Of StrictMath: the same bits on every machine.
    double cos = StrictMath.cos(StrictMath.toRadians(angle));
    double sin = StrictMath.sin(StrictMath.toRadians(angle));
    double slope = StrictMath.tan(StrictMath.toRadians(shear));
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    int[] sources = new int[height * width];
    for (int i = 0; i < sources.length; i++) {
      double x = i % width - middleX;
      double y = i / width - middleY;
      double beforeY = -x * sin + y * cos;
      double beforeX = x * cos + y * sin - slope * beforeY;
      int sourceX = (int) Math.floor(beforeX + middleX + 0.5);
      int sourceY = (int) Math.floor(beforeY + middleY + 0.5);
      boolean isInside = sourceX >= 0 && sourceX < width && sourceY >= 0 && sourceY < height;
      sources[i] = isInside ? sourceY * width + sourceX : -1;
    }
    return sources;
  }

  private void blank(float[] values, int offset, int planes, int height, int width) {
    int top = (int) (holeY * height) - hole / 2;
    int left = (int) (holeX * width) - hole / 2;
    int begin = Math.max(left, 0);
    int end = Math.min(left + hole, width);
    for (int p = 0; p < planes; p++) {
      for (int y = Math.max(top, 0); y < Math.min(top + hole, height); y++) {
        int row = offset + (p * height + y) * width;
        Arrays.fill(values, row + begin, row + end, 0f);
      }
    }
  }
}
