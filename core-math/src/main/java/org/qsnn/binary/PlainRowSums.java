package org.qsnn.binary;

/** In plain Java. */
final class PlainRowSums implements RowSums {
  private static final int TERMS = 6;

  @Override
  public int lanes() {
    return 8;
  }

  @Override
  public void table(float[] x, RowPair pair, float[] masks, float[] table, int at, int width) {
    int columns = pair.columns();
    float[] terms = new float[TERMS];
    int right = masks.length / 2;
    for (int i = 0; i < columns; i++) {
      for (int h = 0; h < 2; h++) {
        int p = pair.row() + h * pair.pitch() + i;
        terms[3 * h] = x[p - 1] * masks[pair.mask() + i];
        terms[3 * h + 1] = x[p];
        terms[3 * h + 2] = x[p + 1] * masks[right + pair.mask() + i];
      }
      for (int e = 0; e < ENTRIES; e++) {
        float low = sign(e, 0) * terms[0] + sign(e, 1) * terms[1];
        float middle = sign(e, 2) * terms[2] + sign(e, 3) * terms[3];
        float high = sign(e, 4) * terms[4] + terms[5];
        table[at + e * width + i] = high + (low + middle);
      }
    }
  }

  private static float sign(int entry, int bit) {
    return (entry >> bit & 1) == 1 ? 1 : -1;
  }

  @Override
  public void add(float[] table, Entries entries, int from, int count, SumRows rows) {
    for (int output = 0; output < rows.outputs(); output++) {
      for (int k = 0; k < count; k++) {
        int entry = from + output * count + k;
        int place = entries.places()[entry];
        int to = rows.at() + output * rows.width() + k % 3 * rows.pitch();
        for (int i = 0; i < rows.width(); i++) {
          rows.sums()[to + i] += entries.signs()[entry] * table[place + i];
        }
      }
    }
  }
}
