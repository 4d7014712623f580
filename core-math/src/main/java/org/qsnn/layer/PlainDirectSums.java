package org.qsnn.layer;

import java.util.Arrays;

/** In plain Java. */
final class PlainDirectSums implements DirectSums {
  @Override
  public void add(Row row, float[] weights, int w, float[] sums, int at, int plane, int columns) {
    float[] x = row.x();
    int taps = row.taps().length;
    for (int j = 0; j < OUTPUTS; j++) {
      int to = at + j * plane;
      Arrays.fill(sums, to, to + columns, 0f);
      for (int t = 0; t < taps; t++) {
        float weight = weights[w + j * taps + t];
        int from = row.from() + row.taps()[t];
        for (int i = 0; i < columns; i++) {
          sums[to + i] = Math.fma(x[from + i], weight, sums[to + i]);
        }
      }
    }
  }

  @Override
  public void addProducts(
      Row row, int pitch, int tap, float[] g, int at, int rows, int columns, float[] lanes) {
    float[] x = row.x();
    for (int t = tap; t < tap + TAPS; t++) {
      for (int r = 0; r < rows; r++) {
        int from = row.from() + r * pitch + row.taps()[t];
        int gradient = at + r * columns;
        for (int i = 0; i < columns; i += LANES) {
          for (int lane = 0; lane < LANES; lane++) {
            int sum = t * LANES + lane;
            lanes[sum] = Math.fma(x[from + i + lane], g[gradient + i + lane], lanes[sum]);
          }
        }
      }
    }
  }
}
