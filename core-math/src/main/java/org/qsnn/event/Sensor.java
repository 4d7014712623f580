package org.qsnn.event;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/** Width and height of a camera's pixel array; x counts from the left, y from the top. */
public record Sensor(int width, int height) implements Serializable {
  /** The DVS128, with which DVS128-Gesture and CIFAR10-DVS were recorded. */
  public static final Sensor DVS128 = new Sensor(128, 128);

  /** On which all pixels of N-CARS are, whose files name none. */
  public static final Sensor N_CARS = new Sensor(120, 100);

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

  /** The sensor of a width and a height, empty unless both are numbers that it can have. */
  public static Optional<Sensor> ofSize(String width, String height) {
    if (!width.matches("[0-9]{1,5}") || !height.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int columns = Integer.parseInt(width);
    int rows = Integer.parseInt(height);
    return columns >= 1 && rows >= 1 && columns <= MAX_SIZE && rows <= MAX_SIZE
        ? Optional.of(new Sensor(columns, rows))
        : Optional.empty();
  }

  public boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }

  @Override
  public String toString() {
    return width + " × " + height + " pixels";
  }
}
