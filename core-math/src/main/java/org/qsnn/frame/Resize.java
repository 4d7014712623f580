package org.qsnn.frame;

/** How the pixels of a sensor become the pixels of a frame of another size. */
public enum Resize {
  /**
   * All of an event counts at one pixel: {@code x · width div sensor width}, so for y, as the
   * published code does.
   */
  NEAREST {
    @Override
    AxisMap axis(int from, int to) {
      return AxisMap.nearest(from, to);
    }
  },
  /**
   * Preserves area: an event is spread evenly over its pixel of the sensor, and each pixel of the
   * frame gets the part that it covers of it. The sum over the frame remains the number of events.
   */
  AREA {
    @Override
    AxisMap axis(int from, int to) {
      return AxisMap.area(from, to);
    }
  };

  abstract AxisMap axis(int from, int to);
}
