package org.qsnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerMembrane;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.RandomModels;

class StepTableTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  /** Codes from 1/4 and 1/2 on, but from 1 to 2 the code before; units of 1/8. */
  @Test
  void boundariesAndSpansAreStepsOfOneList() {
    IntegerMembrane membrane =
        new IntegerMembrane(
            3,
            new long[] {-30, -20, -10, 0, 10, 20, 30},
            new int[] {key(0.25f), key(0.5f), Integer.MAX_VALUE},
            new int[] {key(1), key(2) - 1, 1});
    StepTable table = StepTable.of(membrane, 3);
    assertThat(table.from()).containsExactly(0, 2, 4, 8, 16, INFINITY, INFINITY, INFINITY);
    assertThat(table.carried()).containsExactly(0, 10, 20, 10, 20, 0, 0, 0);
    assertThat(table.isEmpty()).isFalse();
  }

  @Test
  void whereNoNeuronCarriesAnythingOnThereIsOneStep() {
    IntegerMembrane membrane =
        new IntegerMembrane(1, new long[3], new int[] {Integer.MAX_VALUE}, new int[0]);
    StepTable table = StepTable.of(membrane, 3);
    assertThat(table.from()).containsExactly(0);
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void everyNeuronFindsTheCodeOfItsMembrane() {
    Random random = new Random(5);
    for (int bits : new int[] {2, 4, 8}) {
      for (IntegerLayer layer : IntegerNetwork.of(RandomModels.vgg(1, 3, bits, bits)).layers()) {
        layer.membranes().forEach(membrane -> check(membrane, layer.fraction(), random));
      }
    }
  }

  private static void check(IntegerMembrane membrane, int fraction, Random random) {
    StepTable table = StepTable.of(membrane, fraction);
    for (int i = 0; i < 1000; i++) {
      float u = 2 * random.nextFloat();
      if (i < membrane.levels()) {
        int key = Math.min(membrane.boundaries()[i], key(8));
        u = Float.intBitsToFloat(key + random.nextInt(100) - 50);
      }
      int step = 0;
      while (step + 1 < table.from().length && table.from()[step + 1] <= Math.scalb(u, fraction)) {
        step++;
      }
      assertThat(table.carried()[step])
          .isEqualTo(membrane.carried()[membrane.levels() + membrane.code(key(u))]);
    }
  }

  private static int key(float u) {
    return Float.floatToIntBits(u);
  }
}
