package org.qsnn.deploy;

/** The bits of a branch's weights as words of 32 channels, which meet those of spikes. */
final class SignWeights {
  private static final int THREE = 3;

  /** Bits 0, 9, 18, … 63: one tap of eight channels of a kernel of 3 × 3. */
  private static final long NINTHS = 0x8040_2010_0804_0201L;

  /** Multiplied with them it brings them into the highest byte, for no two meet. */
  private static final long BYTES = 0x0101_0101_0101_0101L;

  private SignWeights() {}

  /**
   * {@code [out, kernel, kernel, words]}, 1 for +1, each output's at a multiple of its length.
   *
   * @param words of a pixel
   * @param length of an output's, with zeros at its end
   */
  static int[] words(IntegerBranch branch, int words, int length) {
    int outputs = branch.factors().length;
    int[] all = new int[outputs * length];
    boolean isWhole = branch.inChannels() % Byte.SIZE == 0;
    for (int out = 0; out < outputs; out++) {
      if (isWhole && branch.kernel() == THREE) {
        ofThree(branch, out, words, all, out * length);
      } else {
        ofAny(branch, out, words, all, out * length);
      }
    }
    return all;
  }

  private static void ofAny(IntegerBranch branch, int out, int words, int[] all, int to) {
    int taps = branch.kernel() * branch.kernel();
    int weight = out * branch.fanIn();
    for (int c = 0; c < branch.inChannels(); c++) {
      for (int tap = 0; tap < taps; tap++, weight++) {
        if (branch.isPlus(weight)) {
          all[to + tap * words + (c >> 5)] |= 1 << c;
        }
      }
    }
  }

  /** Eight channels at a time: nine bytes of nine taps. */
  private static void ofThree(IntegerBranch branch, int out, int words, int[] all, int to) {
    byte[] bits = branch.weights();
    int taps = THREE * THREE;
    int at = out * branch.fanIn() / Byte.SIZE;
    for (int c = 0; c < branch.inChannels(); c += Byte.SIZE, at += taps) {
      long low = 0;
      for (int i = Long.BYTES - 1; i >= 0; i--) {
        low = (low << Byte.SIZE) | (bits[at + i] & 0xFF);
      }
      int high = bits[at + Long.BYTES];
      for (int tap = 0; tap < taps; tap++) {
        long ninths = ((low >>> tap) | ((long) high << 1 << (Long.SIZE - 1 - tap))) & NINTHS;
        int eight = (int) ((ninths * BYTES) >>> (Long.SIZE - Byte.SIZE));
        all[to + tap * words + (c >> 5)] |= eight << c;
      }
    }
  }
}
