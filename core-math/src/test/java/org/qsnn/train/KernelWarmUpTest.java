package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;

class KernelWarmUpTest {
  @Test
  void takesAFewStepsOfASmallNetworkWhereverItWasSent() throws Exception {
    NetworkSpec images = Architectures.RESNET19.spec(2, 2, 3, 32, 10, WeightScheme.REGULATED, 8);
    NetworkSpec events = Architectures.VGGSNN.spec(2, 3, 2, 16, 4, WeightScheme.REGULATED, 8);

    assertThat(ShardTaskTest.travel(warmUp(images, 1)).run()).isEqualTo(8);
    assertThat(ShardTaskTest.travel(warmUp(events, 3)).run()).isEqualTo(8);
  }

  @Test
  void leavesALargeNetworkAlone() {
    NetworkSpec wide = Architectures.RESNET19.spec(128, 2, 3, 32, 10, WeightScheme.REGULATED, 8);

    assertThat(warmUp(wide, 1).run()).isZero();
  }

  /** A sample of which takes more than all that the warm-up may have. */
  @Test
  void leavesANetworkWithManyNeuronsAlone() {
    NetworkSpec many = Architectures.VGGSNN.spec(16, 100, 2, 128, 4, WeightScheme.REGULATED, 8);

    assertThat(warmUp(many, 100).run()).isZero();
  }

  private static KernelWarmUp warmUp(NetworkSpec network, int frames) {
    return new KernelWarmUp(network, frames, LossTerms.of(0.005), BackwardPass.PUBLISHED);
  }
}
