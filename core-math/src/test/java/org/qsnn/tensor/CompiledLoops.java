package org.qsnn.tensor;

import java.util.BitSet;

/** A process with a loop of this program's and one of Java's that are called often. */
final class CompiledLoops {
  private static final int CALLS = 100_000;

  private CompiledLoops() {}

  /** Says whether directives were taken. */
  public static void main(String[] arguments) {
    System.out.println(ServerCompiler.compileOnlyLoops());
    BitSet bits = new BitSet();
    bits.set(100);
    long sum = 0;
    for (int i = 0; i < CALLS; i++) {
      sum += powers(i) + bits.nextSetBit(0);
    }
    System.out.println(sum);
  }

  private static int powers(int base) {
    int power = 1;
    for (int i = 0; i < 10; i++) {
      power *= base;
    }
    return power;
  }
}
