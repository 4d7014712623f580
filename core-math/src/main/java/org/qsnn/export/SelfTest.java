package org.qsnn.export;

import org.qsnn.deploy.Arena;
import org.qsnn.deploy.IntegerInput;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerRunner;

/**
 * What a program must answer to inputs that it draws itself.
 *
 * @param hashes {@code [vectors][layers]}: FNV-1a over the words of what each layer hands on
 * @param scores {@code [vectors][classes]}
 */
record SelfTest(int[][] hashes, long[][] scores) {
  static final int VECTORS = 2;

  static SelfTest of(IntegerNetwork network) {
    IntegerRunner runner = new IntegerRunner(network);
    Arena arena = runner.arena();
    int[][] hashes = new int[VECTORS][network.layers().size()];
    long[][] scores = new long[VECTORS][];
    for (int v = 0; v < VECTORS; v++) {
      scores[v] = runner.scores(input(network, v), arena);
      for (int i = 0; i < hashes[v].length; i++) {
        hashes[v][i] = hash(network, arena, i);
      }
    }
    return new SelfTest(hashes, scores);
  }

  /** Numbers of Marsaglia's xorshift, started at v + 1; of frames a quarter is not 0. */
  static short[] input(IntegerNetwork network, int v) {
    IntegerInput input = network.input();
    short[] numbers = new short[input.frameLength() * (input.isSteady() ? 1 : network.timesteps())];
    int plane = input.size() * input.size();
    int random = v + 1;
    for (int i = 0; i < numbers.length; i++) {
      random ^= random << 13;
      random ^= random >>> 17;
      random ^= random << 5;
      if (input.isSteady()) {
        numbers[i] = input.table()[i / plane * 256 + (random >>> 24)];
      } else if (random >>> 30 == 0) {
        numbers[i] = (short) ((random >>> 24 & 3) << input.fraction());
      }
    }
    return numbers;
  }

  private static int hash(IntegerNetwork network, Arena arena, int index) {
    int hash = 0x811C9DC5;
    for (int word : words(network, arena, index)) {
      hash = (hash ^ word) * 16777619;
    }
    return hash;
  }

  /** Bits {@code [timestep, digit of the count, y, x, channel]}. */
  private static int[] words(IntegerNetwork network, Arena arena, int index) {
    IntegerLayer layer = network.layers().get(index);
    int[] words = new int[ArenaPlan.outputWords(network, index)];
    int size = layer.outputSize();
    int bit = 0;
    for (int t = 0; t < network.timesteps(); t++) {
      for (int plane = 0; plane < ArenaPlan.planes(layer.counts()); plane++) {
        for (int place = 0; place < size * size; place++) {
          for (int c = 0; c < layer.channels(); c++, bit++) {
            int count = arena.count(index, t, c, place / size, place % size);
            words[bit >> 5] |= (count >> plane & 1) << bit;
          }
        }
      }
    }
    return words;
  }
}
