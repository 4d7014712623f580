package org.qsnn.binary;

/** Without the Vector API; the compiler may still use vectors. */
final class PlainPlaneCopies implements PlaneCopies {
  @Override
  public void pack(
      float[] x, int[] from, float countsPerUnit, int size, int[] rows, int to, int pitch) {
    for (int h = 0; h < size; h++) {
      for (int i = 0; i < size; i++) {
        int packed = 0;
        for (int k = 0; k < from.length; k++) {
          packed |= (int) (x[from[k] + h * size + i] * countsPerUnit) << (8 * k);
        }
        rows[to + h * pitch + i] = packed;
      }
    }
  }

  @Override
  public void pack(int[] bits, int[] words, int size, int[] rows, int to, int pitch) {
    for (int h = 0; h < size; h++) {
      for (int i = 0; i < size; i++) {
        int packed = 0;
        for (int k = 0; k < words.length; k++) {
          packed |= bit(bits, words[k], h * size + i) << (8 * k);
        }
        rows[to + h * pitch + i] = packed;
      }
    }
  }

  private static int bit(int[] bits, int word, int index) {
    return bits[word + index / Integer.SIZE] >>> index & 1;
  }

  @Override
  public void copyRows(float[] x, int from, float[] y, int to, Rows rows) {
    for (int row = 0; row < rows.count(); row++) {
      System.arraycopy(
          x, from + row * rows.fromPitch(), y, to + row * rows.toPitch(), rows.length());
    }
  }

  @Override
  public int list(int[] bits, SpikePlane plane, int[] places, int first, int[] starts, int line) {
    int n = first;
    for (int h = 0; h < plane.size(); h++) {
      starts[line + h] = n;
      for (int i = 0; i < plane.size(); i++) {
        if (bit(bits, plane.word(), h * plane.size() + i) == 1) {
          places[n++] = plane.place() + h * plane.linePitch() + i * plane.block();
        }
      }
    }
    return n;
  }
}
