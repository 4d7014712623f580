package org.qsnn.sample;

/**
 * Makes a picture square and of another size: of its largest centered square, each new pixel is the
 * mean of the area that it covers, rounded half up. Integers alone, so the same bytes on every
 * machine.
 */
final class AreaResize {
  private AreaResize() {}

  /**
   * @param planes {@code [3, height, width]}
   * @return {@code [3, size, size]}
   */
  static byte[] resize(byte[] planes, int width, int height, int size) {
    int side = Math.min(width, height);
    int left = (width - side) / 2;
    int top = (height - side) / 2;
    byte[] resized = new byte[3 * size * size];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          long sum = 0;
          // Lengths in units of 1/size of an old pixel: the new pixel spans side of them.
          for (int row = y * side / size; row * size < (y + 1) * side; row++) {
            long rows = overlap(row, y, side, size);
            int from = (channel * height + top + row) * width + left;
            for (int column = x * side / size; column * size < (x + 1) * side; column++) {
              sum += rows * overlap(column, x, side, size) * (planes[from + column] & 0xFF);
            }
          }
          long area = (long) side * side;
          resized[(channel * size + y) * size + x] = (byte) ((2 * sum + area) / (2 * area));
        }
      }
    }
    return resized;
  }

  private static int overlap(int old, int made, int side, int size) {
    return Math.min((old + 1) * size, (made + 1) * side) - Math.max(old * size, made * side);
  }
}
