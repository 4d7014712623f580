package org.qsnn.binary;

/** Without the Vector API; the compiler may still use vectors. */
final class PlainTableSums implements TableSums {
  @Override
  public void unpack(int[] sums, int sum, int total, float factor, float[] y, int to, int pitch) {
    for (int i = 0; i < TILE; i++) {
      for (int k = 0; k < 4; k++) {
        int at = i + k % 2 * TILE;
        int shift = k / 2 * 16;
        int positive = sums[sum + at] >>> shift & 0xffff;
        int all = sums[total + at] >>> shift & 0xffff;
        y[to + k * pitch + i] = (2 * positive - all) * factor;
      }
    }
  }

  @Override
  public void tables(int[] x, int[] table, TableColumns where) {
    for (int i = 0; i < where.columns(); i++) {
      for (int e = 0; e < ENTRIES; e++) {
        int sum = 0;
        for (int k = 0; k < GROUP; k++) {
          sum += (e >> k & 1) * x[where.row() + k * where.rowPitch() + i];
        }
        table[where.at() + e * where.entryPitch() + i] = sum;
      }
    }
  }

  private static int sign(int entry, int bit) {
    return (entry >> bit & 1) * 2 - 1;
  }

  @Override
  public void tables(float[] x, float[] factors, int factor, float[] table, TableColumns where) {
    int rowPitch = where.rowPitch();
    for (int i = 0; i < where.columns(); i++) {
      int row = where.row() + i;
      float a = x[row] * factors[factor];
      float b = x[row + rowPitch] * factors[factor + 1];
      float c = x[row + 2 * rowPitch] * factors[factor + 2];
      float d = x[row + 3 * rowPitch] * factors[factor + 3];
      for (int e = 0; e < SIGNED_ENTRIES; e++) {
        float low = sign(e, 0) * a + sign(e, 1) * b;
        float high = sign(e, 2) * c + d;
        table[where.at() + e * where.entryPitch() + i] = low + high;
      }
    }
  }

  @Override
  public void largeTables(
      float[] x, float[] factors, int factor, float[] table, TableColumns where) {
    float[] rows = new float[LARGE_GROUP];
    for (int i = 0; i < where.columns(); i++) {
      for (int k = 0; k < LARGE_GROUP; k++) {
        rows[k] = x[where.row() + k * where.rowPitch() + i] * factors[factor + k];
      }
      for (int e = 0; e < LARGE_ENTRIES; e++) {
        float low = sign(e, 0) * rows[0] + sign(e, 1) * rows[1];
        float middle = sign(e, 2) * rows[2] + sign(e, 3) * rows[3];
        float high = sign(e, 4) * rows[4] + rows[5];
        table[where.at() + e * where.entryPitch() + i] = high + (low + middle);
      }
    }
  }

  @Override
  public void add(CountTerms terms, int at, int from, int to, int before, int sum) {
    int[] sums = terms.sums();
    for (int i = 0; i < TILE; i++) {
      int even = sums[before + i];
      int odd = sums[before + TILE + i];
      for (int first = from; first < to; first += terms.together()) {
        int end = Math.min(to, first + terms.together());
        int bytes = 0;
        for (int k = first; k < end; k++) {
          bytes += terms.table()[at + terms.entries()[k] + i];
        }
        even += bytes & 0x00ff00ff;
        odd += bytes >>> 8 & 0x00ff00ff;
      }
      sums[sum + i] = even;
      sums[sum + TILE + i] = odd;
    }
  }

  @Override
  public void add(SignedTerms terms, int at, int from, int to, int before, int sum) {
    int[] places = terms.entries().places();
    float[] signs = terms.entries().signs();
    for (int i = 0; i < TILE; i++) {
      float total = terms.sums()[before + i];
      for (int k = from; k < to; k++) {
        total += signs[k] * terms.table()[at + places[k] + i];
      }
      terms.sums()[sum + i] = total;
    }
  }
}
