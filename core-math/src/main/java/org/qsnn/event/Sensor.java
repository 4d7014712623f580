package org.qsnn.event;

import java.util.Locale;

/** Width and height of a camera's pixel array; x counts from the left, y from the top. */
public record Sensor(int width, int height) {
  /** The DVS128, with which DVS128-Gesture and CIFAR10-DVS were recorded. */
  public static final Sensor DVS128 = new Sensor(128, 128);

  /** Coordinates fit into 15 bits, as in every format that is read here. */
  public static final int MAX_SIZE = 1 << 15;

  public Sensor {
    if (width < 1 || width > MAX_SIZE || height < 1 || height > MAX_SIZE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sensor: expected sides of 1…%d pixels, found %d × %d",
              MAX_SIZE,
              width,
              height));
    }
  }

  public boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }

  @Override
  public String toString() {
    return width + " × " + height + " pixels";
  }
}
