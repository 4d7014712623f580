package org.qsnn.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qsnn.SparkSessionExtension;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;
import org.qsnn.train.KernelWarmUp;

@ExtendWith(SparkSessionExtension.class)
class WarmExecutorsIT {
  private final SparkSession spark;

  WarmExecutorsIT(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void anExecutorThatWasAskedIsNotAskedAgain() throws Exception {
    NetworkSpec network = Architectures.RESNET19.spec(1, 1, 3, 32, 10, WeightScheme.REGULATED, 8);
    KernelWarmUp warmUp = new KernelWarmUp(network, 1, LossTerms.of(0.005), BackwardPass.PUBLISHED);

    // The session's only executor is this JVM, where another test may have asked before.
    WarmExecutors.IS_ASKED.set(false);

    WarmExecutors.begin(spark, warmUp).get(1, TimeUnit.MINUTES);

    assertThat(WarmExecutors.beginHere(warmUp)).isFalse();
  }
}
