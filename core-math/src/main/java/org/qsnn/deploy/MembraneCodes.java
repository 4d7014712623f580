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
    int code = 0;
    for (int i = 0; i < steps.length; i++) {
      while (code < membrane.levels() && membrane.boundaries()[code] <= i << SHIFT) {
        code++;
      }
      steps[i] = (byte) code;
    }
    for (int boundary : membrane.boundaries()) {
      if (boundary >> SHIFT < steps.length) {
        steps[boundary >> SHIFT] = -1;
      }
    }
    for (int i = 0; i < membrane.spans().length; i += 3) {
      int last = Math.min(membrane.spans()[i + 1] >> SHIFT, steps.length - 1);
      for (int step = membrane.spans()[i] >> SHIFT; step <= last; step++) {
        steps[step] = -1;
      }
    }
  }

  /** The code of |u|, from its key. */
  int code(int key) {
    int step = key >> SHIFT;
    int code = step < steps.length ? steps[step] : -1;
    return code >= 0 ? code : membrane.code(key);
  }
}
