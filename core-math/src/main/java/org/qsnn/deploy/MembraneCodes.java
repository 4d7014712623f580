package org.qsnn.deploy;

/**
 * {@link IntegerMembrane#code} as a table: keys in steps of 2^SHIFT, with the code that all of a
 * step share, or −1 where they do not and the boundaries must be asked.
 */
final class MembraneCodes {
  private static final int SHIFT = 16;

  private final IntegerMembrane membrane;
  private final byte[] steps;

  MembraneCodes(IntegerMembrane membrane) {
    this.membrane = membrane;
    this.steps = new byte[Float.floatToRawIntBits(16f) >> SHIFT];
    for (int i = 0; i < steps.length; i++) {
      int first = membrane.code(i << SHIFT);
      boolean isShared = first == membrane.code(((i + 1) << SHIFT) - 1);
      steps[i] = (byte) (isShared ? first : -1);
    }
    for (int boundary : membrane.boundaries()) {
      mark(boundary);
    }
    for (int i = 0; i < membrane.spans().length; i += 3) {
      for (int key = membrane.spans()[i] >> SHIFT; key <= membrane.spans()[i + 1] >> SHIFT; key++) {
        mark(key << SHIFT);
      }
    }
  }

  private void mark(int key) {
    if (key >> SHIFT < steps.length) {
      steps[key >> SHIFT] = -1;
    }
  }

  /** The code of |u|, from its key. */
  int code(int key) {
    int step = Math.max(key, 0) >> SHIFT;
    int code = steps[Math.min(step, steps.length - 1)];
    return code >= 0 ? code : membrane.code(key);
  }
}
