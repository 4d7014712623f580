package org.qsnn.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.tensor.FloatTanh;

/**
 * Finds the boundaries of a {@link FloatMembrane} on u. On v = tanh(u) they are exact, for every
 * step from v to the code is monotone; FloatTanh itself is not quite. It never falls by more than
 * {@link #FALL} units in the last place below an earlier value (a test looks at every float), so
 * only where v is so close to a boundary can a u be on the wrong side, and there all are looked at.
 */
final class MembraneCompiler {
  /** The most that FloatTanh falls below a value of a smaller u, in units in the last place. */
  static final int FALL = 8;

  private static final int ONE = Float.floatToRawIntBits(1f);
  private static final int BOUND = Float.floatToRawIntBits(FloatTanh.BOUND);

  private final FloatMembrane rule;
  private final int[] boundaries;
  private final List<int[]> spans = new ArrayList<>();

  private MembraneCompiler(FloatMembrane rule) {
    this.rule = rule;
    this.boundaries = new int[rule.levels()];
  }

  static IntegerMembrane compile(FloatMembrane rule, long[] carried) {
    MembraneCompiler compiler = new MembraneCompiler(rule);
    Arrays.fill(compiler.boundaries, Integer.MAX_VALUE);
    int former = 0;
    for (int code = 1; code <= rule.levels(); code++) {
      int smallest = compiler.smallestTanh(code);
      if (smallest == former && code > 1) {
        // α is so small that no v has the code before: the spans are those of that code.
        compiler.boundaries[code - 1] = compiler.boundaries[code - 2];
      } else if (smallest <= ONE) {
        compiler.find(code, smallest);
      }
      former = smallest;
    }
    return new IntegerMembrane(rule.levels(), carried, compiler.boundaries, compiler.flatSpans());
  }

  private int[] flatSpans() {
    int[] flat = new int[3 * spans.size()];
    for (int i = 0; i < spans.size(); i++) {
      System.arraycopy(spans.get(i), 0, flat, 3 * i, 3);
    }
    return flat;
  }

  /** Bits of the smallest v with at least this code; those of 1, and one more, if there is none. */
  private int smallestTanh(int code) {
    int low = -1;
    int high = ONE + 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (rule.codeOfTanh(Float.intBitsToFloat(middle)) >= code) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** Looks at every u whose v is within {@link #FALL} of the boundary. */
  private void find(int code, int smallest) {
    int from = firstReaching(smallest - FALL);
    int to = firstReaching(smallest + FALL);
    int first = Integer.MAX_VALUE;
    int[] span = null;
    for (int key = Math.max(from, 0); key <= to; key++) {
      boolean reaches = tanh(key) >= smallest;
      if (reaches) {
        first = Math.min(first, key);
        span = null;
      } else if (first != Integer.MAX_VALUE) {
        if (span == null) {
          span = new int[] {key, key, code - 1};
          spans.add(span);
        }
        // From the bound on all have the same tanh.
        span[1] = key == BOUND ? Integer.MAX_VALUE : key;
      }
    }
    boundaries[code - 1] = first;
  }

  /** A key that reaches v, just above one that does not; the bound if it does not either. */
  private static int firstReaching(int v) {
    int low = -1;
    int high = BOUND;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (tanh(middle) >= v) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static int tanh(int key) {
    return Float.floatToRawIntBits(FloatTanh.tanh(Float.intBitsToFloat(key)));
  }
}
