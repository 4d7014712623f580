package org.qsnn.sample;

import java.util.Locale;

/**
 * The ten classes of the synthetic images. A shape lies in the square −1 … 1 in both coordinates (u
 * to the right, v down); textures fill a square or a disc of it.
 */
enum SyntheticShape {
  DISC((u, v, phase) -> radius(u, v) < 0.85),
  RING((u, v, phase) -> radius(u, v) < 0.95 && radius(u, v) > 0.55),
  SQUARE((u, v, phase) -> reach(u, v) < 0.8),
  TRIANGLE((u, v, phase) -> v < 0.75 && v > 2 * Math.abs(u) - 1),
  CROSS((u, v, phase) -> reach(u, v) < 0.95 && Math.min(Math.abs(u), Math.abs(v)) < 0.27),
  HORIZONTAL_STRIPES((u, v, phase) -> radius(u, v) < 1 && odd(v, phase)),
  VERTICAL_STRIPES((u, v, phase) -> radius(u, v) < 1 && odd(u, phase)),
  DIAGONAL_STRIPES((u, v, phase) -> radius(u, v) < 1 && odd((u + v) * 0.7071, phase)),
  CHECKERBOARD((u, v, phase) -> reach(u, v) < 0.95 && odd(u, phase) == odd(v, phase)),
  DOTS((u, v, phase) -> reach(u, v) < 1 && radius(toDot(u, phase), toDot(v, phase)) < 0.22);

  /** Stripes, dark and bright ones, across the square. */
  private static final double STRIPES = 6;

  private final Region region;

  SyntheticShape(Region region) {
    this.region = region;
  }

  private interface Region {
    boolean contains(double u, double v, double phase);
  }

  /**
   * Whether the point belongs to the shape.
   *
   * @param phase 0 … 1, where a texture's stripes begin
   */
  boolean contains(double u, double v, double phase) {
    return region.contains(u, v, phase);
  }

  private static double radius(double u, double v) {
    return Math.sqrt(u * u + v * v);
  }

  private static double reach(double u, double v) {
    return Math.max(Math.abs(u), Math.abs(v));
  }

  private static boolean odd(double position, double phase) {
    return ((int) Math.floor((position + 1) / 2 * STRIPES + 2 * phase) & 1) == 1;
  }

  /** The distance along one axis to the closest center of a grid of dots, three in a row. */
  private static double toDot(double position, double phase) {
    double cells = (position + 1) * 1.5 + phase;
    return (cells - Math.floor(cells) - 0.5) / 1.5;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
