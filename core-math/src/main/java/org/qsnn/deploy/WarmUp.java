package org.qsnn.deploy;

import java.util.Arrays;
import java.util.List;
import org.qsnn.deploy.IntegerBranch.Kind;

/**
 * Has the runner's loops compiled while a model is read, for a program that answers once. It
 * answers with a tiny network: Java compiles a method whole that is called often before its loops
 * have gone round often, and a method of long loops twice, first for the rest of the call that it
 * is in. On two cores a single thread compiles, and it is what the first answer waits for (decision
 * 0032). Not for the loops of {@link Vectors}, whose operations make objects until they are
 * compiled.
 */
final class WarmUp extends Thread {
  /**
   * Height and width: with two timesteps no loop goes round 54 times, so that each is called 600
   * times, which is when it is compiled whole, before it has gone round 32,768 times.
   */
  private static final int SIZE = 5;

  private static final int TIMESTEPS = 2;
  private static final int CHANNELS = 32;
  private static final int KERNEL = 3;
  private static final int COLORS = 3;
  private static final int FRACTION = 32;
  private static final int LEVELS = 127;

  /** Enough for the loop that is called least. */
  private static final int PASSES = 100;

  WarmUp() {
    super("warm-up");
    setDaemon(true);
  }

  @Override
  public void run() {
    IntegerRunner runner = new IntegerRunner(network());
    Arena arena = runner.arena();
    for (int i = 0; i < PASSES; i++) {
      runner.scores(input(), arena);
    }
  }

  static short[] input() {
    short[] input = new short[COLORS * SIZE * SIZE];
    for (int i = 0; i < input.length; i++) {
      input[i] = (short) i;
    }
    return input;
  }

  /** A layer that reads the input, and one that reads spikes and what it is to be added to. */
  static IntegerNetwork network() {
    byte[] codes = new byte[CHANNELS * COLORS * KERNEL * KERNEL];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (i % 7 - 3);
    }
    byte[] bits = new byte[CHANNELS * CHANNELS * KERNEL * KERNEL / Byte.SIZE];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) (31 * i);
    }
    return new IntegerNetwork(
        "",
        TIMESTEPS,
        List.of(),
        new IntegerInput(COLORS, SIZE, true, 0, new short[0]),
        List.of(
            layer(new IntegerBranch(Kind.CODES, -1, COLORS, KERNEL, 1, 1, codes, factors())),
            layer(
                new IntegerBranch(Kind.SIGNS, 0, CHANNELS, KERNEL, 1, 1, bits, factors()),
                new IntegerBranch(Kind.IDENTITY, 0, CHANNELS, 1, 1, 0, new byte[0], factors()))),
        new IntegerReadout(
            CHANNELS * SIZE * SIZE, new byte[CHANNELS * SIZE * SIZE], new long[1], 1));
  }

  private static long[] factors() {
    long[] factors = new long[CHANNELS];
    Arrays.fill(factors, 1L << (FRACTION - 4));
    return factors;
  }

  private static IntegerLayer layer(IntegerBranch... branches) {
    return new IntegerLayer(
        "",
        CHANNELS,
        SIZE,
        FRACTION,
        1L << FRACTION,
        0,
        List.of(branches),
        new long[CHANNELS],
        List.of(membrane()),
        IntegerPool.NONE);
  }

  private static IntegerMembrane membrane() {
    long[] carried = new long[2 * LEVELS + 1];
    int[] boundaries = new int[LEVELS];
    for (int code = 1; code <= LEVELS; code++) {
      boundaries[code - 1] = Float.floatToRawIntBits((float) code / LEVELS);
    }
    return new IntegerMembrane(LEVELS, carried, boundaries, new int[0]);
  }
}
